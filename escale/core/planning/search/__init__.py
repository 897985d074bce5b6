"""The search: simulated annealing on the exact cost of a plan."""
