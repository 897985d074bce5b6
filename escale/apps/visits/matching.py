"""Match what is promised now with what was promised before: which visits stay, move, go, and which are new."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from escale.apps.visits.models import Visit, VisitState

Key = tuple[int, str]
"""A commune and the month whose promise a visit keeps."""
Place = tuple[int, dt.date, str]
"""A post, a day and a half: what only one visit takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A half-day that a plan promises to a commune; `commune` and `post` are keys, `for_month` is « 2027-01 ».

    `makes_up` is the key of the half-day that was given up and that this one makes up for.
    """

    commune: int
    post: int
    date: dt.date
    half: str
    for_month: str
    makes_up: int | None = None

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


def told_move(visit: int, before: Place, after: Place) -> dict[str, object]:
    """Return a move for the log and for those who are told of it."""
    return {"visit": visit, "from": _written(before), "to": _written(after)}


def place_of(visit: Visit) -> Place:
    """Return where a visit stands in the days of the team."""
    return visit.post_id, visit.date, visit.half


def match_visits(
    standing: Iterable[Visit],
    promises: Iterable[Promise],
    *,
    today: dt.date,
    first_time: Collection[str] = (),
    given_up: Iterable[Visit] = (),
    outside: Collection[int] = (),
) -> Matching:
    """Match visits that stand with what is promised for the same commune and month.

    A visit before `today` stays as it is, and its promise is taken as kept. A promise before `today` makes a visit only in a
    month that is promised for the `first_time`. What was `given_up` (read with its cancellation) is not promised again.
    Visits whose keys are in `outside` are of days on which their commune no longer takes part: agreed or not, they go.
    """
    visits: defaultdict[Key, list[Visit]] = defaultdict(list)
    wanted: defaultdict[Key, list[Promise]] = defaultdict(list)
    lost: defaultdict[Key, list[Visit]] = defaultdict(list)
    for visit in sorted(standing, key=lambda visit: (visit.date, visit.half)):
        visits[visit.commune_id, visit.for_month].append(visit)
    for promise in sorted(promises, key=lambda promise: (promise.date, promise.half)):
        wanted[promise.commune, promise.for_month].append(promise)
    for visit in given_up:
        lost[visit.commune_id, visit.for_month].append(visit)
    parts = []
    for key in sorted(visits.keys() | wanted.keys()):
        left = _still_promised(wanted[key], lost[key])
        owed = [visit for visit in lost[key] if visit.cancellation.is_owed and not _is_made_up(visit, visits[key])]
        parts.append(_match_one(visits[key], left, today, first_time, owed, outside))
    return Matching(
        created=tuple(promise for part in parts for promise in part.created),
        moved=tuple(move for part in parts for move in part.moved),
        cancelled=tuple(visit for part in parts for visit in part.cancelled),
        kept=tuple(visit for part in parts for visit in part.kept),
    )


def _still_promised(wanted: list[Promise], lost: Iterable[Visit]) -> list[Promise]:
    """Return the promises that are left once what was given up is taken away.

    A half-day that is owed is promised again by another one; one that is not owed was proposed, and is not proposed again.
    """
    left = list(wanted)
    for visit in lost:
        places = {(visit.date, visit.half), (visit.origin_date, visit.origin_half)}
        same = [promise for promise in left if (promise.date, promise.half) in places]
        if not same and not visit.cancellation.is_owed:
            same = left
        if same:
            left.remove(same[0])
    return left


def _is_made_up(visit: Visit, standing: Iterable[Visit]) -> bool:
    return any(other.makes_up_id == visit.pk for other in standing)


def _match_one(
    visits: list[Visit],
    wanted: list[Promise],
    today: dt.date,
    first_time: Collection[str],
    owed: list[Visit],
    outside: Collection[int],
) -> Matching:
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
    for visit in [visit for visit in coming if visit.is_apart and visit.pk not in outside]:
        # What was agreed for this one day stands; the promise of the tour is kept by it. A make-up is in no tour.
        if left or visit.makes_up_id:
            kept.append(visit)
            coming.remove(visit)
            left = left[1:]
    moved = [Move(visit=visit, promise=promise) for visit, promise in zip(coming, left, strict=False)]
    new = left[len(moved) :]
    created = [replace(promise, makes_up=visit.pk) for promise, visit in zip(new, owed, strict=False)]
    return Matching(
        created=(*created, *new[len(created) :]),
        moved=tuple(moved),
        cancelled=tuple(coming[len(moved) :]),
        kept=tuple(kept),
    )


def _written(place: Place) -> list[object]:
    post, date, half = place
    return [post, date.isoformat(), half]
