"""How long what tells who someone is may be kept (RGPD, art. 5-1 e)."""

from __future__ import annotations

import calendar
import datetime as dt

CONTACT_DAYS = 90
"""After the appointment, the way to reach the person."""
PERSON_MONTHS = 12
"""After the appointment, the name: what is left says that someone came, not who."""

REGISTER_YEARS = 5
"""After the answer, the line of the register that says that a right was exercised (prescription, art. 2224 du code civil)."""

ANSWER_MONTHS = 1
"""To answer someone who asks about their own data (RGPD, art. 12-3)."""


def contacts_before(today: dt.date) -> dt.date:
    """Return the day before which appointments keep no way to reach the person."""
    return today - dt.timedelta(days=CONTACT_DAYS)


def people_before(today: dt.date) -> dt.date:
    """Return the day before which appointments keep no name: the same day of the month, or its last day."""
    return _months_away(today, -PERSON_MONTHS)


def register_before(today: dt.date) -> dt.date:
    """Return the day before which answered requests leave the register."""
    return _months_away(today, -12 * REGISTER_YEARS)


def answer_due(received: dt.date) -> dt.date:
    """Return the last day to answer someone who asks about their own data: one month (RGPD, art. 12-3)."""
    return _months_away(received, ANSWER_MONTHS)


def _months_away(day: dt.date, months: int) -> dt.date:
    """Return the same day of another month, or its last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
