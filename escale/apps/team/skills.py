"""What the team knows how to do on a day: hours of training, habilitations to Aidants Connect, and who is late."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from escale.apps.team.models import Habilitation, Mediator, Training
from escale.apps.team.models.people import OccupancyQuerySet
from escale.core.team.habilitation import HabilitationDates, HabilitationState, last_day_of_grace

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLine:
    """A mediator in post on a day: since when, how far with Aidants Connect, by when, and the training of the year before."""

    mediator: Mediator
    day: dt.date
    arrived_on: dt.date
    dates: HabilitationDates
    is_told: bool
    due_on: dt.date
    hours: Decimal

    @property
    def state(self) -> HabilitationState:
        """How the habilitation stands."""
        return self.dates.state_on(self.day)

    @property
    def is_valid(self) -> bool:
        """Whether this person may act with Aidants Connect on the day."""
        return self.state is HabilitationState.VALID

    @property
    def is_overdue(self) -> bool:
        """Whether the days left to someone who arrives are over, without an habilitation."""
        return not self.is_valid and self.day > self.due_on

    @property
    def lacks_training(self) -> bool:
        """Whether a whole year in post went by without any training (art. 7: « formation continue »)."""
        return self.hours == 0 and self.day - self.arrived_on >= YEAR


def skill_lines(occupancies: OccupancyQuerySet, day: dt.date, *, grace: Callable[[int], int]) -> list[SkillLine]:
    """Return the mediators among some occupancies who hold a post on a day; the same few questions for any number.

    `grace` gives the days that an EPCI (by its key) leaves to someone who arrives.
    """
    rows = occupancies.filter(starts__lte=day).select_related("mediator").order_by("starts")
    arrived: dict[Mediator, dt.date] = {}
    present: dict[Mediator, int] = {}
    for row in rows:
        arrived.setdefault(row.mediator, row.starts or day)
        if row.holds_on(day):
            present[row.mediator] = row.mediator.epci_id
    habilitations = {row.mediator_id: row for row in Habilitation.objects.filter(mediator__in=present)}
    hours = _hours(present, day)
    return [
        SkillLine(
            mediator=mediator,
            day=day,
            arrived_on=arrived[mediator],
            dates=habilitations[mediator.pk].dates if mediator.pk in habilitations else HabilitationDates(),
            is_told=mediator.pk in habilitations,
            due_on=last_day_of_grace(arrived[mediator], grace(epci)),
            hours=hours[mediator.pk],
        )
        for mediator, epci in sorted(present.items(), key=lambda one: str(one[0]))
    ]


def _hours(mediators: Collection[Mediator], day: dt.date) -> dict[int, Decimal]:
    found: defaultdict[int, Decimal] = defaultdict(Decimal)
    rows = Training.objects.filter(mediator__in=mediators, date__gt=day - YEAR, date__lte=day)
    for key, hours in rows.values_list("mediator", "hours"):
        found[key] += hours
    return found
