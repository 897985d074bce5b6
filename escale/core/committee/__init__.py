"""The committee of art. 6: how often it may meet."""
