"""The front desk: appointments and requests of a commune, for its mairie, or for the team on its behalf."""
