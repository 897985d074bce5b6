"""The EPCI, its communes and their premises."""
