"""The conventions, for those who follow them."""
