"""First-level technical urgencies in three journeys: a mairie asks, the team answers, the coordination follows (art. 4)."""
