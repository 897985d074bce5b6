"""What the screens ask about visits: when, where, by whom; as many questions to the database for one visit as for many."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from django.db.models import Exists, OuterRef

from escale.apps.audit.actors import Actor
from escale.apps.team.models import Leave, Mediator, Occupancy, Post
from escale.apps.territory.catalogue import HALF_DAY_AM, HALF_DAY_PM
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Closure, Commune, Epci, Premises
from escale.apps.territory.queries import settings_of
from escale.apps.visits.counting import VisitCounts, visit_counts
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.apps.visits.repairing import Colleague, FreeDate, free_colleagues, free_dates, other_places
from escale.apps.visits.stories import PointLine, VisitStory, owed_visits, points_waiting, visit_story
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.hours import Hours

__all__ = [
    "Colleague",
    "FreeDate",
    "PointLine",
    "VisitCounts",
    "VisitLine",
    "VisitStory",
    "coming_of_commune",
    "coming_of_post",
    "free_colleagues",
    "free_dates",
    "lines_of",
    "other_places",
    "owed_visits",
    "past_of_commune",
    "points_waiting",
    "visit_counts",
    "visit_lines",
    "visit_story",
    "visits_between",
    "visits_without_anyone",
]

Meeting = tuple[int, dt.date, int | None]
"""A commune, a day, and the place that was chosen for it, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A visit as a screen shows it: `premises` is the one chosen for it, else the preferred one that is open that day,
    `mediator` who holds the post.
    """

    visit: Visit
    commune: Commune
    post: Post
    mediator: Mediator | None
    premises: Premises | None
    hours: Hours

    @property
    def date(self) -> dt.date:
        """The civil day."""
        return self.visit.date

    @property
    def half(self) -> Half:
        """The half of the day."""
        return Half(self.visit.half)

    @property
    def half_words(self) -> str:
        """« matin » or « après-midi »."""
        return HALF_WORDS[self.half]

    @property
    def moved_words(self) -> str:
        """Where a moved visit stood when it was first promised; empty when it stands there still."""
        if not self.visit.was_moved:
            return ""
        half = HALF_WORDS[Half(self.visit.origin_half)]
        return f"prévue d’abord le {weekday_date_words(self.visit.origin_date)} {half}"


def coming_of_commune(actor: Actor, commune: Commune, day: dt.date, *, count: int = 12) -> list[VisitLine]:
    """Return the next visits of a commune, from a day on."""
    return visit_lines(_seen(actor).filter(commune=commune).from_day(day)[:count])


def past_of_commune(actor: Actor, commune: Commune, day: dt.date, *, count: int = 6) -> list[VisitLine]:
    """Return the last visits of a commune before a day, the latest first."""
    past = _seen(actor).filter(commune=commune, date__lt=day).order_by("-date", "-half")
    return visit_lines(past[:count])


def coming_of_post(actor: Actor, post: Post, day: dt.date, *, count: int = 20) -> list[VisitLine]:
    """Return the next visits of a post, from a day on."""
    return visit_lines(_seen(actor).filter(post=post).from_day(day)[:count])


def visits_between(actor: Actor, epci: Epci, first: dt.date, last: dt.date) -> list[VisitLine]:
    """Return the visits of an EPCI between two days, both included."""
    return visit_lines(_seen(actor).filter(epci=epci).between(first, last))


def visits_without_anyone(epci: Epci, day: dt.date) -> list[VisitLine]:
    """Return the visits, from a day on, to which nobody can come: their post is vacant, or its holder is away."""
    that_day = cast(dt.date, OuterRef("date"))
    same_day = cast(dt.date, OuterRef(OuterRef("date")))
    away = Leave.objects.filter(holding(same_day), mediator=OuterRef("mediator"))
    there = Occupancy.objects.filter(~Exists(away), holding(that_day), holding(that_day, "post__"), post=OuterRef("post"))
    return visit_lines(Visit.objects.filter(~Exists(there), epci=epci).standing().from_day(day))


def visit_lines(visits: VisitQuerySet) -> list[VisitLine]:
    """Return some visits with who comes, where and when: a handful of questions, however many they are."""
    # Apart, an EPCI is read once for all its visits, and its settings with it.
    rows = visits.select_related("commune", "post__base", "premises", "room").prefetch_related("epci__settings")
    return lines_of(list(rows.defer("commune__outline", "post__base__outline")))


def lines_of(rows: Sequence[Visit]) -> list[VisitLine]:
    """Return the same of visits that are read with their commune, post and EPCI, or that are not kept: those of a draft."""
    if not rows:
        return []
    held = _holders(rows)
    places = _places(rows)
    service = {epci: _hours_of(epci) for epci in {visit.epci for visit in rows}}
    return [_line(row, held.get((row.post_id, row.date)), places.get(_meeting(row)), service[row.epci]) for row in rows]


def _seen(actor: Actor) -> VisitQuerySet:
    return Visit.objects.visible_to(actor).standing()


def _hours_of(epci: Epci) -> dict[Half, Hours]:
    chosen = settings_of(epci)
    return {Half.AM: chosen(HALF_DAY_AM), Half.PM: chosen(HALF_DAY_PM)}


def _line(visit: Visit, mediator: Mediator | None, place: Premises | None, service: dict[Half, Hours]) -> VisitLine:
    half = Half(visit.half)
    own = None if place is None else (place.morning_start if half is Half.AM else place.afternoon_start)
    hours = service[half] if own is None else service[half].starting(own)
    return VisitLine(visit=visit, commune=visit.commune, post=visit.post, mediator=mediator, premises=place, hours=hours)


def _holders(visits: Sequence[Visit]) -> dict[tuple[int, dt.date], Mediator]:
    first, last = _period(visits)
    rows: defaultdict[int, list[Occupancy]] = defaultdict(list)
    posts = {visit.post_id for visit in visits}
    for row in Occupancy.objects.filter(post__in=posts).between(first, last).select_related("mediator"):
        rows[row.post_id].append(row)
    return {
        (visit.post_id, visit.date): row.mediator
        for visit in visits
        for row in rows[visit.post_id]
        if row.holds_on(visit.date) and visit.post.holds_on(visit.date)
    }


def _meeting(visit: Visit) -> Meeting:
    return visit.commune_id, visit.date, visit.premises_id


def _places(visits: Sequence[Visit]) -> dict[Meeting, Premises]:
    """Return the place that stands and is open on the day of a visit: the one chosen for it, else the preferred one."""
    first, last = _period(visits)
    closures: defaultdict[int, list[Closure]] = defaultdict(list)
    premises: defaultdict[int, list[Premises]] = defaultdict(list)
    for place in Premises.objects.filter(commune__in={visit.commune_id for visit in visits}).order_by("rank"):
        premises[place.commune_id].append(place)
    for closure in Closure.objects.filter(premises__in=[place for some in premises.values() for place in some]).between(
        first, last
    ):
        closures[closure.premises_id].append(closure)
    found: dict[Meeting, Premises] = {}
    for visit in visits:
        chosen_first = sorted(premises[visit.commune_id], key=lambda place: place.pk != visit.premises_id)
        free = (place for place in chosen_first if _is_open(place, closures[place.pk], visit.date))
        for place in islice(free, 1):
            found[_meeting(visit)] = place
    return found


def _is_open(place: Premises, closures: Iterable[Closure], day: dt.date) -> bool:
    return place.holds_on(day) and not any(closure.holds_on(day) for closure in closures)


def _period(visits: Sequence[Visit]) -> tuple[dt.date, dt.date]:
    dates = [visit.date for visit in visits]
    return min(dates), max(dates)
