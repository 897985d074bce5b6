"""Make the visits that everyone sees those of the published months, for the communes that take part firmly."""

from __future__ import annotations

from collections.abc import Collection

from escale.apps.audit.actors import Actor, SystemActor
from escale.apps.schedule.models import Publication
from escale.apps.schedule.published import promises_of, published_visits, visits_outside
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.actions import Settlement, settle_months
from escale.core.calendar.months import Month

ACTOR = SystemActor(actor_id="participations")
"""What follows from a participation is done in this name: whoever may say who takes part need not settle visits."""


def settle_published(epci: Epci, *, communes: Collection[Commune], reason: str, actor: Actor = ACTOR) -> Settlement | None:
    """Make the visits of some communes those that are published; past ones stay. Nothing is done when no month is published."""
    published = Publication.objects.filter(epci=epci).current()
    months = {Month.parse(month) for month in published.values_list("month", flat=True)}
    if not months:
        return None
    now = today(epci)
    return settle_months(
        actor=actor,
        epci=epci,
        months=months,
        promises=promises_of(epci, published_visits(epci, months, communes)),
        today=now,
        reason=reason,
        communes={commune.pk for commune in communes},
        outside=visits_outside(epci, communes, now),
    )
