"""The year that a page shows: the one of its address, or the next one, with a kind word when the address holds none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest

from escale.apps.territory import clock
from escale.apps.territory.models import Epci

BEFORE, AFTER = 3, 10
"""How far back and ahead a year is shown: beyond, nothing is known or kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownYear:
    """A civil year, those beside it as links, and what was wrong with the address."""

    year: int
    beside: tuple[int, ...]
    refusal: str = ""

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return dt.date(self.year, 12, 31)


def shown_year(request: HttpRequest, epci: Epci, *, ahead: int = 1) -> ShownYear:
    """Return the year of `?annee=`; when it is not given, or is none, the one that comes next, or that runs if not `ahead`."""
    this = clock.today(epci).year
    usual = this + ahead
    asked = request.GET.get("annee", "").strip()
    if not asked:
        return _year(usual, this)
    if not (asked.isascii() and asked.isdigit()):
        return _year(usual, this, f"« {asked[:20]} » n’est pas une année ; voici {usual}.")
    if not this - BEFORE <= int(asked[:9]) <= this + AFTER:
        return _year(usual, this, f"{asked[:9]} est trop loin ; voici {usual}.")
    return _year(int(asked), this)


def _year(year: int, this: int, refusal: str = "") -> ShownYear:
    near = (year - 1, year, year + 1)
    return ShownYear(year=year, beside=tuple(y for y in near if this - BEFORE <= y <= this + AFTER), refusal=refusal)
