"""The tour on screen: the year, its months, weeks and days, its drafts and the searches that make them."""
