"""Appointments and requests of residents, as their mairie takes and transmits them (art. 3-1)."""
