"""The bound: what no legal plan can cost less than, proved by Lagrangian relaxation and column generation."""
