"""Whether each party keeps its word: what is owed, what is measured of it, and what each is reminded of."""
