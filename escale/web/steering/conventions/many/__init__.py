"""What is done to many conventions at once: import, elections, commune nouvelle, another model of text."""
