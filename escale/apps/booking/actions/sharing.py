"""Let a commune open its free slots to the desks of its neighbours, or close them."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.models import SharedSlots
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import siren_of


@transaction.atomic
def share_slots(*, actor: Actor, commune: Commune, shared: bool) -> None:
    """Say whether the neighbours of a commune see which of its slots are free; what is booked already stays."""
    require(actor, "booking.share", commune)
    row = SharedSlots.objects.filter(commune=commune).first()
    if shared == (row is not None):
        return
    if row is None:
        SharedSlots.objects.create(commune=commune, since=clock.today())
    else:
        row.delete()
    events.record("booking.slots_shared", actor=actor, epci=siren_of(commune), subject=commune, shared=shared)
