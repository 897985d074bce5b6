"""First-level technical urgencies (art. 4): their life, and in which order the team is called."""
