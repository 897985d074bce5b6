"""What is remembered: one Django app a domain."""
