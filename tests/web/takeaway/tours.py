"""A small published year and a draft, for the tests of what is taken away."""

from __future__ import annotations

import datetime as dt

from escale.apps.schedule.models import (
    AnnexedPattern,
    Participation,
    Plan,
    PlannedVisit,
    PlanOrigin,
    PlanState,
    Publication,
    Standing,
)
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.months import Month, nth_weekday
from tests.web.cast import Cast
from tests.web.visiting import make_visit

YEAR = 2027
MONTHS = Month.range(f"{YEAR}-01..{YEAR}-12")


def second_tuesday(month: Month) -> dt.date:
    day = nth_weekday(month, 2, Weekday.TUE)
    assert day is not None
    return day


def make_plan(cast: Cast, *, number: int = 1, state: PlanState = PlanState.DRAFT) -> Plan:
    """Return a plan of the whole year in which Oisy is visited on each second Tuesday morning."""
    plan = Plan.objects.create(
        epci=cast.epci,
        number=number,
        first_month=f"{YEAR}-01",
        last_month=f"{YEAR}-12",
        origin=PlanOrigin.RUN,
        state=state,
        created_by="test",
    )
    post = cast.camille.occupancies.get().post
    PlannedVisit.objects.bulk_create(
        PlannedVisit(plan=plan, commune=cast.oisy, post=post, date=second_tuesday(month), half="AM", for_month=str(month))
        for month in MONTHS
    )
    return plan


def publish(cast: Cast, plan: Plan, *, months: tuple[Month, ...] = MONTHS) -> None:
    """Promise some months of a plan."""
    Publication.objects.bulk_create(
        Publication(epci=cast.epci, plan=plan, month=str(month), published_by="test") for month in months
    )


def make_year(cast: Cast) -> dict[Month, Visit]:
    """Publish the year of Oisy, firm and on the day of its convention; return its visits by month."""
    publish(cast, make_plan(cast, state=PlanState.PUBLISHED))
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)
    AnnexedPattern.objects.create(
        epci=cast.epci, commune=cast.oisy, nth=2, weekday=Weekday.TUE, half="AM", starts=dt.date(YEAR, 1, 1)
    )
    return {month: make_visit(cast, cast.oisy, second_tuesday(month)) for month in MONTHS}


def add_commune_with_a_year(cast: Cast, commune: Commune) -> None:
    """Publish the year of one more commune, at the same time as the others, with a post of its own."""
    post = Post.objects.create(epci=cast.epci, label=f"Poste {commune.code}", base=cast.denain)
    for month in MONTHS:
        make_visit(cast, commune, second_tuesday(month), post=post)
