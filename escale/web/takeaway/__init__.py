"""What is taken away from the tour: papers, spreadsheets. The same for every journey that offers them."""
