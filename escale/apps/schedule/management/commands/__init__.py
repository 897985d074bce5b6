"""tour, plan_year."""
