"""What the rest of the house asks about a territory: its choices, its holidays, its communes and their EPCI."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db.models import Max, Q

from escale.apps.territory import catalogue, clock
from escale.apps.territory.catalogue import CATALOGUE
from escale.apps.territory.dated import holding
from escale.apps.territory.earth import hectometres
from escale.apps.territory.models import Commune, Epci, Mairie, Premises, Relay, SchoolHoliday, Setting, TerritoryClosure
from escale.apps.territory.parameters import Parameter
from escale.core.calendar.halfdays import Half, Window
from escale.core.calendar.holidays import holiday_dates
from escale.core.calendar.hours import Hours
from escale.core.planning.readings import windows_of

T = TypeVar("T")

RELAYS_TOLD = 8
"""More than these is no help to someone who asks where to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of the screen of choices."""

    key: str
    label: str
    article: str
    text: str
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRelay:
    """A relay as it is told to someone of a commune; the kilometres are None at home, or when they are not known."""

    relay: Relay
    is_here: bool
    kilometres: int | None


def value_of(epci: Epci, parameter: Parameter[T]) -> T:
    """Return the value of a choice in an EPCI: the one that it made, else the default of the catalogue."""
    text = Setting.objects.filter(epci=epci, key=parameter.key).values_list("value", flat=True).first()
    return parameter.default if text is None else parameter.read(text)


def values_of(parameter: Parameter[T]) -> Callable[[int], T]:
    """Return the value of a choice in any EPCI, by its key, in one query for all of them."""
    made = Setting.objects.filter(key=parameter.key).values_list("epci", "value")
    values = {epci: parameter.read(text) for epci, text in made}
    return lambda epci: values.get(epci, parameter.default)


def settings_of(epci: Epci) -> Callable[[Parameter[T]], T]:
    """Return what reads any choice of an EPCI from one query, or from none when its settings are read with it."""
    made = {row.key: row.value for row in epci.settings.all()}
    return lambda parameter: parameter.read(made[parameter.key]) if parameter.key in made else parameter.default


def choices_of(epci: Epci) -> list[Choice]:
    """Return every choice of an EPCI, in the order of the catalogue."""
    made = dict(Setting.objects.filter(epci=epci).values_list("key", "value"))
    return [
        Choice(
            key=key,
            label=parameter.label,
            article=parameter.article,
            text=made.get(key, parameter.write(parameter.default)),
            is_default=key not in made,
        )
        for key, parameter in CATALOGUE.items()
    ]


def service_windows(epci: Epci) -> frozenset[Window]:
    """Return the half-days that the service gives to the communes: art. 4, as the EPCI reads it."""
    reading, custom = value_of(epci, catalogue.ART4_READING), value_of(epci, catalogue.ART4_CUSTOM_WINDOWS)
    return windows_of(reading, custom=custom)


def holidays_between(epci: Epci, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Return the public holidays of an EPCI from one day to another, both included."""
    area = value_of(epci, catalogue.HOLIDAY_AREA)
    days = holiday_dates(range(first.year, last.year + 1), area)
    return frozenset(day for day in days if first <= day <= last)


def closed_days_of_territory(epci: Epci, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Return the days of a period, both ends included, on which no commune of an EPCI can open a hall."""
    closures = TerritoryClosure.objects.filter(epci=epci).between(first, last)
    return frozenset(
        day for closure in closures for day in _days(max(closure.starts or first, first), min(closure.ends or last, last))
    )


def school_holidays_until(epci: Epci) -> dt.date | None:
    """Return the last day on which the school holidays of an EPCI are known; None when none are."""
    last = SchoolHoliday.objects.filter(epci=epci).aggregate(last=Max("ends"))["last"]
    return cast("dt.date | None", last)


def epci_of(commune: Commune, day: dt.date) -> Epci | None:
    """Return the EPCI of a commune on a day."""
    return Epci.objects.filter(holding(day, "memberships__"), memberships__commune=commune).first()


def siren_of(commune: Commune) -> str | None:
    """Return the SIREN of the EPCI of a commune today, for the audit log."""
    epci = epci_of(commune, clock.today())
    return epci.siren if epci else None


def mairie_of(commune: Commune) -> Mairie | None:
    """Return how the mairie of a commune is reached; None while nobody has said it."""
    return Mairie.objects.filter(commune=commune).first()


def relays_near(commune: Commune, *, count: int = RELAYS_TOLD) -> list[NearRelay]:
    """Return who else helps: the relays of the commune, then those of its EPCI, the nearest first."""
    epci = epci_of(commune, clock.today())
    members = holding(clock.today(), "commune__memberships__") & Q(commune__memberships__epci=epci)
    rows = Relay.objects.filter(Q(commune=commune) | members).select_related("commune").defer("commune__outline").distinct()
    factor = value_of(epci, catalogue.ROAD_FACTOR) if epci else catalogue.ROAD_FACTOR.default

    def road(relay: Relay) -> int | None:
        there = relay.commune.position
        return hectometres(commune.position, there, factor) if commune.position and there else None

    near = [(relay, relay.commune_id == commune.pk, road(relay)) for relay in rows]
    # Without a position nothing says how far it is: it comes last.
    near.sort(key=lambda each: (not each[1], math.inf if each[2] is None else each[2]))
    return [
        NearRelay(relay=relay, is_here=is_here, kilometres=None if is_here or far is None else max(1, round(far / 10)))
        for relay, is_here, far in near[:count]
    ]


def hours_at(epci: Epci, premises: Premises | None, half: Half) -> Hours:
    """Return the hours of a half-day in a place: its own ones when it has them, else those of the service."""
    parameter = catalogue.HALF_DAY_AM if half is Half.AM else catalogue.HALF_DAY_PM
    hours = value_of(epci, parameter)
    own = None if premises is None else (premises.morning_start if half is Half.AM else premises.afternoon_start)
    return hours if own is None else hours.starting(own)


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
