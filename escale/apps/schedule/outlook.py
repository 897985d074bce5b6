"""Can the promise of a visit a month be kept in a year (art. 4)? Under each reading, with each leave, with one more of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.cache import cache

from escale.apps.schedule import problems, state
from escale.apps.schedule.problems import build_problem, mediator_id
from escale.apps.team.models import Leave, Occupancy
from escale.apps.territory import catalogue
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import service_windows, value_of
from escale.core.calendar.months import Month
from escale.core.planning import capacity as reckoning
from escale.core.planning.capacity import (
    Capacity,
    LeaveRequest,
    MonthCapacity,
    capacity,
    leave_effects,
    with_leave,
    with_more_communes,
    with_more_mediators,
)
from escale.core.planning.problem import Problem
from escale.core.planning.readings import WINDOWS, Reading, windows_of

KEPT_SECONDS = 24 * 3600
RECIPE = hashlib.sha256(b"".join(Path(str(m.__file__)).read_bytes() for m in (reckoning, problems, state))).hexdigest()
"""What was reckoned by an older release is never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOutlook:
    """A month under a reading: half-days that the service gives, visits that it owes, and how many of them find no place."""

    month: Month
    places: int
    needs: int
    unserved: int

    @property
    def spare(self) -> int:
        """Places beyond the needs; negative when some are missing."""
        return self.places - self.needs


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOutlook:
    """A year under a reading of art. 4; `in_force` says that it is the one of the EPCI."""

    reading: Reading
    in_force: bool
    kept: bool
    months: tuple[MonthOutlook, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Visits of a month that find no place for one reason, by the names of their communes."""

    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenMonth:
    """A month that cannot keep the promise: in one sentence, then reason by reason."""

    words: str
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOutlook:
    """What a leave does to the promise; the person is found by the key of the leave."""

    leave: int
    breaks: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A year before it is planned; texts are French sentences."""

    year: int
    communes: int
    posts: int
    kept: bool
    words: str
    readings: tuple[ReadingOutlook, ...]
    broken: tuple[BrokenMonth, ...]
    leaves: tuple[LeaveOutlook, ...]
    one_more_commune: str
    one_more_post: str

    @property
    def in_force(self) -> ReadingOutlook:
        """The year under the reading of the EPCI."""
        return next(reading for reading in self.readings if reading.in_force)


def outlook_of(epci: Epci, year: int) -> Outlook:
    """Return the outlook of a civil year. Raise ProblemError, with what to do, when there is nothing to reckon with.

    The matchings are done once for each state of the database, told by a fingerprint of all the rows that they depend on.
    """
    months = tuple(Month(year, number) for number in range(1, 13))
    key = f"outlook:{RECIPE}:{year}:{state.fingerprint(epci, months[0].first, months[-1].last)}"
    known: Outlook | None = cache.get(key)
    if known is not None:
        return known
    found = _reckoned(epci, months)
    cache.set(key, found, KEPT_SECONDS)
    return found


def _reckoned(epci: Epci, months: tuple[Month, ...]) -> Outlook:
    everyone = build_problem(epci, months, with_leave=False)
    asked = _requests(epci, months)
    requests = [request for _, request in asked]
    problem = with_leave(everyone, requests)
    as_is, effects = capacity(problem), leave_effects(everyone, requests)
    return Outlook(
        year=months[0].year,
        communes=len(problem.communes),
        posts=len(problem.mediators),
        kept=as_is.kept,
        words=as_is.words,
        readings=_by_reading(epci, problem, as_is),
        broken=tuple(_broken(month) for month in as_is.broken),
        leaves=tuple(
            # The core names whom it was given, a post: the screen names the person.
            LeaveOutlook(leave=leave, breaks=bool(effect.alone or effect.in_turn), words=effect.words.partition(" : ")[2])
            for (leave, _), effect in zip(asked, effects, strict=True)
        ),
        one_more_commune=with_more_communes(problem).words,
        one_more_post=with_more_mediators(problem).words,
    )


def _requests(epci: Epci, months: tuple[Month, ...]) -> list[tuple[int, LeaveRequest]]:
    """Return the leave of the year in the order in which it was noted, cut to the days on which its mediator holds a post."""
    first, last = months[0].first, months[-1].last
    held = list(Occupancy.objects.filter(post__epci=epci).between(first, last).select_related("post"))
    leaves = Leave.objects.filter(mediator__in={row.mediator_id for row in held}).between(first, last).order_by("pk")
    found = []
    for leave in leaves:
        for row in held:
            starts = max(first, leave.starts or first, row.starts or first, row.post.starts or first)
            ends = min(last, leave.ends or last, row.ends or last, row.post.ends or last)
            if row.mediator_id == leave.mediator_id and starts <= ends:
                found.append((leave.pk, LeaveRequest(mediator=mediator_id(row.post), starts=starts, ends=ends)))
    return found


def _by_reading(epci: Epci, problem: Problem, as_is: Capacity) -> tuple[ReadingOutlook, ...]:
    """Return the year under each reading: what the weeks of the posts take away is taken away from the others too.

    A half-day that the chosen reading does not give was never put to the communes: they are taken to open on it.
    """
    chosen = value_of(epci, catalogue.ART4_READING)
    service = service_windows(epci)
    taken_away, unasked = service - problem.windows, WINDOWS[Reading.R1] - service
    communes = tuple(replace(commune, windows=commune.windows | unasked) for commune in problem.communes)
    found = [_reading(chosen, as_is, in_force=True)]
    for reading in (Reading.R1, Reading.R2, Reading.R3):
        windows = windows_of(reading) - taken_away
        if reading is not chosen and windows:
            found.append(_reading(reading, capacity(replace(problem, windows=windows, communes=communes)), in_force=False))
    return tuple(found)


def _reading(reading: Reading, found: Capacity, *, in_force: bool) -> ReadingOutlook:
    months = tuple(
        MonthOutlook(month=month.month, places=month.places, needs=month.needs, unserved=len(month.unserved))
        for month in found.months
    )
    return ReadingOutlook(reading=reading, in_force=in_force, kept=found.kept, months=months)


def _broken(month: MonthCapacity) -> BrokenMonth:
    names: dict[str, list[str]] = {}
    for visit in month.unserved:
        names.setdefault(visit.reason.words, []).append(visit.name)
    breaks = tuple(Break(reason=reason, names=_sorted(of_reason)) for reason, of_reason in names.items())
    return BrokenMonth(words=month.words, breaks=breaks)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
