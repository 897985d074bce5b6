"""What the planning and the screens ask about a team: who is there, on which days, in which half-days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from escale.apps.team.models import Leave, Mediator, Occupancy, Post, WeeklyTemplate
from escale.apps.territory.catalogue import FTE_REQUIRED
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import service_windows, value_of
from escale.core.calendar.halfdays import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class FteCover:
    """Full-time equivalents of a day against those that art. 7 promises."""

    day: dt.date
    required: Decimal
    present: Decimal

    @property
    def missing(self) -> Decimal:
        """How much the day lacks; 0 when the promise is kept."""
        return max(self.required - self.present, Decimal(0))


def away_days(post: Post, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Return the days of a period on which nobody works in a post: outside its dates, vacant, or on leave."""
    return away_days_of([post], first, last)[post.pk]


def away_days_of(
    posts: Collection[Post], first: dt.date, last: dt.date, *, with_leave: bool = True
) -> dict[int, frozenset[dt.date]]:
    """Return the same for several posts, by their keys, in two queries; without leave, as if nobody took any."""
    occupancies = list(Occupancy.objects.filter(post__in=posts).between(first, last))
    taken = Leave.objects.filter(mediator__in={held.mediator_id for held in occupancies}).between(first, last)
    leaves = list(taken) if with_leave else []
    away = {}
    for post in posts:
        worked = days_worked([held for held in occupancies if held.post_id == post.pk], leaves, first, last)
        away[post.pk] = frozenset(day for day in _span(first, last) if day not in worked or not post.holds_on(day))
    return away


def days_worked(occupancies: Iterable[Occupancy], leaves: Collection[Leave], first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Return the days of a period on which a mediator who holds the post is not on leave."""
    worked: set[dt.date] = set()
    for held in occupancies:
        absent = {day for leave in leaves if leave.mediator_id == held.mediator_id for day in _days(leave, first, last)}
        worked |= set(_days(held, first, last)) - absent
    return frozenset(worked)


def occupant_on(post: Post, day: dt.date) -> Mediator | None:
    """Return who holds a post on a day."""
    held = Occupancy.objects.filter(post=post).on(day).select_related("mediator").first()
    return held.mediator if held else None


def post_windows(post: Post, day: dt.date) -> frozenset[Window]:
    """Return the half-days of a post on a day: those of art. 4, less what its week takes away."""
    service = service_windows(post.epci)
    week = WeeklyTemplate.objects.filter(post=post).on(day).first()
    # A narrower reading chosen later narrows the week too.
    return service if week is None else service & week.windows


def windows_of_posts(posts: Collection[Post], first: dt.date, last: dt.date) -> Callable[[Post, dt.date], frozenset[Window]]:
    """Return the same for the posts of one EPCI on any day of a period, from a few queries for all of them."""
    if not posts:
        return lambda post, day: frozenset()
    service = service_windows(next(iter(posts)).epci)
    weeks = list(WeeklyTemplate.objects.filter(post__in=posts).between(first, last))

    def windows(post: Post, day: dt.date) -> frozenset[Window]:
        week = next((week for week in weeks if week.post_id == post.pk and week.holds_on(day)), None)
        return service if week is None else service & week.windows

    return windows


def weeks_beyond_the_reading(epci: Epci) -> list[WeeklyTemplate]:
    """Return the weeks that hold a half-day which the reading of art. 4 gives no more: they have to be looked at."""
    service = service_windows(epci)
    weeks = WeeklyTemplate.objects.filter(post__epci=epci).select_related("post")
    return [week for week in weeks if not week.windows <= service]


def fte_on(epci: Epci, day: dt.date) -> FteCover:
    """Return the full-time equivalents of the posts held on a day (art. 7); a leave takes nothing away."""
    held = Occupancy.objects.on(day).values("post")
    present = Post.objects.filter(epci=epci, pk__in=held).on(day).aggregate(total=Sum("quotite"))["total"]
    return FteCover(day=day, required=value_of(epci, FTE_REQUIRED), present=present or Decimal(0))


def _days(row: Dated, first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return _span(max(row.starts or first, first), min(row.ends or last, last))


def _span(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
