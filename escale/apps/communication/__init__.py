"""The communication log of both parties (art. 3-1 and 3-2): what each did so that people know of the service."""
