"""Workshops of at most eight people (art. 3-1): their places, waiting lists and attendance."""
