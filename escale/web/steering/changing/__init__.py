"""Changing a tour: by hand, after a question, or because something happened; and comparing two of them."""
