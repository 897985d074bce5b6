"""Forget whom to call back about urgencies that are over (RGPD, art. 5-1 e)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.urgencies.models import Request
from escale.core.booking.retention import contacts_before


@transaction.atomic
def forget_callers(*, actor: Actor, on: dt.date) -> int:
    """Erase the numbers and the words of urgencies that were over 90 days before a civil day; return how many."""
    require(actor, "urgencies.purge", "installation")
    start = dt.datetime.combine(contacts_before(on), dt.time.min, tzinfo=dt.UTC)
    erased = Request.objects.filter(closed_at__lt=start).exclude(call_back="").update(call_back="", words="")
    if erased:
        events.record("urgencies.callers_forgotten", actor=actor, epci=None, subject="installation", on=on, count=erased)
    return erased
