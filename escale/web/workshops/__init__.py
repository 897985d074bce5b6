"""Workshops, in the three journeys of those who log in: prepared, filled, led."""
