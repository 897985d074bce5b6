"""tick, daily, worker, serve."""
