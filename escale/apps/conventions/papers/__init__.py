"""The documents of a convention, filled with what is recorded: its text, its avenants, its letters."""
