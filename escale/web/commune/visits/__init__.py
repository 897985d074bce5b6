"""The half-days of a commune as its mairie prepares them and tells how they went."""
