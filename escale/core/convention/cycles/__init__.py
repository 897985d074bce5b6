"""The life cycles of what happens to a convention, one table a module."""
