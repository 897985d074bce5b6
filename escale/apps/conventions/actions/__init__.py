"""All that is done to conventions."""
