"""What the pages of the means of the team are about: a kit, a room, a permanence, a training."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from escale.apps.team.models import Kit, Mediator, MeetingRoom, Permanence, Piece, Post, RoomBooking, Training
from escale.apps.territory.models import Commune, Epci

SINCE = dt.date(2026, 1, 7)


def means_world(epci: Epci, commune: Commune) -> dict[str, object]:
    """Write one of each, and return their keys by the arguments of the routes."""
    kit = Kit.objects.create(epci=epci, label="Malle 1", starts=SINCE)
    room = MeetingRoom.objects.create(epci=epci, commune=commune, name="Passerelle", seats=8, starts=SINCE)
    post = Post.objects.create(epci=epci, label="Poste des moyens", base=commune)
    mediator = Mediator.objects.create(epci=epci, first_name="Camille", last_name="Exemple")
    permanence = Permanence.objects.create(
        epci=epci, commune=commune, post=post, place="Médiathèque", opens=dt.time(9), closes=dt.time(12), starts=SINCE
    )
    return {
        "kit": kit.pk,
        "piece": Piece.objects.create(epci=epci, kit=kit, number=1, kind="LAPTOP", starts=SINCE).pk,
        "room": room.pk,
        "booking": RoomBooking.objects.create(room=room, date=dt.date(2027, 1, 4), half="AM", subject="Formation").pk,
        "permanence": permanence.pk,
        "mediator": mediator.pk,
        "training": Training.objects.create(mediator=mediator, date=SINCE, hours=Decimal(3), subject="Libre").pk,
    }
