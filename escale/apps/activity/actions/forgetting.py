"""Forget what led from a record to a person, and what devices left behind (RGPD, art. 5-1 e)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.activity.models import Conflict, CoopImport, EaseKey, ImportState, Incident, Record, SyncBatch
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.core.booking.retention import contacts_before, people_before


@transaction.atomic
def forget_links(*, actor: Actor, on: dt.date) -> int:
    """Cut the records from the appointments that are twelve months old on a civil day; return how many."""
    require(actor, "activity.purge", "installation")
    old = Record.objects.filter(date__lt=people_before(on), appointment__isnull=False)
    cut = old.update(appointment=None)
    if cut:
        events.record("activity.links_forgotten", actor=actor, epci=None, subject="installation", on=on, count=cut)
    return cut


@transaction.atomic
def forget_device_notes(*, actor: Actor, on: dt.date) -> int:
    """Erase after 90 days the words of incidents, sendings, keys of answers, versions or imports that nobody chose."""
    require(actor, "activity.purge", "installation")
    start = dt.datetime.combine(contacts_before(on), dt.time.min, tzinfo=dt.UTC)
    erased = Incident.objects.filter(noted_at__lt=start).exclude(words="").update(words="")
    erased += SyncBatch.objects.filter(received_at__lt=start).delete()[0]
    erased += EaseKey.objects.filter(month__lt=start.date().replace(day=1)).delete()[0]
    erased += Conflict.objects.filter(noted_at__lt=start).delete()[0]
    erased += CoopImport.objects.filter(asked_at__lt=start).exclude(state=ImportState.DONE.value).delete()[0]
    if erased:
        events.record("activity.notes_forgotten", actor=actor, epci=None, subject="installation", on=on, count=erased)
    return erased
