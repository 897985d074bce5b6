"""Forget who came to workshops, when the time for it is over: first how to reach them, then their name (RGPD, art. 5-1 e)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.workshops.models import Registration
from escale.core.booking.retention import contacts_before, people_before


@transaction.atomic
def forget_contacts(*, actor: Actor, on: dt.date) -> int:
    """Erase the telephones and addresses of workshops that are 90 days old on a civil day; return how many."""
    require(actor, "booking.forget", "installation")
    rows = Registration.objects.filter(workshop__date__lt=contacts_before(on), contact_forgotten=False)
    forgotten = rows.update(contact="", contact_forgotten=True)
    if forgotten:
        events.record("workshops.contacts_forgotten", actor=actor, epci=None, subject="installation", on=on, count=forgotten)
    return forgotten


@transaction.atomic
def forget_people(*, actor: Actor, on: dt.date) -> int:
    """Erase the names of workshops that are twelve months old on a civil day; return how many."""
    require(actor, "booking.forget", "installation")
    rows = Registration.objects.filter(workshop__date__lt=people_before(on), person_forgotten=False)
    forgotten = rows.update(first_name="", name="", contact="", contact_forgotten=True, person_forgotten=True)
    if forgotten:
        events.record("workshops.people_forgotten", actor=actor, epci=None, subject="installation", on=on, count=forgotten)
    return forgotten
