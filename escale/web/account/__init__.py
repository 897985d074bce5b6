"""The way from the login to the journey of each role."""
