"""The figures of a year for the coordination: what was done, for whom, and what became of the half-days."""
