"""Workshops: their states, how many people they take, the days on which they come back, their tools."""
