"""Conventions: what is between the EPCI and each of its communes, from the draft to the archive."""
