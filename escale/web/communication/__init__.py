"""Making the service known: texts, papers and addresses ready to use, and the log of what both parties did (art. 3-1, 3-2)."""
