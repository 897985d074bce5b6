"""What twenty people do to a room and to a laptop at the same moment, inside an installation of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.actions import add_piece, book_room, lend_piece, open_kit, open_meeting_room
from escale.apps.team.models import Piece
from escale.apps.territory import clock
from escale.core.calendar.halfdays import Half
from escale.core.team.equipment import PieceKind
from tests.apps.booking.race import together
from tests.cast import make_commune, make_epci

CLIENTS = 20
INSERT = "INSERT INTO team_loan (piece_id, borrower, starts) VALUES (%s, 'Ailleurs', %s)"


def run() -> None:
    """Say what became of each race, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    oisy, day = make_commune(epci, "59446", "Oisy"), clock.today()
    room = open_meeting_room(actor=SYSTEM, epci=epci, commune=oisy, name="Passerelle", address="", seats=8, starts=day)
    kit = open_kit(actor=SYSTEM, epci=epci, label="Malle", post=None, starts=day)
    laptop, other = (add_piece(actor=SYSTEM, kit=kit, number=n, kind=PieceKind.LAPTOP, starts=day) for n in (1, 2))
    book = partial(book_room, actor=SYSTEM, room=room, date=day, halves=[Half.AM], subject="Formation")
    lend = partial(lend_piece, actor=SYSTEM, piece=laptop, borrower="Atelier", starts=day)
    print(  # noqa: T201 -- the test reads it
        json.dumps(
            {
                "rooms": together([partial(answer, book)] * CLIENTS),
                "loans": together([partial(answer, lend)] * CLIENTS),
                "bypassed": together([partial(answer, partial(insert, other, day))] * CLIENTS),
            }
        )
    )


def answer(work: Callable[[], object]) -> str:
    """Do it, and return what is said of it."""
    try:
        work()
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except IntegrityError:
        return "refused"
    return "done"


def insert(piece: Piece, day: dt.date) -> None:
    """Write a loan past the application."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [piece.pk, day])
