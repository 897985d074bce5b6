"""The convention of a commune, as its mairie reads it: where it stands, what is expected now, what it brings."""
