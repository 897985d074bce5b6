"""The field without a network: the shell of the pages, what a device keeps, and what it sends later."""
