"""How fast the mairies note the appointments that people ask for (art. 3-1); from then on they are before the mediator."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q

from escale.apps.booking.kinds import Agent
from escale.apps.booking.models import Appointment
from escale.apps.conventions.many import among
from escale.apps.obligations.cases import Case
from escale.apps.territory.catalogue import RDV_TRANSMISSION_MAX_HOURS
from escale.apps.territory.queries import values_of

COUNTED = dt.timedelta(days=90)
"""How far back appointments are looked at: three visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmissions:
    """How many appointments a mairie took, how many of them it noted too late, and after how many hours that is."""

    taken: int
    late: int
    hours: int


def transmissions_of(cases: Iterable[Case], on: dt.date) -> dict[int, Transmissions]:
    """Return what the mairies took in the last months, by commune; those that took nothing are not named.

    Nobody to read an appointment is no fault of the mairie: what counts is when it was noted.
    """
    known = list(cases)
    hours = values_of(RDV_TRANSMISSION_MAX_HOURS)
    by_hours: defaultdict[int, list[int]] = defaultdict(list)
    for epci in sorted({case.epci for case in known}):
        by_hours[hours(epci)].append(epci)
    # One condition for each choice, however many EPCIs made it: a database refuses a thousand of them.
    late = reduce(or_, (Q(epci__in=some, waited__gt=dt.timedelta(hours=most)) for most, some in by_hours.items()), Q(pk__in=[]))
    rows = Appointment.objects.filter(
        among(sorted({case.commune for case in known}), "asking"),
        written_as=Agent.COMMUNE.value,
        asked_at__date__gt=on - COUNTED,
        asked_at__date__lte=on,
    )
    waited = ExpressionWrapper(F("written_at") - F("asked_at"), output_field=DurationField())
    counted = rows.annotate(waited=waited).order_by().values_list("asking", "epci")
    return {
        asking: Transmissions(taken=taken, late=missed, hours=hours(epci))
        for asking, epci, taken, missed in counted.annotate(taken=Count("pk"), late=Count("pk", filter=late))
    }
