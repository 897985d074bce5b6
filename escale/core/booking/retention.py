"""How long what tells who someone is may be kept (RGPD, art. 5-1 e)."""

from __future__ import annotations

import calendar
import datetime as dt

CONTACT_DAYS = 90
"""After the appointment, the way to reach the person."""
PERSON_MONTHS = 12
"""After the appointment, the name: what is left says that someone came, not who."""


def contacts_before(today: dt.date) -> dt.date:
    """Return the day before which appointments keep no way to reach the person."""
    return today - dt.timedelta(days=CONTACT_DAYS)


def people_before(today: dt.date) -> dt.date:
    """Return the day before which appointments keep no name: the same day of the month, or its last day."""
    years, month = divmod(today.year * 12 + today.month - 1 - PERSON_MONTHS, 12)
    return dt.date(years, month + 1, min(today.day, calendar.monthrange(years, month + 1)[1]))
