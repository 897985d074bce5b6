"""Forget who came, when the time for it is over: first how to reach them, then their name (RGPD, art. 5-1 e)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.kinds import Need
from escale.apps.booking.models import Appointment, Demande
from escale.core.booking.retention import contacts_before, people_before
from escale.core.booking.states import DemandeState

NO_NEEDS = {need.value: False for need in Need}
ERASED = {"first_name": "", "name": "", "contact": "", "contact_forgotten": True, "person_forgotten": True, **NO_NEEDS}
"""What is left of a person."""
NO_PUBLIC = {"word": "", "call_back": False}
"""What is left besides of a request: that the person agreed, when someone else asked, stays."""


@transaction.atomic
def forget_contacts(*, actor: Actor, on: dt.date) -> int:
    """Erase the telephones and addresses of appointments and requests that are 90 days old on a civil day; return how many."""
    require(actor, "booking.forget", "installation")
    limit = contacts_before(on)
    known = Q(contact_forgotten=False)
    forgotten = Appointment.objects.filter(_held_before(limit), known).update(contact="", contact_forgotten=True)
    forgotten += Demande.objects.filter(known, closed_at__lt=_start_of(limit)).update(contact="", contact_forgotten=True)
    if forgotten:
        events.record("booking.contacts_forgotten", actor=actor, epci=None, subject="installation", on=on, count=forgotten)
    return forgotten


@transaction.atomic
def forget_people(*, actor: Actor, on: dt.date) -> int:
    """Erase the names of what is twelve months old on a civil day; who still waits then is counted as unmet. Return how many."""
    require(actor, "booking.forget", "installation")
    limit = people_before(on)
    start, known = _start_of(limit), Q(person_forgotten=False)
    unanswered = Demande.objects.filter(closed_at__isnull=True, asked_at__lt=start)
    unanswered.update(state=DemandeState.UNMET.value, closed_at=_start_of(on))
    forgotten = Appointment.objects.filter(_held_before(limit), known).update(**ERASED, reason="")
    forgotten += (
        Demande.objects.filter(known, asked_at__lt=start, closed_at__isnull=False)
        .exclude(appointments__in=Appointment.objects.filter(person_forgotten=False))
        .update(**ERASED, **NO_PUBLIC)
    )
    if forgotten:
        events.record("booking.people_forgotten", actor=actor, epci=None, subject="installation", on=on, count=forgotten)
    return forgotten


def _held_before(limit: dt.date) -> Q:
    return Q(visit__date__lt=limit) | Q(date__lt=limit)


def _start_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC)
