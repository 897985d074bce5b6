"""What residents see, without an account and without the name of the product."""
