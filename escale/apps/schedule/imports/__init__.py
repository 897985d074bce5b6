"""Read a tour that was kept in a spreadsheet: nothing here knows the database, and nothing is written."""
