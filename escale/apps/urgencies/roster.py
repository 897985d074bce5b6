"""Who is on call when (art. 4): derived from the weeks of the posts, the absences and the visits; nobody keeps it by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from escale.apps.team.models import Mediator, Occupancy, Post, WeeklyTemplate
from escale.apps.team.queries import away_days_of
from escale.apps.territory import catalogue
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import closed_days_of_territory, holidays_between, settings_of
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, visit_lines
from escale.core.booking.slots import Position, parts_of
from escale.core.calendar.french import weekday_date_words
from escale.core.urgencies.calling import FURTHEST_DAYS, Calling, OnCall, Place, Presence, all_in_the_field, call_order


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """Someone who can be called, and the commune whose hall they are in."""

    mediator: Mediator
    post: Post
    place: Place
    commune: Commune | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A half-day on call: who is called first, who then. Nobody, when everyone is away: a gap that the coordination is told."""

    when: OnCall
    people: Sequence[OnDuty]
    in_field: bool
    is_now: bool

    @property
    def first(self) -> OnDuty | None:
        """Who is called first."""
        return self.people[0] if self.people else None

    @property
    def words(self) -> str:
        """« mardi 24 novembre 2026 après-midi, 14 h – 17 h »."""
        return f"{weekday_date_words(self.when.day)} {self.when.half_words}, {self.when.hours.words}"


def on_call(epci: Epci, local: dt.datetime) -> Duty | None:
    """Return who is on call at a local time, else at the next time that someone is; None when no half-day is on call."""
    last = local.date() + dt.timedelta(days=FURTHEST_DAYS)
    when = _calling(epci, local.date(), last).at_or_after(local)
    if when is None:
        return None
    (duty,) = _duties(epci, [when], local)
    return duty


def roster_between(epci: Epci, first: dt.date, last: dt.date) -> list[Duty]:
    """Return the half-days on call of a period, both days included, in as many questions for a day as for a year."""
    return _duties(epci, list(_calling(epci, first, last).between(first, last)), None)


def _calling(epci: Epci, first: dt.date, last: dt.date) -> Calling:
    choice = settings_of(epci)
    return Calling(
        windows=choice(catalogue.ON_CALL_WINDOWS),
        morning=choice(catalogue.HALF_DAY_AM),
        afternoon=choice(catalogue.HALF_DAY_PM),
        closed=holidays_between(epci, first, last) | closed_days_of_territory(epci, first, last),
    )


def _duties(epci: Epci, times: Sequence[OnCall], local: dt.datetime | None) -> list[Duty]:
    if not times:
        return []
    first, last = times[0].day, times[-1].day
    posts = list(Post.objects.filter(epci=epci).between(first, last))
    away = away_days_of(posts, first, last)
    weeks = list(WeeklyTemplate.objects.filter(post__in=posts).between(first, last))
    held = list(Occupancy.objects.filter(post__in=posts).between(first, last).select_related("mediator"))
    visits = visit_lines(Visit.objects.filter(epci=epci).standing().between(first, last))
    position = settings_of(epci)(catalogue.APPOINTMENTS_POSITION)
    duties = []
    for when in times:
        kept = [post for post in posts if when.day not in away[post.pk] and _keeps(weeks, post, when)]
        people = {
            rank: OnDuty(
                mediator=row.mediator,
                post=post,
                place=_place(line, when, local, position),
                commune=line.commune if line else None,
            )
            for rank, post in enumerate(kept)
            for row in held
            if row.post_id == post.pk and row.holds_on(when.day)
            for line in [_visit(visits, post, when)]
        }
        there = [Presence(rank=rank, place=each.place) for rank, each in people.items()]
        ordered = [people[each.rank] for each in call_order(there, when.day)]
        is_now = local is not None and when.holds(local)
        duties.append(Duty(when=when, people=ordered, in_field=bool(there) and all_in_the_field(there), is_now=is_now))
    return duties


def _keeps(weeks: Collection[WeeklyTemplate], post: Post, when: OnCall) -> bool:
    """Tell whether a post works on a half-day: all of them, unless its week says which."""
    own = next((week for week in weeks if week.post_id == post.pk and week.holds_on(when.day)), None)
    return own is None or any((each.weekday, each.half) == (when.day.weekday(), when.half) for each in own.windows)


def _visit(visits: Sequence[VisitLine], post: Post, when: OnCall) -> VisitLine | None:
    return next((each for each in visits if (each.post.pk, each.date, each.half) == (post.pk, when.day, when.half)), None)


def _place(line: VisitLine | None, when: OnCall, local: dt.datetime | None, position: Position) -> Place:
    if line is None:
        return Place.OFFICE
    by_appointment = parts_of(line.hours, position)[1]
    if local is None or local.date() != when.day or not by_appointment.starts <= local.time() < by_appointment.ends:
        return Place.HALL
    return Place.APPOINTMENTS
