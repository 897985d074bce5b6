"""Appointments and requests: the slots of a half-day, why people come, what is never stored, and how long the rest is kept."""
