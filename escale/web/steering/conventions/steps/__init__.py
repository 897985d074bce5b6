"""The guided steps of a convention: each asks only what it needs, and shows beforehand what it will change."""
