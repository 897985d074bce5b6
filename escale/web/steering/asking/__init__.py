"""Ask the mairies: what suits them before planning, and what they say of a draft."""
