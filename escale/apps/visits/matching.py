"""Match what is promised now with what was promised before: which visits stay, move, go, and which are new."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from escale.apps.visits.models import Visit, VisitState

Key = tuple[int, str]
"""A commune and the month whose promise a visit keeps."""
Place = tuple[int, dt.date, str]
"""A post, a day and a half: what only one visit takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A half-day that a plan promises to a commune; `commune` and `post` are keys, `for_month` is « 2027-01 »."""

    commune: int
    post: int
    date: dt.date
    half: str
    for_month: str

    @property
    def place(self) -> Place:
        """Where it stands in the days of the team."""
        return self.post, self.date, self.half


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A visit that changes its day, its half or its post."""

    visit: Visit
    promise: Promise

    @property
    def is_seen(self) -> bool:
        """Whether the commune sees it: another day or half, not only another post."""
        return (self.visit.date, self.visit.half) != (self.promise.date, self.promise.half)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What becomes of visits and promises."""

    created: tuple[Promise, ...]
    moved: tuple[Move, ...]
    cancelled: tuple[Visit, ...]
    kept: tuple[Visit, ...]


def place_of(visit: Visit) -> Place:
    """Return where a visit stands in the days of the team."""
    return visit.post_id, visit.date, visit.half


def match_visits(
    standing: Iterable[Visit], promises: Iterable[Promise], *, today: dt.date, first_time: Collection[str] = ()
) -> Matching:
    """Match visits that stand with what is promised for the same commune and month.

    A visit before `today` stays as it is, and its promise is taken as kept. A promise before `today` makes a visit only in a
    month that is promised for the `first_time`.
    """
    visits: defaultdict[Key, list[Visit]] = defaultdict(list)
    wanted: defaultdict[Key, list[Promise]] = defaultdict(list)
    for visit in sorted(standing, key=lambda visit: (visit.date, visit.half)):
        visits[visit.commune_id, visit.for_month].append(visit)
    for promise in sorted(promises, key=lambda promise: (promise.date, promise.half)):
        wanted[promise.commune, promise.for_month].append(promise)
    parts = [_match_one(visits[key], wanted[key], today, first_time) for key in sorted(visits.keys() | wanted.keys())]
    return Matching(
        created=tuple(promise for part in parts for promise in part.created),
        moved=tuple(move for part in parts for move in part.moved),
        cancelled=tuple(visit for part in parts for visit in part.cancelled),
        kept=tuple(visit for part in parts for visit in part.kept),
    )


def _match_one(visits: list[Visit], wanted: list[Promise], today: dt.date, first_time: Collection[str]) -> Matching:
    left = list(wanted)
    kept = [visit for visit in visits if visit.date < today or visit.state == VisitState.HELD]
    coming = [visit for visit in visits if visit not in kept]
    for visit in kept:
        same = [promise for promise in left if promise.place == place_of(visit)] or left
        if same:
            left.remove(same[0])
    left = [promise for promise in left if promise.date >= today or promise.for_month in first_time]
    for visit in [visit for visit in coming if place_of(visit) in {promise.place for promise in left}]:
        kept.append(visit)
        coming.remove(visit)
        left = [promise for promise in left if promise.place != place_of(visit)]
    moved = [Move(visit=visit, promise=promise) for visit, promise in zip(coming, left, strict=False)]
    return Matching(
        created=tuple(left[len(moved) :]), moved=tuple(moved), cancelled=tuple(coming[len(moved) :]), kept=tuple(kept)
    )
