"""First-level technical urgencies (art. 4): who is on call, what was answered and when."""
