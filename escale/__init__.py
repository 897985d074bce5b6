"""Escale runs an intercommunal digital-mediation service from its convention to its evaluation."""
