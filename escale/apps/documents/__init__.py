"""Trees of documents made into PDF, and tables into files for a spreadsheet; knows no domain."""
