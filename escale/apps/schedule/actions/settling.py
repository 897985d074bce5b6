"""Make the visits that everyone sees those of the published months, for the communes that take part firmly."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from escale.apps.audit.actors import Actor, SystemActor
from escale.apps.schedule.models import Participation, PlannedVisit, Publication
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.actions import Settlement, settle_months
from escale.apps.visits.matching import Promise
from escale.core.calendar.months import Month

ACTOR = SystemActor(actor_id="participations")
"""What follows from a participation is done in this name: whoever may say who takes part need not settle visits."""


def published_promises(epci: Epci, months: Collection[Month], communes: Collection[Commune] | None = None) -> list[Promise]:
    """Return what the current publications of some months promise to the communes that take part firmly."""
    written = {str(month) for month in months}
    current = dict(Publication.objects.filter(epci=epci, month__in=written).current().values_list("month", "plan"))
    rows = PlannedVisit.objects.filter(plan__in=set(current.values()), for_month__in=written)
    if communes is not None:
        rows = rows.filter(commune__in=communes)
    return firm_promises(epci, [row for row in rows if current.get(row.for_month) == row.plan_id])


def firm_promises(epci: Epci, rows: Iterable[PlannedVisit]) -> list[Promise]:
    """Return the planned visits of communes whose participation is firm on their day, as promises."""
    firm: dict[int, list[Participation]] = {}
    for held in Participation.objects.filter(epci=epci).firm():
        firm.setdefault(held.commune_id, []).append(held)
    return [
        Promise(commune=row.commune_id, post=row.post_id, date=row.date, half=row.half, for_month=row.for_month)
        for row in rows
        if any(held.holds_on(row.date) for held in firm.get(row.commune_id, ()))
    ]


def settle_published(epci: Epci, *, communes: Collection[Commune], reason: str, actor: Actor = ACTOR) -> Settlement | None:
    """Make the visits of some communes those that are published; past ones stay. Nothing is done when no month is published."""
    published = Publication.objects.filter(epci=epci).current()
    months = {Month.parse(month) for month in published.values_list("month", flat=True)}
    if not months:
        return None
    return settle_months(
        actor=actor,
        epci=epci,
        months=months,
        promises=published_promises(epci, months, communes),
        today=today(epci),
        reason=reason,
        communes={commune.pk for commune in communes},
    )
