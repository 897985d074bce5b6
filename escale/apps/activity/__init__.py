"""What mediators did: records without identity, tallies, and what telephones send when the network is back."""
