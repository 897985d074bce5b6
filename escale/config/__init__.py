"""One installation: settings, addresses, and what happens after each event."""
