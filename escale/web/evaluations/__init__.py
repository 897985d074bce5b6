"""The evaluations of art. 6: gathered by month, one by one, and as documents."""
