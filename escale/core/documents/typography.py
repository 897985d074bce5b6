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
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (rf"«{_GAP}*(?=\S)", f"«{WIDE}"),
        (rf"(?<=\S){_GAP}*»", f"{WIDE}»"),
        (rf"(?<=[^\s«]){_GAP}+(?=:(?:\s|$))", WIDE),
        (rf"(?<=[^\s«]){_GAP}+(?=[;!?])", NARROW),
        (rf"(?<=\d){_GAP}h(?![^\W\d_])", f"{NARROW}h"),
        (rf"(?:(?<=\dh)|(?<=\d[ \u00a0\u202f]h)){_GAP}(?=\d\d(?!\d))", NARROW),
        (rf"(?<=[h\d]){_GAP}–{_GAP}(?=\d)", f"{WIDE}–{WIDE}"),
        (rf"(?<=\d){_GAP}(?=(?:{_UNITS})(?!\w))", WIDE),
        (rf"(?<!\w)(n°|nos|N°|art\.|p\.|§|M\.|Mme|article|Article){_GAP}(?=\d|[A-ZÀ-Ý])", rf"\1{WIDE}"),
        (rf"(?<!\d)(1er|\d\d?){_GAP}(?=(?:{_MONTHS})(?!\w))", rf"\1{WIDE}"),
    )
)
_THOUSANDS = re.compile(rf"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d{{1,3}}(?:{_GAP}\d{{3}})+(?!{_GAP}?\d)")
_PHONE = re.compile(rf"(?<!\d)0\d(?:{_GAP}\d\d){{4}}(?!\d)")


def typeset(text: str) -> str:
    """Return a French text with the no-break spaces that it asks for; done twice, it changes nothing more.

    Before « : » and inside quotation marks the space is wide; before « ; ! ? » and « h » and in thousands it is narrow. But for
    quotation marks, nothing is added where no space was written: an address or an hour (« 12:30 ») stays as it is.
    """
    for pattern, by in _RULES:
        text = pattern.sub(by, text)
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
