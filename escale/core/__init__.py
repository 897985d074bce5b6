"""What is true: pure Python, without Django, clock or input and output."""
