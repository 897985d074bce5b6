"""The yearly tour: problem, plan, rules, search, bound, check, explain, repair, capacity (docs/planning.md)."""
