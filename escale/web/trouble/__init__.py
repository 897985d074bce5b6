"""The morning when it goes wrong: one set of pages for the mediator, the mairie and the coordination."""
