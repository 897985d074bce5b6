"""The means of the demonstration's team: two kits, habilitations, trainings, rooms, permanences; all of it is made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from escale.apps.team.actions import (
    add_piece,
    book_room,
    lend_piece,
    open_kit,
    open_meeting_room,
    open_permanence,
    record_habilitation,
    record_structure_habilitation,
    record_training,
    report_fault,
    take_inventory,
)
from escale.apps.team.models import Kit, Mediator, MeetingRoom, Permanence, PieceFound, Post, Stock, Training
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.team import BASE
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.team.equipment import LIST, PieceKind

SPARE_LAPTOP = 1
"""Each kit has one laptop more than the list: one that fails, or that is lent, leaves it complete."""
MODELS = {
    PieceKind.TELEPHONE: "Téléphone d’essai",
    PieceKind.LAPTOP: "Portable 14 pouces d’essai",
    PieceKind.PROJECTOR: "Vidéoprojecteur d’essai",
    PieceKind.SCANNER_PRINTER: "Scanner-imprimante d’essai",
    PieceKind.HOTSPOT_4G: "Hotspot d’essai",
}
SAINT_AMAND, DENAIN, BOUCHAIN = "59526", "59172", "59092"
MEDIATHEQUES = ((SAINT_AMAND, 0, 0), (DENAIN, 1, 0), (BOUCHAIN, 0, 1))
"""Where the permanences are, the post that keeps each, and the week from which it comes back every two weeks."""
WEEK = dt.timedelta(weeks=1)
WEEKS_COUNTED = 4
COURSES = ((30, "7", "Aidants Connect"), (12, "3.5", "Protéger ses données"), (4, "3", "Logiciels libres"))
"""How many weeks ago, for how many hours, on what."""


def equip_team(epci: Epci, since: dt.date, today: dt.date) -> None:
    """Give the team what art. 3-2, 4 and 7 promise, once."""
    posts = list(Post.objects.filter(epci=epci).order_by("label"))
    mediators = list(Mediator.objects.filter(epci=epci).order_by("pk"))
    if not Kit.objects.filter(epci=epci).exists():
        _fill_kits(epci, posts, since, today)
    if not Training.objects.filter(mediator__epci=epci).exists():
        _teach(epci, mediators, since, today)
    if not MeetingRoom.objects.filter(epci=epci).exists():
        _open_rooms(epci, since, today)
    if not Permanence.objects.filter(epci=epci).exists():
        _keep_permanences(posts, since)


def _fill_kits(epci: Epci, posts: Sequence[Post], since: dt.date, today: dt.date) -> None:
    for place, post in enumerate(posts):
        kit = open_kit(actor=ACTOR, epci=epci, label=f"Malle {place + 1}", post=post, starts=since)
        number = 1 + 100 * place
        for kind, count in LIST.items():
            extra = SPARE_LAPTOP if kind is PieceKind.LAPTOP else 0
            for _ in range(count + extra):
                add_piece(actor=ACTOR, kit=kit, number=number, kind=kind, starts=since, label=MODELS[kind])
                number += 1
        _use(kit, place, today)


def _use(kit: Kit, place: int, today: dt.date) -> None:
    """Count the kit for four weeks; then a laptop of the first fails, and one of the second is lent."""
    pieces = list(kit.pieces.order_by("number"))
    found = dict.fromkeys((piece.pk for piece in pieces), PieceFound.PRESENT)
    for weeks in range(WEEKS_COUNTED, 0, -1):
        ink = Stock.LOW if weeks == 1 and place == 0 else Stock.OK
        on = today - weeks * WEEK + dt.timedelta(days=3)
        take_inventory(actor=ACTOR, kit=kit, found=found, ink=ink, paper=Stock.OK, on=on)
    laptop = next(piece for piece in pieces if piece.kind == PieceKind.LAPTOP)
    if place == 0:
        report_fault(actor=ACTOR, piece=laptop, words="L’écran reste noir (démonstration).")
    else:
        lend_piece(
            actor=ACTOR, piece=laptop, borrower="Mairie de Denain (démonstration)", starts=today - WEEK, due_on=today + WEEK
        )


def _teach(epci: Epci, mediators: Sequence[Mediator], since: dt.date, today: dt.date) -> None:
    record_structure_habilitation(actor=ACTOR, epci=epci, starts=since)
    for place, mediator in enumerate(mediators):
        trained = since + dt.timedelta(days=90) + place * WEEK
        record_habilitation(actor=ACTOR, mediator=mediator, trained_on=trained, granted_on=trained + dt.timedelta(days=60))
        for weeks, hours, subject in COURSES:
            record_training(
                actor=ACTOR,
                mediator=mediator,
                date=today - weeks * WEEK,
                hours=Decimal(hours),
                subject=f"{subject} (démonstration)",
                provider="Organisme d’essai",
            )


def _open_rooms(epci: Epci, since: dt.date, today: dt.date) -> None:
    raismes = Commune.objects.get(code=BASE)
    address = "Zone du Plouich, rue du commerce, bâtiment 1 « La Passerelle »"
    for name, seats in (("La Passerelle, grande salle (démonstration)", 20), ("La Passerelle, petite salle (démonstration)", 8)):
        room = open_meeting_room(actor=ACTOR, epci=epci, commune=raismes, name=name, address=address, seats=seats, starts=since)
        monday = today + dt.timedelta(days=7 - today.weekday())
        book_room(
            actor=ACTOR, room=room, date=monday, halves=[Half.AM], subject="Logiciels libres pour les agents (démonstration)"
        )


def _keep_permanences(posts: Sequence[Post], since: dt.date) -> None:
    window = Window(weekday=Weekday.WED, half=Half.AM)
    for code, place, weeks in MEDIATHEQUES:
        commune = Commune.objects.get(code=code)
        open_permanence(
            actor=ACTOR,
            post=posts[place],
            commune=commune,
            place="Médiathèque (démonstration)",
            window=window,
            opens=dt.time(9, 30),
            closes=dt.time(12),
            starts=since + weeks * WEEK,
            every=2,
        )
