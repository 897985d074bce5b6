"""What the coordinator, the lawyer and the readers see."""
