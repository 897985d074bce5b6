"""How far the pages are accessible: the grid of the RGAA, the rate and the mention that follow from it, the declaration."""
