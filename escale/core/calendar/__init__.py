"""Half-days, months, weekdays and French public holidays."""
