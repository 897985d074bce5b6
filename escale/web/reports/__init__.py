"""The report of a commune: the same figures as a page, a PDF, a CSV and a workbook, and what is done with it (art. 3-2)."""
