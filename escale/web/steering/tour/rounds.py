"""What the month, the week and the day of the tour read: days, who goes where on them, and how far it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from escale.apps.audit.actors import Actor
from escale.apps.schedule.fragile import fragile_days
from escale.apps.schedule.models import Plan
from escale.apps.team.models import Post
from escale.apps.team.permanences import PermanenceDay, permanence_days
from escale.apps.territory.distances import MissingPositionsError, distances
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import service_windows
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, lines_of, visit_lines
from escale.core.calendar.halfdays import HALF_WORDS, Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.web.steering.tour.circumstances import circumstances_of, posts_of
from escale.web.steering.tour.reasons import Circumstances, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A mediator on a day, morning first; `note` says why there is nothing when it is known.

    `free` are the halves that the service gives and that nothing holds: where a visit of a draft may be dropped. The
    `permanences` are half-days in a médiathèque that no convention counts (art. 4).
    """

    post: int
    name: str
    stops: Sequence[VisitLine]
    permanences: Sequence[PermanenceDay] = ()
    note: str = ""
    free: Sequence[tuple[Half, str]] = ()

    @property
    def mediator(self) -> str:
        """What the planner calls the post."""
        return f"P{self.post}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the tour; `closed` says why nobody goes out, `fragile` why people may be away."""

    date: dt.date
    rounds: Sequence[Round]
    closed: str = ""
    fragile: str = ""

    @property
    def words(self) -> str:
        """The day without its year: « mardi 4 mai »."""
        return day_words(self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A drive of a day, one way; the distance is None when a position is missing."""

    start: str
    end: str
    km: int | None


def days_of(actor: Actor, epci: Epci, first: dt.date, last: dt.date, plan: Plan | None) -> list[Day]:
    """Return the days of a period on which the service goes out, or on which somebody does."""
    stops = lines_between(actor, epci, first, last, plan)
    kept = permanence_days(epci, first, last) if actor.may("team.see", epci) else []
    months = tuple(Month.of(first).until(Month.of(last)))
    used = {stop.post.pk for stop in stops} | {one.permanence.post_id for one in kept}
    posts = posts_of(actor, epci, used, first, last)
    told = circumstances_of(actor, epci, months, posts)
    fragile = fragile_days(epci, first, last)
    windows = service_windows(epci)
    served = {window.weekday for window in windows}
    busy = {stop.date for stop in stops} | {one.date for one in kept}
    return [
        Day(
            date=day,
            closed=f"férié : {told.holidays[day]}" if day in told.holidays else told.closures.get(day, ""),
            fragile=fragile.get(day, ""),
            rounds=[
                replace(
                    _round(key, name, day, [stop for stop in stops if stop.date == day and stop.post.pk == key], told, windows),
                    permanences=[one for one in kept if one.date == day and one.permanence.post_id == key],
                )
                for key, name in posts.items()
            ],
        )
        for day in _days(first, last)
        if day.weekday() in served or day in busy
    ]


def _round(
    post: int, name: str, day: dt.date, stops: Sequence[VisitLine], told: Circumstances, windows: Collection[Window]
) -> Round:
    if day in told.away.get(post, ()):
        return Round(post=post, name=name, stops=stops, note="absence")
    shut = day in told.holidays or day in told.closures
    open_halves = [] if shut else [half for half in Half if Window(weekday=Weekday(day.weekday()), half=half) in windows]
    held = {stop.half for stop in stops}
    return Round(post=post, name=name, stops=stops, free=[(half, HALF_WORDS[half]) for half in open_halves if half not in held])


def lines_between(
    actor: Actor, epci: Epci, first: dt.date, last: dt.date, plan: Plan | None, post: int | None = None
) -> list[VisitLine]:
    """Return the published visits of a period, or those of a plan that the actor has been allowed to see."""
    of_post = {} if post is None else {"post": post}
    if plan is None:
        return visit_lines(Visit.objects.visible_to(actor).filter(epci=epci, **of_post).standing().between(first, last))
    rows = plan.visits.filter(date__range=(first, last), **of_post).order_by("date", "half", "post")
    # Shown as they would be once published, by the key under which the plan changes them; nothing of this is saved.
    return lines_of(
        [
            Visit(
                pk=row.pk,
                epci=epci,
                commune=row.commune,
                post=row.post,
                date=row.date,
                half=row.half,
                for_month=row.for_month,
                origin_date=row.date,
                origin_half=row.half,
            )
            for row in rows.select_related("commune", "post")
        ]
    )


def neighbours(actor: Actor, epci: Epci, day: dt.date, post: int, plan: Plan | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the days before and after on which a post goes out."""
    dates: QuerySet[Any, dt.date]
    if plan is None:
        dates = Visit.objects.visible_to(actor).filter(epci=epci, post=post).standing().values_list("date", flat=True)
    else:
        dates = plan.visits.filter(post=post).values_list("date", flat=True)
    return dates.filter(date__lt=day).order_by("-date").first(), dates.filter(date__gt=day).order_by("date").first()


def legs_of(epci: Epci, post: Post, stops: Sequence[VisitLine]) -> list[Leg]:
    """Return the drives of a day: from the base to each stop in turn, and back (art. 4)."""
    if not stops:
        return []
    communes = [stop.commune for stop in stops]
    base = base_words(post)
    names = [base, *map(str, communes), base]
    return [
        Leg(start=start, end=end, km=km)
        for start, end, km in zip(names, names[1:], _kilometres(epci, post, communes), strict=False)
    ]


def _kilometres(epci: Epci, post: Post, communes: Sequence[Commune]) -> list[int | None]:
    try:
        found = distances(epci, communes, post.start)
    except MissingPositionsError:
        return [None] * (len(communes) + 1)
    between = [found.between_hm[i][i + 1] for i in range(len(communes) - 1)]
    return [round(hm / 10) for hm in (found.base_hm[0], *between, found.base_hm[-1])]


def base_words(post: Post) -> str:
    """Return what the base of a post is called."""
    return str(post.base) if post.base else "le point de départ"


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
