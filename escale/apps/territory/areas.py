"""What the number of a département says of a place: its public holidays, its school zone, its time zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from escale.core.calendar.holidays import HolidayArea


class SchoolZone(StrEnum):
    """The calendars of school holidays."""

    A = "A"
    B = "B"
    C = "C"
    CORSE = "CORSE"
    GUADELOUPE = "GUADELOUPE"
    MARTINIQUE = "MARTINIQUE"
    GUYANE = "GUYANE"
    REUNION = "REUNION"
    MAYOTTE = "MAYOTTE"


_HOLIDAYS = {
    **dict.fromkeys(("57", "67", "68"), HolidayArea.ALSACE_MOSELLE),
    "971": HolidayArea.GUADELOUPE,
    "972": HolidayArea.MARTINIQUE,
    "973": HolidayArea.GUYANE,
    "974": HolidayArea.REUNION,
    "976": HolidayArea.MAYOTTE,
}
_TIME_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}
# Code de l'éducation, art. D. 521-1 to D. 521-5 and the yearly order: zones go by académie, académies by département.
_SCHOOLS = {
    SchoolZone.A: "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 87 89 90",
    SchoolZone.B: (
        "02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59 60 61 62 67 68 72 76 "
        "80 83 84 85 88"
    ),
    SchoolZone.C: "09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95",
    SchoolZone.CORSE: "2A 2B",
    SchoolZone.GUADELOUPE: "971",
    SchoolZone.MARTINIQUE: "972",
    SchoolZone.GUYANE: "973",
    SchoolZone.REUNION: "974",
    SchoolZone.MAYOTTE: "976",
}
_SCHOOL_ZONES = {number: zone for zone, numbers in _SCHOOLS.items() for number in numbers.split()}


def department_of(code: str) -> str:
    """Return the département of an INSEE code: « 59 », « 2A », « 974 »."""
    return code[:3] if code.startswith("97") else code[:2]


def main_department(codes: Iterable[str]) -> str:
    """Return the département of most communes; of two equal ones, the first by number."""
    counts = Counter(department_of(code) for code in codes)
    return min(counts, key=lambda number: (-counts[number], number))


def holiday_area(department: str) -> HolidayArea:
    """Return the public holidays of a département."""
    return _HOLIDAYS.get(department, HolidayArea.METROPOLE)


def school_zone(department: str) -> SchoolZone | None:
    """Return the school zone of a département, None for a collectivity without one."""
    return _SCHOOL_ZONES.get(department)


def time_zone(department: str) -> str:
    """Return the time zone of a département."""
    return _TIME_ZONES.get(department, "Europe/Paris")
