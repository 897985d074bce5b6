"""Dates and months in full French words, as letters, pages and documents write them."""

from __future__ import annotations

import datetime as dt

from escale.core.calendar.halfdays import WEEKDAY_WORDS
from escale.core.calendar.months import Month

MONTH_WORDS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def date_words(day: dt.date) -> str:
    """Return « 8 décembre 2026 », « 1er mai 2027 »."""
    return f"{day_month_words(day)} {day.year}"


def day_month_words(day: dt.date) -> str:
    """Return « 8 décembre », « 1er mai »."""
    return f"{_day_number(day)} {MONTH_WORDS[day.month - 1]}"


def weekday_date_words(day: dt.date) -> str:
    """Return « mardi 8 décembre 2026 »."""
    return f"{WEEKDAY_WORDS[day.weekday()]} {date_words(day)}"


def month_words(month: Month) -> str:
    """Return « décembre 2026 »."""
    return f"{MONTH_WORDS[month.number - 1]} {month.year}"


def period_words(starts: dt.date | None, ends: dt.date | None) -> str:
    """Return « du 1er mai 2027 au 8 mai 2027 », with what is open left out; both days are included."""
    if starts and ends:
        return f"le {date_words(starts)}" if starts == ends else f"du {date_words(starts)} au {date_words(ends)}"
    if starts:
        return f"à partir du {date_words(starts)}"
    return f"jusqu’au {date_words(ends)}" if ends else "sans limite de date"


def _day_number(day: dt.date) -> str:
    return "1er" if day.day == 1 else str(day.day)
