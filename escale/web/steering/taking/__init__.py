"""What the coordination takes away from the tour: papers, spreadsheets, an agenda."""
