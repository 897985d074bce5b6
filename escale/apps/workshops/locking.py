"""What an action holds while it works: the workshop, on which its places and its people hang."""

from __future__ import annotations

from escale.apps.workshops.models import Registration, Workshop


def lock_workshop(workshop: int) -> Workshop:
    """Return a workshop as it is now; nobody gains or leaves a place of it until the transaction ends."""
    rows = Workshop.objects.select_for_update(of=("self",)).select_related("epci", "host", "premises", "room", "kit", "bassin")
    return rows.get(pk=workshop)


def lock_registration(registration: Registration) -> Registration:
    """Return a registration as it is now, with its workshop held before it."""
    workshop = lock_workshop(registration.workshop_id)
    row = Registration.objects.select_for_update(of=("self",)).select_related("commune", "place").get(pk=registration.pk)
    row.workshop = workshop
    return row
