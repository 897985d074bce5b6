"""Pictures of figures: pure functions from plain data to an SVG with its title, its description and its table."""
