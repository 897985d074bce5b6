"""What a mairie writes on its sheet: its half-days, its market, its dates, its places; and what cannot be true together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from escale.apps.schedule.models import Market
from escale.apps.territory.models.premises import Operator, Signal
from escale.core.calendar.french import date_words
from escale.core.calendar.halfdays import Window
from escale.core.planning.readings import window_words

MOST_DAYS = 200
"""Dates that one answer may shut: beyond, the commune does not open on a half-day at all."""
HOLDERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSheet:
    """A room; `key` is that of the room that is known, None for a new one."""

    key: int | None = None
    name: str
    is_private: bool = False
    is_heated: bool = False
    sockets: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderSheet:
    """Someone who has the keys."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSheet:
    """A place with its rooms, the preferred one first, and the two people to call, in this order."""

    key: int | None = None
    name: str
    address: str = ""
    morning_start: dt.time | None = None
    afternoon_start: dt.time | None = None
    signals: Mapping[Operator, Signal] = field(default_factory=dict)
    holders: tuple[HolderSheet | None, ...] = ()
    rooms: tuple[RoomSheet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole answer of a mairie; its places stand in order of preference."""

    impossible: frozenset[Window] = frozenset()
    wished: frozenset[Window] = frozenset()
    market: Window | None = None
    market_effect: Market = Market.NEUTRAL
    closed_days: frozenset[dt.date] = frozenset()
    comment: str = ""
    places: tuple[PlaceSheet, ...] = ()


def faults_of(sheet: Sheet, *, service: frozenset[Window], first: dt.date, last: dt.date) -> dict[str, str]:
    """Return what is wrong with an answer, by field: each sentence says what to do."""
    return dict(_faults(sheet, service, first, last))


def _faults(sheet: Sheet, service: frozenset[Window], first: dt.date, last: dt.date) -> Iterator[tuple[str, str]]:
    shut = sheet.impossible | ({sheet.market} if sheet.market and sheet.market_effect is Market.AVOID else set())
    if service <= sheet.impossible:
        yield "impossible", "Toutes les demi-journées sont cochées : en laisser au moins une pour que nous puissions venir."
    elif service <= shut:
        yield "market_effect", "Avec le jour de marché, plus aucune demi-journée ne reste : en laisser au moins une."
    if both := sheet.impossible & sheet.wished:
        yield "wished", f"{window_words(both).capitalize()} : coché comme impossible et comme souhaité ; choisir l’un des deux."
    yield from _market_faults(sheet, service)
    outside = sorted(day for day in sheet.closed_days if not first <= day <= last)
    if outside:
        yield (
            "closed_days",
            f"Le {date_words(outside[0])} n’est pas entre le {date_words(first)} et le {date_words(last)} ; corriger cette date.",
        )
    elif len(sheet.closed_days) > MOST_DAYS:
        yield "closed_days", f"Plus de {MOST_DAYS} dates ; cocher plutôt les demi-journées impossibles, ou nous appeler."


def _market_faults(sheet: Sheet, service: frozenset[Window]) -> Iterator[tuple[str, str]]:
    market, effect = sheet.market, sheet.market_effect
    if market is None:
        if effect is not Market.NEUTRAL:
            yield "market", "Dire quel jour est le marché, ou choisir « peu importe » en dessous."
        return
    if effect is Market.SEEK and market in sheet.impossible:
        yield (
            "market_effect",
            f"Le marché est le {market.words}, que vous avez coché comme impossible ; décocher l’un ou choisir « peu importe ».",
        )
    elif effect is Market.SEEK and market not in service:
        yield "market_effect", f"Le service ne vient pas le {market.words} ; choisir « peu importe »."
    elif effect is Market.AVOID and market in sheet.wished:
        yield (
            "market_effect",
            f"Le marché est le {market.words}, que vous avez coché comme souhaité ; décocher l’un ou choisir « peu importe ».",
        )


def says_the_same(first: Sheet, second: Sheet) -> bool:
    """Tell whether two answers say the same, whatever the rows that they name."""
    return _without_keys(first) == _without_keys(second)


def _without_keys(sheet: Sheet) -> Sheet:
    places = tuple(
        replace(place, key=None, rooms=tuple(replace(room, key=None) for room in place.rooms)) for place in sheet.places
    )
    return replace(sheet, places=places)


def days_between(periods: Iterable[tuple[dt.date, dt.date]]) -> frozenset[dt.date]:
    """Return every day of some periods, both ends included."""
    return frozenset(first + dt.timedelta(days=number) for first, last in periods for number in range((last - first).days + 1))


def periods_of(days: Iterable[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Return days as the fewest periods, in the order of time."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == dt.timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
