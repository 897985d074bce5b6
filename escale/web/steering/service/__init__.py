"""The service from day to day, for the coordination: the half-days one by one, and the points to settle."""
