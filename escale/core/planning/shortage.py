"""The most visits that a set of half-days can hold, and why the others find no place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.problem import Commune, Mediator

HalfDay = tuple[dt.date, Half]


class Cause(StrEnum):
    """Why a visit that is due cannot be planned."""

    NO_HALF_DAY = "no_half_day"
    CROWDED = "crowded"
    NOT_PLACED = "not_placed"
    REDUCED_SERVICE = "reduced_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a visit finds no place: `contenders` visits can only be held on the same `places` half-days of mediators.

    A plan changed by hand may leave out a visit for which there is a place.
    """

    cause: Cause
    places: int = 0
    contenders: int = 0

    @property
    def words(self) -> str:
        """The reason in French."""
        if self.cause is Cause.NO_HALF_DAY:
            return "aucune demi-journée du mois ne convient à la commune et au service"
        if self.cause is Cause.NOT_PLACED:
            return "des demi-journées du mois restent possibles, le passage n’y est pas encore placé"
        short = f"{self.contenders} visites se partagent {self.places} demi-journée{'s' if self.places > 1 else ''}"
        return f"service réduit : {short}" if self.cause is Cause.REDUCED_SERVICE else short


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """A visit that a month owes (art. 4) and cannot give."""

    commune: str
    name: str
    month: Month
    reason: Reason


def half_days(
    month: Month, windows: frozenset[Window], holidays: frozenset[dt.date], mediators: Iterable[Mediator]
) -> dict[HalfDay, tuple[str, ...]]:
    """Return the half-days of a month that the service gives (art. 4), each with the mediators who are there."""
    team = tuple(mediators)
    found: dict[HalfDay, tuple[str, ...]] = {}
    for day in month.days():
        if day in holidays:
            continue
        present = tuple(mediator.id for mediator in team if day not in mediator.away)
        for half in Half:
            if present and Window(weekday=Weekday(day.weekday()), half=half) in windows:
                found[day, half] = present
    return found


def options_of(commune: Commune, offered: Iterable[HalfDay]) -> list[int]:
    """Return the ranks of the half-days on which a commune opens."""
    return [n for n, (day, half) in enumerate(offered) if commune.opens(day, half)]


def most_served(options: Sequence[Sequence[int]], room: Sequence[int]) -> list[int]:
    """Return the half-day of each visit, or -1 when it finds none; no choice serves more.

    `options` holds the half-days that each visit can take, `room` how many visits each half-day holds. A visit is never left
    out for one that stands after it in the list: what can be served together is a matroid, where first come, first served is best
    (augmenting paths, Kuhn 1955; transversal matroids, Edmonds and Fulkerson 1965).
    """
    given = [-1] * len(options)
    holders: list[list[int]] = [[] for _ in room]
    full: set[int] = set()
    for visit in range(len(options)):
        full |= _find_room(visit, options, room, given, holders, full)
    return given


def reason_for(visit: int, options: Sequence[Sequence[int]], room: Sequence[int], given: Sequence[int]) -> Reason:
    """Say why a visit is left out, by `most_served` or by hand: visits and half-days that no other choice frees (Hall 1935)."""
    if not any(room[n] for n in options[visit]):
        return Reason(cause=Cause.NO_HALF_DAY)
    reached = set(options[visit])
    queue = list(reached)
    holders: dict[int, list[int]] = {}
    for other, half_day in enumerate(given):
        holders.setdefault(half_day, []).append(other)
    for half_day in queue:
        for other in holders.get(half_day, ()):
            new = set(options[other]) - reached
            reached |= new
            queue.extend(sorted(new))
    contenders = sum(bool(choices) and reached.issuperset(choices) for choices in options)
    places = sum(room[n] for n in reached)
    return Reason(cause=Cause.CROWDED if places < contenders else Cause.NOT_PLACED, places=places, contenders=contenders)


def _find_room(
    visit: int,
    options: Sequence[Sequence[int]],
    room: Sequence[int],
    given: list[int],
    holders: list[list[int]],
    full: Set[int],
) -> Set[int]:
    """Give a visit a half-day, moving others if need be; else return the half-days that no later visit can find room in either.

    Whoever holds one of those can only move to another of them: a later search need not enter them (`full`).
    """
    came_from: dict[int, int] = {}
    queue = [visit]
    for mover in queue:
        for half_day in options[mover]:
            if half_day in came_from or half_day in full:
                continue
            came_from[half_day] = mover
            if len(holders[half_day]) < room[half_day]:
                _shift(visit, half_day, came_from, given, holders)
                return frozenset()
            queue.extend(holders[half_day])
    return came_from.keys()


def _shift(visit: int, half_day: int, came_from: dict[int, int], given: list[int], holders: list[list[int]]) -> None:
    while True:
        mover = came_from[half_day]
        left = given[mover]
        given[mover] = half_day
        holders[half_day].append(mover)
        if mover == visit:
            return
        holders[left].remove(mover)
        half_day = left
