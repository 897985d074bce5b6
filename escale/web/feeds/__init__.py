"""The visits as calendars that a telephone or a mail program follows, and the pages that give their addresses."""
