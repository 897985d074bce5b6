"""The benchmarks: each is one command, ends with one line of JSON, and ships its data."""
