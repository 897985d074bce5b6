"""The story of a half-day: what was done with it and by whom, what was made ready and found, what one party missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.audit.actors import Actor
from escale.apps.audit.models import Entry
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.authors import authors_of
from escale.apps.visits.labels import CAUSES, POINT_ANSWERS, POINT_KINDS, SIDES, STORY
from escale.apps.visits.models import Cancellation, Holding, Point, Preparation, Visit, VisitQuerySet
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.visits.life import Cause, PointAnswer, PointKind, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One thing that was done with a half-day."""

    at: dt.datetime
    words: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """A point with both versions, and the names of those who wrote them."""

    point: Point
    noted_by: str
    answered_by: str

    @property
    def kind_words(self) -> str:
        """What was missing."""
        return POINT_KINDS[PointKind(self.point.kind)]

    @property
    def answer_words(self) -> str:
        """What the other party answered."""
        return POINT_ANSWERS[PointAnswer(self.point.answer)]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStory:
    """All that is known of a half-day, without anyone who came."""

    lines: Sequence[StoryLine]
    preparation: Preparation | None
    holding: Holding | None
    held_by: str
    cancellation: Cancellation | None
    points: Sequence[PointLine]
    make_up: Visit | None


def visit_story(actor: Actor, visit: Visit) -> VisitStory:
    """Return the story of a half-day that the actor sees, the oldest first."""
    found = Visit.objects.visible_to(actor).select_related("preparation", "holding", "cancellation").get(pk=visit.pk)
    entries = list(Entry.objects.filter(subject_type="visits.visit", subject_id=str(found.pk)).order_by("at", "pk"))
    told = [entry for entry in entries if entry.event in STORY]
    points = list(Point.objects.filter(visit=found).order_by("noted_at", "pk"))
    holding: Holding | None = getattr(found, "holding", None)
    names = authors_of([entry.actor for entry in told] + ([holding.closed_by] if holding else []))
    return VisitStory(
        lines=[StoryLine(at=entry.at, words=_words(entry), author=names[entry.actor]) for entry in told],
        preparation=getattr(found, "preparation", None),
        holding=holding,
        held_by=names[holding.closed_by] if holding and holding.closed_by else "",
        cancellation=getattr(found, "cancellation", None),
        points=point_lines(points),
        make_up=found.make_ups.standing().first(),
    )


def point_lines(points: Sequence[Point]) -> list[PointLine]:
    """Return points with the names of those who wrote: one query for all of them."""
    names = authors_of([actor for point in points for actor in (point.noted_by_actor, point.answered_by)])
    return [
        PointLine(point=point, noted_by=names[point.noted_by_actor], answered_by=names[point.answered_by] if point.answer else "")
        for point in points
    ]


def owed_visits(epci: Epci) -> VisitQuerySet:
    """Return the half-days of an EPCI that are to be made up for and are not yet, the oldest first."""
    return Visit.objects.filter(epci=epci).owed().select_related("commune", "cancellation")


def points_waiting(actor: Actor, side: Side, place: Commune | Epci) -> list[PointLine]:
    """Return the points that wait for the answer of one party, in a commune or in a whole EPCI, the oldest first."""
    rows = Point.objects.visible_to(actor).to_be_answered_by(side)
    rows = rows.filter(visit__commune=place) if isinstance(place, Commune) else rows.filter(visit__epci=place)
    return point_lines(list(rows.select_related("visit__commune", "visit__epci")))


def _words(entry: Entry) -> str:
    words = STORY[entry.event]
    details = entry.details
    if moved := details.get("moved"):
        _, date, half = moved[0]["from"]
        return f"{words} ; c’était le {weekday_date_words(dt.date.fromisoformat(date))}, {HALF_WORDS[Half(half)]}"
    if "cause" in details:
        major = ", force majeure" if details.get("force_majeure") else ""
        return f"{words} : {SIDES[Side(details['side'])]}, {CAUSES[Cause(details['cause'])]}{major}"
    return words
