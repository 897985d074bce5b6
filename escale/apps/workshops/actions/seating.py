"""Give the numbered places of a workshop: the first free one, in the order in which people asked."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.booking.kinds import Channel
from escale.apps.territory import clock
from escale.apps.workshops.models import Place, Registration, Workshop
from escale.core.workshops.states import News, RegistrationState

ACTOR = SystemActor(actor_id="workshops")


def set_places(workshop: Workshop) -> None:
    """Make the rows of the places of a workshop as many as it takes; those that go are free, and people move up."""
    numbers = set(workshop.seats.values_list("number", flat=True))
    wanted = set(range(1, workshop.places + 1))
    Place.objects.bulk_create([Place(workshop=workshop, number=number) for number in sorted(wanted - numbers)])
    for row in Registration.objects.filter(workshop=workshop, place__number__in=numbers - wanted).order_by("place__number"):
        row.place = first_free(workshop, most=workshop.places)
        row.save(update_fields=["place"])
    workshop.seats.filter(number__in=numbers - wanted).delete()


def first_free(workshop: Workshop, *, most: int | None = None) -> Place | None:
    """Return the free place of the lowest number."""
    free = workshop.seats.filter(registration__isnull=True).order_by("number")
    return (free if most is None else free.filter(number__lte=most)).first()


@transaction.atomic
def promote_waiting(*, actor: Actor, workshop: Workshop) -> list[Registration]:
    """Give the free places of an open workshop to those who wait, the oldest first; return who has one now.

    The caller holds the workshop. Once it has begun nobody is promoted: they could not come.
    """
    require(actor, "workshops.promote", workshop)
    if not workshop.is_open or clock.moment(workshop.epci) >= workshop.begins_at:
        return []
    promoted = []
    for row in Registration.objects.filter(workshop=workshop).waiting().select_for_update():
        place = first_free(workshop)
        if place is None:
            break
        row.place, row.state, row.state_at = place, RegistrationState.REGISTERED.value, clock.moment(workshop.epci)
        if row.channel == Channel.MAIRIE:
            row.news = News.PROMOTED.value
        row.save(update_fields=["place", "state", "state_at", "news"])
        events.record("workshops.promoted", actor=actor, epci=workshop.epci.siren, subject=row, workshop=workshop.pk)
        promoted.append(row)
    return promoted
