"""Small steps that the tests of urgencies share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.models import Message
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune
from escale.apps.urgencies.actions import ask_urgency, pass_on_unanswered
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Visit
from escale.core.urgencies.life import Matter

PHONE = "03 53 01 04 00"


def ask(actor: Any, commune: Commune, **fields: Any) -> Request:
    return ask_urgency(actor=actor, commune=commune, **{"matter": Matter.PRINTER, "call_back": PHONE, **fields})


def go_round() -> int:
    """Do the round of the minute."""
    return pass_on_unanswered(actor=SYSTEM, now=timezone.now())


def send_out(mediator: Mediator, commune: Commune, day: str = "2026-11-24", half: str = "PM") -> Visit:
    """Put a mediator in the hall of a commune."""
    date = dt.date.fromisoformat(day)
    post = mediator.occupancies.get().post
    where = {"epci": mediator.epci, "commune": commune, "post": post, "date": date, "half": half, "for_month": day[:7]}
    return Visit.objects.create(**where, origin_date=date, origin_half=half)


def letters() -> list[str]:
    """Return whom the queue writes to by e-mail."""
    return sorted(Message.objects.filter(channel="email").values_list("to", flat=True))
