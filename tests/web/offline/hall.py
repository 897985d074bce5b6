"""A hall without network: the half-day of today in Oisy, its mediator, and what their telephone sends afterwards."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.territory import clock
from escale.apps.visits.models import Visit
from escale.web.field.offline.owner import owner_key
from tests.web.cast import Cast
from tests.web.visiting import make_visit

ADDRESS = "/terrain/donnees/envoi"


def open_hall(cast: Cast, half: str = "AM") -> Visit:
    """Return the half-day of today, which the mediator of the cast holds."""
    cast.camille.user = cast.mediator
    cast.camille.save()
    return make_visit(cast, cast.oisy, clock.today(cast.epci), half)


def moment(apart: dt.timedelta = dt.timedelta()) -> str:
    """Return what the clock of the telephone says, when it is that far from ours."""
    return (timezone.now() + apart).isoformat()


def record(visit: Visit, **said: Any) -> dict[str, Any]:
    """Return someone who was helped, as the telephone writes it."""
    written = {"sort": "record", "key": str(uuid.uuid4()), "visit": str(visit.uid), "minutes": "30", "themes": ["email"]}
    return {**written, "entered_at": moment(), **said}


def closing(visit: Visit, **said: Any) -> dict[str, Any]:
    """Return the half-day as the mediator closes it."""
    written = {"sort": "closing", "key": str(uuid.uuid4()), "visit": str(visit.uid), "started": "00:00", "ended": "00:01"}
    return {**written, "was_opened": "oui", "entered_at": moment(), **said}


def batch(owner: User, *items: object, **said: Any) -> dict[str, Any]:
    """Return what the telephone of someone sends."""
    return {"owner": owner_key(owner), "key": str(uuid.uuid4()), "sent_at": moment(), "items": list(items), **said}


def send(client: Client, body: object, **headers: str) -> Any:
    """Send as the telephone does; return the response."""
    return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def statuses(response: Any) -> list[str]:
    """Return what became of each thing."""
    return [item["status"] for item in response.json()["items"]]
