"""Turns the territory and the team into tour problems, and keeps what the planner answers."""
