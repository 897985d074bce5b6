"""A tour for the tests of its pages: three communes, two posts, a year that is published and one that is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.schedule.models import Participation, Plan, Standing
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.months import Month, nth_weekday
from tests.apps.schedule.sketch import a_draft, a_planned_visit, as_published, take_part
from tests.apps.schedule.team import gather, place_communes

YEAR = ("2027-01", "2027-12")
TODAY = dt.date(2027, 3, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a test can name. Abscon has its 1st Tuesday morning, Bruille its 1st Tuesday afternoon; Condé is expected."""

    epci: Epci
    abscon: Commune
    bruille: Commune
    conde: Commune
    post: Post
    other_post: Post
    camille: Mediator
    published: Plan


def make_world(epci: Epci) -> World:
    """Write the world: 2027 is published, Condé has its 2nd Tuesday morning in the plan alone."""
    communes = place_communes(epci)
    abscon, bruille, conde = communes.values()
    (post, camille), (other_post, _) = gather(epci, bruille, "Camille", "Sacha")
    take_part(epci, [abscon, bruille, conde])
    Participation.objects.filter(commune=conde).update(standing=Standing.EXPECTED.value)
    plan = a_draft(epci, number=1, months=YEAR)
    for month in plan.months:
        tuesday = nth(month, 1, Weekday.TUE)
        a_planned_visit(plan, abscon, post, tuesday)
        a_planned_visit(plan, bruille, post, tuesday, "PM")
        a_planned_visit(plan, conde, post, nth(month, 2, Weekday.TUE))
        a_visit(epci, abscon, post, tuesday)
        a_visit(epci, bruille, post, tuesday, "PM")
    as_published(plan)
    return World(
        epci=epci,
        abscon=abscon,
        bruille=bruille,
        conde=conde,
        post=post,
        other_post=other_post,
        camille=camille,
        published=Plan.objects.get(pk=plan.pk),
    )


def nth(month: Month, rank: int, weekday: Weekday) -> str:
    """Return the n-th weekday of a month, as text."""
    day = nth_weekday(month, rank, weekday)
    assert day is not None
    return day.isoformat()


def a_visit(epci: Epci, commune: Commune, post: Post, date: str, half: str = "AM", for_month: str | None = None) -> Visit:
    """Return a published visit that stands where it was promised."""
    day = dt.date.fromisoformat(date)
    return Visit.objects.create(
        epci=epci,
        commune=commune,
        post=post,
        date=day,
        half=half,
        for_month=for_month or date[:7],
        origin_date=day,
        origin_half=half,
    )


def move(commune: Commune, was: str, now: str, reason: str = "") -> None:
    """Move the published visit of a commune from one day to another."""
    Visit.objects.filter(commune=commune, date=dt.date.fromisoformat(was)).update(date=dt.date.fromisoformat(now), reason=reason)
