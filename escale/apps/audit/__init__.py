"""Who did what: entries, events and the actors who cause them."""
