"""What comes before planning: the capacity of a year, the days of the territory, the tour that exists already."""
