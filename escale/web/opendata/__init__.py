"""What anyone may take away and use again: places, visits and conventions as open data, without a word about persons."""
