"""People who log in, and what each of them may see and do."""
