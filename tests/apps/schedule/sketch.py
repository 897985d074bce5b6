"""Small plans for the tests of what is done with them."""

from __future__ import annotations

from collections.abc import Iterable

from escale.apps.schedule.models import Participation, Plan, PlannedVisit, PlanOrigin, PlanState, Publication, Standing
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from tests.apps.schedule.team import day


def a_draft(epci: Epci, *, number: int = 1, months: tuple[str, str] = ("2027-01", "2027-02"), **changes: object) -> Plan:
    """Return an empty draft."""
    fields: dict[str, object] = {"origin": PlanOrigin.FIRST.value, "created_by": "test"}
    return Plan.objects.create(epci=epci, number=number, first_month=months[0], last_month=months[1], **(fields | changes))


def a_planned_visit(
    plan: Plan, commune: Commune, post: Post, date: str, half: str = "AM", for_month: str | None = None
) -> PlannedVisit:
    """Return a visit of a plan."""
    return PlannedVisit.objects.create(
        plan=plan, commune=commune, post=post, date=day(date), half=half, for_month=for_month or date[:7]
    )


def take_part(epci: Epci, communes: Iterable[Commune]) -> None:
    """Have communes take part in the tour, since always and for certain."""
    for commune in communes:
        Participation.objects.get_or_create(epci=epci, commune=commune, defaults={"standing": Standing.FIRM.value})


def as_published(plan: Plan) -> None:
    """Let a plan stand as published for all its months."""
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.PUBLISHED.value)
    Publication.objects.bulk_create(
        Publication(epci=plan.epci, plan=plan, month=str(month), published_by="test") for month in plan.months
    )
