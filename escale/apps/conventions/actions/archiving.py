"""Close the file of a convention for good, once nobody needs it at hand any more."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import keep, lock, require_step
from escale.apps.conventions.models import Convention
from escale.apps.territory.clock import today
from escale.core.convention.dates import add_months
from escale.core.convention.life import Trigger

USEFUL_MONTHS = 12
"""How long a file stays at hand after the end (instruction DAF/DPACI/RES/2009/018); it is then kept for ever."""


@transaction.atomic
def archive_convention(*, actor: Actor, convention: Convention, slip: str) -> Convention:
    """Record that the archives have taken a convention over, by the number of its slip: nothing is written in it any more."""
    locked = lock(actor, "conventions.decide", convention)
    now = today(locked.epci)
    ended = locked.ends_on or locked.abandoned_on
    holds = {"retention_is_over": ended is not None and add_months(ended, USEFUL_MONTHS) < now}
    require_step(locked, Trigger.ARCHIVED, now, "convention", holds)
    journal.record("conventions.archived", actor=actor, convention=locked, on=now, slip=slip)
    return keep(locked, archived_on=now)
