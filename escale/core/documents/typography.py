"""French typography: the spaces that must not break, and the values in words."""

from __future__ import annotations

import datetime as dt
import re

from escale.core.calendar.french import MONTH_WORDS, month_words, weekday_date_words
from escale.core.calendar.hours import Hours, time_words
from escale.core.calendar.months import Month
from escale.core.documents.tree import Value

WIDE = "\u00a0"
NARROW = "\u202f"

_GAP = "[ \u00a0\u202f]"
_MONTHS = "|".join(MONTH_WORDS)
_UNITS = r"min|km|m|%|€|ETP|ans?|mois|habitants|communes?|heures?|minutes?"
_SHORT = "|".join(
    rf"(?<={word}{_GAP})(?<!\w{word}{_GAP})"
    for word in ("n°", "N°", "nos", r"art\.", r"p\.", "§", r"M\.", "Mme", "article", "Article")
)
# Each rule begins with its space, or its mark: a page is long, and most of its spaces are let by at once.
_OPENING = re.compile(rf"«{_GAP}*(?=\S)")
_CLOSING = re.compile(r"»(?<=\S»)")
_NARROW = (
    rf"(?=[;!?])(?<!«{_GAP})",
    rf"(?<=\d{_GAP})(?=h(?![^\W\d_]))",
    rf"(?=\d\d(?!\d))(?:(?<=\dh{_GAP})|(?<=\d{_GAP}h{_GAP}))",
)
_WIDE = (
    r"(?=»)",
    r"(?=:(?!\S))",
    rf"(?<=\d{_GAP})(?=(?:{_UNITS})(?!\w))",
    rf"(?=(?:{_MONTHS})(?!\w))(?:(?<=1er{_GAP})|(?<=\d{_GAP})(?<!\d\d\d{_GAP}))",
    rf"(?=–{_GAP}\d)(?<=[h\d]{_GAP})",
    rf"(?=\d)(?<=[h\d]{_GAP}–{_GAP})",
    rf"(?=[\dA-ZÀ-Ý])(?:{_SHORT})",
)
_HELD = re.compile(rf"{_GAP}(?<!{_GAP}{_GAP}){_GAP}*+(?:(?P<narrow>{'|'.join(_NARROW)})|{'|'.join(_WIDE)})")
_THOUSANDS = re.compile(rf"\d(?<![\d.,]\d)(?<!\d{_GAP}\d)\d{{0,2}}(?:{_GAP}\d{{3}})+(?!{_GAP}?\d)")
_PHONE = re.compile(rf"0(?<!\d0)\d(?:{_GAP}\d\d){{4}}(?!\d)")


def typeset(text: str) -> str:
    """Return a French text with the no-break spaces that it asks for; done twice, it changes nothing more.

    Before « : » and inside quotation marks the space is wide; before « ; ! ? » and « h » and in thousands it is narrow. But for
    quotation marks, nothing is added where no space was written: an address or an hour (« 12:30 ») stays as it is.
    """
    text = _OPENING.sub(f"«{WIDE}", text)
    text = _CLOSING.sub(f"{WIDE}»", text)
    text = _HELD.sub(lambda found: WIDE if found["narrow"] is None else NARROW, text)
    text = _THOUSANDS.sub(lambda found: re.sub(_GAP, NARROW, found[0]), text)
    return _PHONE.sub(lambda found: re.sub(_GAP, WIDE, found[0]), text)


def words_of(value: Value) -> str:
    """Write a value in French: « mardi 8 décembre 2026 », « 9 h – 12 h », « 10 000 »."""
    match value:
        case str():
            return typeset(value)
        case int():
            return f"{value:,}".replace(",", NARROW)
        case dt.date():
            return typeset(weekday_date_words(value))
        case dt.time():
            return time_words(value)
        case Hours():
            return typeset(value.words)
        case Month():
            return month_words(value)
