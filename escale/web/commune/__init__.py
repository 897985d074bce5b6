"""What a town hall sees: the référent and the front desk."""
