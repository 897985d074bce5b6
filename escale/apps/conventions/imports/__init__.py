"""Read conventions that were signed before the product, from a table: nothing here writes anything."""
