"""Who is on call when (art. 4): derived from weeks, absences, visits, workshops and appointments; nobody keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from escale.apps.booking.models import HeldSlot
from escale.apps.team.models import Mediator, Occupancy, Post, WeeklyTemplate
from escale.apps.team.queries import away_days_of
from escale.apps.territory import catalogue
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import hours_at, settings_of
from escale.apps.urgencies.labels import PLACES
from escale.apps.urgencies.opening import calling_of
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, visit_lines
from escale.apps.workshops.models import Hold
from escale.core.booking.slots import Position, cut, parts_of
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import Half
from escale.core.urgencies.calling import (
    FURTHEST_DAYS,
    OnCall,
    Place,
    Presence,
    all_in_the_field,
    call_order,
    nobody_is_free,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """Someone who can be called, and the commune in which they are, in a hall or a workshop."""

    mediator: Mediator
    post: Post
    place: Place
    commune: Commune | None

    @property
    def where(self) -> str:
        """« sur le terrain, Oisy », « en rendez-vous au bureau »; empty for who is free at the office."""
        words = "" if self.place is Place.OFFICE else PLACES[self.place]
        return f"{words}, {self.commune}" if self.commune else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A half-day on call: who is called first, who then. Nobody, when everyone is away: a gap that the coordination is told.

    `in_field` when all are in halls and workshops, `is_busy` when one of them receives someone at the office.
    """

    when: OnCall
    people: Sequence[OnDuty]
    in_field: bool
    is_busy: bool
    is_now: bool

    @property
    def first(self) -> OnDuty | None:
        """Who is called first."""
        return self.people[0] if self.people else None

    @property
    def words(self) -> str:
        """« mardi 24 novembre 2026 après-midi, 14 h – 17 h »."""
        return f"{weekday_date_words(self.when.day)} {self.when.half_words}, {self.when.hours.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What keeps the posts of a team elsewhere; `local` is now, when the question is about now."""

    local: dt.datetime | None
    visits: Sequence[VisitLine]
    workshops: Sequence[Hold]
    receiving: Collection[int]
    position: Position

    def place(self, post: Post, when: OnCall) -> tuple[Place, Commune | None]:
        """Return where a post is on a half-day, and in which commune."""
        at = (post.pk, when.day, when.half)
        for hold in self.workshops:
            if (hold.post_id, hold.date, hold.half) == at:
                return Place.WORKSHOP, hold.workshop.host
        for line in self.visits:
            if (line.post.pk, line.date, line.half) == at:
                return self._in_hall(line, when), line.commune
        is_today = self.local is not None and self.local.date() == when.day
        return (Place.RECEIVING if is_today and post.pk in self.receiving else Place.OFFICE), None

    def _in_hall(self, line: VisitLine, when: OnCall) -> Place:
        by_appointment = parts_of(line.hours, self.position)[1]
        if self.local is None or self.local.date() != when.day:
            return Place.HALL
        return Place.APPOINTMENTS if by_appointment.starts <= self.local.time() < by_appointment.ends else Place.HALL


def on_call(epci: Epci, local: dt.datetime) -> Duty | None:
    """Return who is on call at a local time, else at the next time that someone is; None when no half-day is on call."""
    last = local.date() + dt.timedelta(days=FURTHEST_DAYS)
    when = calling_of(epci, local.date(), last).at_or_after(local)
    if when is None:
        return None
    (duty,) = _duties(epci, [when], local)
    return duty


def roster_between(epci: Epci, first: dt.date, last: dt.date) -> list[Duty]:
    """Return the half-days on call of a period, both days included, in as many questions for a day as for a year."""
    return _duties(epci, list(calling_of(epci, first, last).between(first, last)), None)


def _duties(epci: Epci, times: Sequence[OnCall], local: dt.datetime | None) -> list[Duty]:
    if not times:
        return []
    first, last = times[0].day, times[-1].day
    posts = list(Post.objects.filter(epci=epci).between(first, last))
    away = away_days_of(posts, first, last)
    weeks = list(WeeklyTemplate.objects.filter(post__in=posts).between(first, last))
    held = list(Occupancy.objects.filter(post__in=posts).between(first, last).select_related("mediator"))
    known = _known(epci, first, last, local)
    duties = []
    for when in times:
        kept = [post for post in posts if when.day not in away[post.pk] and _keeps(weeks, post, when)]
        people = {
            rank: OnDuty(mediator=row.mediator, post=post, place=place, commune=commune)
            for rank, post in enumerate(kept)
            for row in held
            if row.post_id == post.pk and row.holds_on(when.day)
            for place, commune in [known.place(post, when)]
        }
        duties.append(_duty(when, people, local))
    return duties


def _duty(when: OnCall, people: dict[int, OnDuty], local: dt.datetime | None) -> Duty:
    there = [Presence(rank=rank, place=each.place) for rank, each in people.items()]
    in_field = bool(there) and all_in_the_field(there)
    return Duty(
        when=when,
        people=[people[each.rank] for each in call_order(there, when.day)],
        in_field=in_field,
        is_busy=bool(there) and nobody_is_free(there) and not in_field,
        is_now=local is not None and when.holds(local),
    )


def _known(epci: Epci, first: dt.date, last: dt.date, local: dt.datetime | None) -> _Known:
    workshops = Hold.objects.filter(workshop__epci=epci, post__isnull=False, date__range=(first, last))
    return _Known(
        local=local,
        visits=visit_lines(Visit.objects.filter(epci=epci).standing().between(first, last)),
        workshops=list(workshops.select_related("workshop__host").defer("workshop__host__outline")),
        receiving=frozenset() if local is None else _receiving(epci, local),
        position=settings_of(epci)(catalogue.APPOINTMENTS_POSITION),
    )


def _receiving(epci: Epci, local: dt.datetime) -> frozenset[int]:
    """Return the posts that have someone before them at the office, at a local time."""
    minutes = settings_of(epci)(catalogue.APPOINTMENT_SLOT_MINUTES)
    rows = HeldSlot.objects.filter(post__epci=epci, date=local.date()).values_list("post", "half", "number")
    hours = {(half, slot.number): slot.hours for half in Half for slot in cut(hours_at(epci, None, half), minutes)}
    now = [(post, hours[Half(half), number]) for post, half, number in rows if (Half(half), number) in hours]
    return frozenset(post for post, slot in now if post is not None and slot.starts <= local.time() < slot.ends)


def _keeps(weeks: Collection[WeeklyTemplate], post: Post, when: OnCall) -> bool:
    """Tell whether a post works on a half-day: all of them, unless its week says which."""
    own = next((week for week in weeks if week.post_id == post.pk and week.holds_on(when.day)), None)
    return own is None or any((each.weekday, each.half) == (when.day.weekday(), when.half) for each in own.windows)
