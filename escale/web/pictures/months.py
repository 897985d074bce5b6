"""Figures by month: columns with their values above them, rows on a telephone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.web.pictures.bars import drawn_bars
from escale.web.pictures.picture import Hidden, Picture, Shown, Table, capital, extremes_words, written
from escale.web.pictures.svg import LEADING, Sheet, lines_of_words, tag, words, wrapped
from escale.web.templatetags.french import SHORT_MONTHS

HIGH = 170
"""How high the highest column is."""
WIDEST = 34
MASKED_HIGH = 40
"""How high the column of something masked is, whatever it hides."""


def by_month(*, title: str, months: Sequence[tuple[Month, Shown]], unit: str = "accompagnements", note: str = "") -> Picture:
    """Return a picture of one figure for each month, in order."""
    named = [(month_words(month), value) for month, value in months]
    return Picture.drawn(
        lambda sheet: drawn_bars(sheet, _short(months)) if sheet.is_narrow else _columns(sheet, months),
        title=title,
        description=extremes_words(named, unit),
        table=Table(head=("Mois", capital(unit)), rows=tuple(named)),
        note=note,
    )


def month_labels(months: Sequence[Month]) -> list[tuple[str, str]]:
    """Return the short name of each month, with its year where a year begins."""
    return [
        (SHORT_MONTHS[month.number - 1], str(month.year) if not at or month.number == 1 else "")
        for at, month in enumerate(months)
    ]


def _short(months: Sequence[tuple[Month, Shown]]) -> list[tuple[str, Shown]]:
    labels = month_labels([month for month, _ in months])
    return [(f"{name} {year}".strip(), value) for (name, year), (_, value) in zip(labels, months, strict=True)]


def _columns(sheet: Sheet, months: Sequence[tuple[Month, Shown]]) -> SafeString:
    pitch = sheet.width / max(len(months), 12)
    wide = min(WIDEST, pitch * 0.64)
    base = HIGH + sheet.size * 2
    most = max((value for _, value in months if not isinstance(value, Hidden)), default=0) or 1
    marks: list[str] = []
    for at, (_, value) in enumerate(months):
        middle = pitch * (at + 0.5)
        marks += _column(sheet, value, middle, base, wide, pitch, HIGH / most)
    labels = month_labels([month for month, _ in months])
    for at, (name, year) in enumerate(labels):
        middle = pitch * (at + 0.5)
        marks.append(words(name, middle, base + sheet.size * 1.5, "words", text_anchor="middle"))
        marks.append(words(year, middle, base + sheet.size * 2.8, "soft", text_anchor="middle") if year else "")
    axis = tag("line", "axis", x1=0, y1=base, x2=pitch * len(months), y2=base)
    return sheet.closed(base + sheet.size * 3.3, [*marks, axis])


def _column(sheet: Sheet, value: Shown, middle: float, base: float, wide: float, pitch: float, scale: float) -> list[str]:
    size = sheet.size
    if isinstance(value, Hidden):
        high = float(MASKED_HIGH if value is Hidden.MASKED else 0)
        mark = (
            tag("rect", "masked", x=middle - wide / 2, y=base - high, width=wide, height=high, fill=sheet.hatch) if high else ""
        )
        lines = wrapped(written(value), pitch, size)
        above = base - high - 6 - (len(lines) - 1) * size * LEADING
        return [mark, lines_of_words(lines, middle, above, size, "soft", text_anchor="middle")]
    high = value * scale
    mark = tag("rect", "bar", x=middle - wide / 2, y=base - max(high, 1.5), width=wide, height=max(high, 1.5)) if value else ""
    return [mark, words(written(value), middle, base - high - 6, "strong", text_anchor="middle")]
