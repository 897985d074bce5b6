"""What is known of a person who asks: found by name or by contact, told whole, and erased at once (RGPD, art. 15 to 21)."""
