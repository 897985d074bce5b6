"""Read the tables of a file that someone gives, whatever they hold: nothing here knows the database, and nothing is written."""
