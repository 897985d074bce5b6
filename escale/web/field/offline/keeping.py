"""What a device keeps for the days that matter: where the mediator is, and the pages to have there without a network."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from escale.web.field.queries import coming_weeks
from escale.web.journeys import Visitor
from escale.web.stops import Stop

DAYS_KEPT = 2
"""Today, or the next day on the road, and the one after: whoever charges their telephone at night is ready in the morning."""


def days_to_keep(visitor: Visitor) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the coming days on the road as JSON values, and the pages that the device has to keep.

    Names stand in the sealed copies of the pages and nowhere else on the device.
    """
    coming = [(date, stops) for week in coming_weeks(visitor) for date, stops, _ in week.days if stops]
    home = reverse("field:home")
    shown = [(date, f"{home}?jour={date.isoformat()}", stops) for date, stops in coming[:DAYS_KEPT]]
    told = [{"date": date.isoformat(), "page": page, "stops": [_stop(stop) for stop in stops]} for date, page, stops in shown]
    return told, [home, *(page for _, page, _ in shown), reverse("field:days")]


def _stop(stop: Stop) -> dict[str, Any]:
    return {
        "visit": str(stop.visit.uid),
        "commune": stop.commune.name,
        "hours": stop.hours.words,
        "place": stop.place_words if stop.place else "",
    }
