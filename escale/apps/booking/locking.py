"""What an action holds while it works: the visit first, then the request, so that two actions never wait for each other."""

from __future__ import annotations

from escale.apps.booking.models import Appointment, Demande
from escale.apps.visits.models import Visit


def lock_visit(visit: int) -> Visit:
    """Return a visit as it is now; it neither moves nor goes until the transaction ends."""
    return Visit.objects.select_for_update(of=("self",)).select_related("epci", "commune").get(pk=visit)


def lock_appointment(appointment: Appointment) -> Appointment:
    """Return an appointment as it is now, with its visit held before it."""
    if appointment.visit_id is not None:
        lock_visit(appointment.visit_id)
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("epci", "visit__epci", "visit__commune", "asking").get(pk=appointment.pk)


def lock_demande(demande: Demande) -> Demande:
    """Return a request as it is now."""
    return Demande.objects.select_for_update(of=("self",)).select_related("epci", "commune").get(pk=demande.pk)
