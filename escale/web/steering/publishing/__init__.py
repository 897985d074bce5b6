"""Who takes part in the tour, and its publication: what will happen is said before the one button."""
