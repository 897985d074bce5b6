"""What a device keeps for the days that matter: where the mediator is, and the pages to have there without a network."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse

from escale.apps.booking.models import Appointment
from escale.apps.territory import clock
from escale.web.field.mine import visits_of
from escale.web.journeys import Visitor
from escale.web.stops import Stop, stops_of

DAYS_KEPT = 2
"""Today, or the next day on the road, and the one after: whoever charges their telephone at night is ready in the morning."""
PAGES = ("days", "relays", "help")
PAGES_OF_A_STOP = ("log", "half_day", "arrive", "out_of_bounds", "orientation", "take_home", "ask", "thank")


def days_to_keep(visitor: Visitor) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the coming days on the road as JSON values, and the pages that the device has to keep.

    Names stand in the sealed copies of the pages and nowhere else on the device.
    """
    stops = _coming_stops(visitor)
    home = reverse("field:home")
    days = [
        {"date": day.isoformat(), "page": f"{home}?jour={day.isoformat()}", "stops": [_told(stop) for stop in some]}
        for day, some in groupby(stops, key=lambda stop: stop.date)
    ]
    plain = [reverse(f"field:{name}") for name in PAGES]
    return days, [home, *(day["page"] for day in days), *plain, *_pages_of(visitor, stops)]


def _coming_stops(visitor: Visitor) -> Sequence[Stop]:
    coming = visits_of(visitor).standing().from_day(clock.today(visitor.epci))
    dates: list[dt.date] = list(coming.order_by("date").values_list("date", flat=True).distinct()[:DAYS_KEPT])
    return stops_of(coming.filter(date__in=dates))


def _told(stop: Stop) -> dict[str, Any]:
    return {
        "visit": str(stop.visit.uid),
        "commune": stop.commune.name,
        "hours": stop.hours.words,
        "place": stop.place_words if stop.place else "",
    }


def _pages_of(visitor: Visitor, stops: Sequence[Stop]) -> Iterable[str]:
    """Yield the pages of each half-day: those of whoever walks in, and of each person who is expected."""
    expected: defaultdict[int | None, list[uuid.UUID]] = defaultdict(list)
    rows = Appointment.objects.visible_to(visitor.user).filter(visit__in=[stop.visit for stop in stops]).standing()
    for visit, uid in rows.values_list("visit", "uid"):
        expected[visit].append(uid)
    for stop in stops:
        for name in PAGES_OF_A_STOP:
            yield reverse(f"field:{name}", args=[stop.visit.uid])
        yield f"{reverse('field:relays')}?commune={stop.commune.code}"
        for key in expected[stop.visit.pk]:
            yield f"{reverse('field:log', args=[stop.visit.uid])}?rendez-vous={key}"
