"""What can be proposed when a half-day goes wrong: a free colleague, another room of the commune, another date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.team.models import Mediator, Post
from escale.apps.team.queries import away_days_of, occupant_on, post_windows
from escale.apps.territory.models import Premises
from escale.apps.territory.queries import closed_days_of_territory, holidays_between
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import HALF_WORDS, Half, Weekday, Window

AHEAD = dt.timedelta(days=35)
"""How far ahead a date is proposed: what is owed is made up for soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A post that is free on a half-day, and who holds it then."""

    post: Post
    mediator: Mediator


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDate:
    """A half-day on which a post could come."""

    date: dt.date
    half: Half
    post: Post

    @property
    def half_words(self) -> str:
        """« matin » or « après-midi »."""
        return HALF_WORDS[self.half]


def free_colleagues(visit: Visit) -> list[Colleague]:
    """Return the other posts in which somebody is there on the half-day of a visit, without a visit of their own."""
    posts = _posts(visit, visit.date, visit.date)
    away = away_days_of(posts, visit.date, visit.date)
    taken = set(Visit.objects.standing().filter(date=visit.date, half=visit.half).values_list("post", flat=True))
    free = [
        post
        for post in posts
        if post.pk not in taken | {visit.post_id} and not away[post.pk] and visit.window in post_windows(post, visit.date)
    ]
    held = ((post, occupant_on(post, visit.date)) for post in free)
    return [Colleague(post=post, mediator=mediator) for post, mediator in held if mediator is not None]


def other_places(visit: Visit, now_in: Premises | None) -> list[Premises]:
    """Return the places of the commune that are open on the day of a visit, but the one where it is."""
    rows = Premises.objects.filter(commune=visit.commune).open_on(visit.date).prefetch_related("rooms", "key_holders")
    return list(rows if now_in is None else rows.exclude(pk=now_in.pk))


def free_dates(visit: Visit, first: dt.date, *, count: int = 8) -> list[FreeDate]:
    """Return the first half-days, from a day on, on which a post could come to the commune of a visit; its own post first.

    Whether the commune takes part then, and what it asked of the tour, is judged when the visit moves.
    """
    last = first + AHEAD
    posts = sorted(_posts(visit, first, last), key=lambda post: (post.pk != visit.post_id, post.label))
    away = away_days_of(posts, first, last)
    shut = holidays_between(visit.epci, first, last) | closed_days_of_territory(visit.epci, first, last)
    coming = Visit.objects.standing().filter(epci=visit.epci, date__range=(first, last))
    taken = set(coming.values_list("post", "date", "half")) | {(post.pk, visit.date, visit.half) for post in posts}
    there = set(coming.filter(commune=visit.commune).values_list("date", flat=True))
    found: list[FreeDate] = []
    for day in (first + dt.timedelta(days=number) for number in range(AHEAD.days + 1)):
        if day in shut or day in there:
            continue
        found.extend(_free_on(day, [post for post in posts if day not in away[post.pk]], taken))
        if len(found) >= count:
            break
    return found[:count]


def _free_on(day: dt.date, posts: Sequence[Post], taken: set[tuple[int, dt.date, str]]) -> list[FreeDate]:
    windows = {post.pk: post_windows(post, day) for post in posts}
    return [
        FreeDate(date=day, half=half, post=post)
        for half in Half
        for post in posts
        if Window(weekday=Weekday(day.weekday()), half=half) in windows[post.pk] and (post.pk, day, half.value) not in taken
    ]


def _posts(visit: Visit, first: dt.date, last: dt.date) -> list[Post]:
    return list(Post.objects.filter(epci=visit.epci).between(first, last).select_related("epci"))
