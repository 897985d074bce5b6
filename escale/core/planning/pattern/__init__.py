"""The pattern program: an integer program in which a commune keeps one usual day over the horizon, solved to a proved optimum."""
