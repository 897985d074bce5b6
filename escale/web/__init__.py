"""What is shown: one plain package a journey."""
