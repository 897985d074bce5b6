"""The choices that an EPCI makes: each has its key, the article that it reads, its type and its default, here alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.labels import AVENANT_RULES, HOLIDAY_AREAS, READINGS, SCHOOL_ZONES
from escale.core.calendar.halfdays import Window
from escale.core.calendar.holidays import HolidayArea
from escale.core.calendar.hours import Hours
from escale.core.planning.readings import Reading, windows_of
from escale.core.planning.transition import AvenantRule

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

PHONE_DIGITS = 10
SESSION_MINUTES = 180
"""Art. 4: « une demi-journée de 3h »."""
WALK_IN_MINUTES = 120
"""Art. 4: « 2h pour l'accueil sans rendez-vous », then one hour of appointments."""


class UnknownSettingError(LookupError):
    """A key that the catalogue does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Generic[T]):
    """One choice. `read` raises ValueError, in French, for a text that is no value of it."""

    key: str
    article: str
    label: str
    default: T
    read: Callable[[str], T]
    write: Callable[[T], str] = str


def parameter(key: str) -> Parameter[Any]:
    """Return the parameter of a key. Raise UnknownSettingError, with the nearest key, when there is none."""
    try:
        return CATALOGUE[key]
    except KeyError:
        near = get_close_matches(key.upper(), CATALOGUE, n=1)
        hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else f" ; réglages connus : {', '.join(CATALOGUE)}."
        raise UnknownSettingError(f"Le réglage « {key} » n’existe pas{hint}") from None


def _one_of(kind: type[E], labels: dict[E, str]) -> Callable[[str], E]:
    def read(text: str) -> E:
        try:
            return kind(text.strip().upper())
        except ValueError:
            known = ", ".join(f"{value} ({labels[value]})" for value in kind)
            raise ValueError(f"« {text} » n’est pas un choix possible ; choisir parmi : {known}.") from None

    return read


def _decimal_between(least: str, most: str) -> Callable[[str], Decimal]:
    def read(text: str) -> Decimal:
        try:
            value = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            raise ValueError(f"« {text} » n’est pas un nombre ; écrire par exemple « {least} ».") from None
        if not (value.is_finite() and Decimal(least) <= value <= Decimal(most)):
            raise ValueError(f"« {text} » n’est pas entre {least} et {most}.")
        return value

    return read


def _read_windows(text: str) -> frozenset[Window]:
    return windows_of(Reading.CUSTOM, custom=[Window.parse(word) for word in text.replace(",", " ").split()])


def _write_windows(windows: frozenset[Window]) -> str:
    return " ".join(str(window) for window in sorted(windows))


def _read_school_zone(text: str) -> SchoolZone | None:
    return _one_of(SchoolZone, SCHOOL_ZONES)(text)


def _read_session(text: str) -> Hours:
    hours = Hours.parse(text)
    if hours.minutes != SESSION_MINUTES:
        raise ValueError(f"« {text} » ne dure pas trois heures, comme le veut l’article 4.")
    return hours


def _read_phone(text: str) -> str:
    words = " ".join(text.split())
    if not re.fullmatch(r"\+?[\d .-]{10,19}", words) or sum(sign.isdigit() for sign in words) < PHONE_DIGITS:
        raise ValueError(f"« {text} » n’est pas un numéro de téléphone ; écrire par exemple « 03 53 01 00 10 ».")
    return words


def _read_email(text: str) -> str:
    try:
        validate_email(address := text.strip())
    except ValidationError:
        raise ValueError(f"« {text} » n’est pas une adresse électronique ; écrire par exemple « tournee@exemple.fr ».") from None
    return address


ART4_READING = Parameter(
    key="ART4_READING",
    article="4",
    label="Lecture de « toutes les après-midis, exceptés… »",
    default=Reading.R1,
    read=_one_of(Reading, READINGS),
)
ART4_CUSTOM_WINDOWS = Parameter(
    key="ART4_CUSTOM_WINDOWS",
    article="4",
    label="Demi-journées choisies, pour la lecture « au choix »",
    default=frozenset[Window](),
    read=_read_windows,
    write=_write_windows,
)
HALF_DAY_AM = Parameter(
    key="HALF_DAY_AM",
    article="4",
    label="Horaire du matin",
    default=Hours.parse("09:00-12:00"),
    read=_read_session,
)
HALF_DAY_PM = Parameter(
    key="HALF_DAY_PM",
    article="4",
    label="Horaire de l’après-midi",
    default=Hours.parse("14:00-17:00"),
    read=_read_session,
)
FTE_REQUIRED = Parameter(
    key="FTE_REQUIRED",
    article="7",
    label="Équivalents temps plein promis aux communes",
    default=Decimal("2.0"),
    read=_decimal_between("0.1", "100"),
)
HOLIDAY_AREA = Parameter(
    key="HOLIDAY_AREA",
    article="",
    label="Jours fériés",
    default=HolidayArea.METROPOLE,
    read=_one_of(HolidayArea, HOLIDAY_AREAS),
)
SCHOOL_ZONE: Parameter[SchoolZone | None] = Parameter(
    key="SCHOOL_ZONE",
    article="",
    label="Zone de vacances scolaires",
    default=None,
    read=_read_school_zone,
    write=lambda zone: zone or "",
)
ROAD_FACTOR = Parameter(
    key="ROAD_FACTOR",
    article="",
    label="Longueur de la route pour un kilomètre à vol d’oiseau",
    default=Decimal("1.3"),
    read=_decimal_between("1", "3"),
)
COORDINATION_PHONE = Parameter(
    key="COORDINATION_PHONE",
    article="",
    label="Téléphone de la coordination, pour les mairies",
    default="",
    read=_read_phone,
)
COORDINATION_EMAIL = Parameter(
    key="COORDINATION_EMAIL",
    article="",
    label="Adresse électronique de la coordination, pour les mairies",
    default="",
    read=_read_email,
)
PLANNING_AVENANT_REQUIRED_FOR = Parameter(
    key="PLANNING_AVENANT_REQUIRED_FOR",
    article="4",
    label="Ce que seul un avenant peut changer dans le planning annexé",
    default=AvenantRule.PATTERN_ONLY,
    read=_one_of(AvenantRule, AVENANT_RULES),
)

CATALOGUE: dict[str, Parameter[Any]] = {
    choice.key: choice
    for choice in (
        ART4_READING,
        ART4_CUSTOM_WINDOWS,
        HALF_DAY_AM,
        HALF_DAY_PM,
        FTE_REQUIRED,
        HOLIDAY_AREA,
        SCHOOL_ZONE,
        ROAD_FACTOR,
        COORDINATION_PHONE,
        COORDINATION_EMAIL,
    )
}
"""Every choice there is, in the order in which a screen shows them."""
