"""Draw the months of a year as bars of half-days against the visits that are due: places of an SVG, in percent of its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.schedule.outlook import MonthOutlook
from escale.core.calendar.french import MONTH_WORDS
from escale.web.templatetags.french import SHORT_MONTHS

LABELS, TRACK = 14.0, 56.0
"""Percent of the width: the names of the months, then the longest bar; the rest is for what is said of it."""
ROW = 30
TOP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month: where its bar, its mark of what is due and its words stand."""

    month: str
    label: str
    y: int
    middle: int
    bottom: int
    width: str
    due: str
    says: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The bars of a year, the height that they take, and where they begin and where words end."""

    bars: tuple[Bar, ...]
    height: int
    start: str
    description: str


def bars_of(months: Sequence[MonthOutlook]) -> Drawing:
    """Return the drawing of some months."""
    longest = max(1, *(max(month.places, month.needs) for month in months))
    bars = tuple(_bar(rank, month, longest) for rank, month in enumerate(months))
    short = [bar.month for bar in bars if not bar.kept]
    told = f"Mois où la promesse est rompue : {', '.join(short)}." if short else "Aucun mois ne rompt la promesse."
    return Drawing(
        bars=bars,
        height=TOP + ROW * len(bars),
        start=_percent(LABELS),
        description=f"Une barre par mois : les demi-journées possibles ; un trait : les passages dus. {told}",
    )


def _bar(rank: int, month: MonthOutlook, longest: int) -> Bar:
    top = TOP + ROW * rank
    return Bar(
        month=MONTH_WORDS[month.month.number - 1],
        label=SHORT_MONTHS[month.month.number - 1],
        y=top,
        middle=top + 15,
        bottom=top + 24,
        width=_percent(TRACK * month.places / longest),
        due=_percent(LABELS + TRACK * month.needs / longest),
        says=_says(month),
        kept=not month.unserved,
    )


def _says(month: MonthOutlook) -> str:
    if month.spare < 0:
        return f"manque {-month.spare}"
    return f"{month.unserved} sans place" if month.unserved else f"{month.spare} de reste"


def _percent(value: float) -> str:
    return f"{value:.2f}%"
