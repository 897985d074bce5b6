"""The life of one half-day in a commune (art. 4): pure rules, no clock, no database."""
