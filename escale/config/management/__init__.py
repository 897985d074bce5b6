"""The commands of this installation."""
