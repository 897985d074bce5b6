"""Public holidays of each part of France, as the law names them.

The dates come from the `holidays` library. Its subdivision codes are a trap (it does not know the départements 67 and
68, and an old regional code silently gives no more than the mainland), so they are written here once, behind an
enumeration. It also lists days that custom keeps without any law (Mi-Carême, Vendredi saint in Guadeloupe, fête de
Victor Schœlcher): those are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import holidays


class HolidayArea(StrEnum):
    """A part of the country with one list of public holidays."""

    METROPOLE = "METROPOLE"
    ALSACE_MOSELLE = "ALSACE_MOSELLE"
    GUADELOUPE = "GUADELOUPE"
    MARTINIQUE = "MARTINIQUE"
    GUYANE = "GUYANE"
    REUNION = "REUNION"
    MAYOTTE = "MAYOTTE"


_SUBDIVISIONS: dict[HolidayArea, str | None] = {
    HolidayArea.METROPOLE: None,
    HolidayArea.ALSACE_MOSELLE: "6AE",
    HolidayArea.GUADELOUPE: "971",
    HolidayArea.MARTINIQUE: "972",
    HolidayArea.GUYANE: "973",
    HolidayArea.REUNION: "974",
    HolidayArea.MAYOTTE: "976",
}

# Code du travail, art. L. 3133-1.
_EVERYWHERE = frozenset(
    {
        "Jour de l'an",
        "Lundi de Pâques",
        "Fête du Travail",
        "Fête de la Victoire",
        "Ascension",
        "Lundi de Pentecôte",
        "Fête nationale",
        "Assomption",
        "Toussaint",
        "Armistice",
        "Noël",
    }
)
# Code du travail, art. L. 3134-13 (Alsace-Moselle) and L. 3422-2 (commemoration of the abolition of slavery).
_ALSACE_MOSELLE = frozenset({"Vendredi saint", "Saint-Étienne"})
_OVERSEAS = frozenset({"Abolition de l'esclavage"})


def holidays_of(year: int, area: HolidayArea) -> dict[dt.date, str]:
    """Return the public holidays of a civil year in an area, in order, with their French names."""
    return dict(_holidays(year, area))


def holiday_dates(years: Iterable[int], area: HolidayArea) -> frozenset[dt.date]:
    """Return the public holidays of several years in an area."""
    return frozenset(day for year in years for day, _ in _holidays(year, area))


@lru_cache(maxsize=256)
def _holidays(year: int, area: HolidayArea) -> tuple[tuple[dt.date, str], ...]:
    named = holidays.country_holidays("FR", subdiv=_SUBDIVISIONS[area], years=year, language="fr")
    lawful = _lawful_names(area)
    # Two holidays may fall on one day (8 May 2008 was also Ascension Day): the library then joins their names.
    return tuple((day, name) for day, name in sorted(named.items()) if not lawful.isdisjoint(name.split("; ")))


def _lawful_names(area: HolidayArea) -> frozenset[str]:
    if area is HolidayArea.METROPOLE:
        return _EVERYWHERE
    return _EVERYWHERE | (_ALSACE_MOSELLE if area is HolidayArea.ALSACE_MOSELLE else _OVERSEAS)
