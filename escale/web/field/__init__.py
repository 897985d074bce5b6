"""What a mediator sees, on a telephone or a laptop."""
