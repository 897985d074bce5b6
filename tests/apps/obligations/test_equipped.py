"""Equipment, habilitation, training, rooms (art. 3-2 and 7): measured on the day, with how many out of how many."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.models import Convention
from escale.apps.obligations.kept import Status
from escale.apps.obligations.queries import kept_on
from escale.apps.team.actions import (
    add_mediator,
    add_piece,
    lend_piece,
    occupy_post,
    open_kit,
    open_meeting_room,
    open_post,
    record_habilitation,
    record_structure_habilitation,
    record_training,
)
from escale.apps.team.models import Kit, Mediator, Piece, Post
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.core.team.equipment import LIST, PieceKind
from tests.apps.conventions.paper import in_force

pytestmark = pytest.mark.django_db

ON = dt.date(2026, 11, 23)
SINCE = dt.date(2026, 1, 1)
HABILITATED, EQUIPPED, TRAINED, ROOMS = "C-3.2-6", "C-3.2-7", "C-7-6", "C-7-8"


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    return in_force(epci, oisy)


@pytest.fixture
def posts(epci: Epci, oisy: Commune) -> list[Post]:
    return [open_post(actor=SYSTEM, epci=epci, label=f"Poste {number}", base=oisy) for number in (1, 2)]


@pytest.fixture
def mediators(epci: Epci, posts: list[Post]) -> list[Mediator]:
    people = [add_mediator(actor=SYSTEM, epci=epci, first_name=name, last_name="Exemple") for name in ("Inès", "Tom")]
    for post, mediator in zip(posts, people, strict=True):
        occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=SINCE)
    return people


def told(convention: Convention, obligation: str, on: dt.date = ON) -> tuple[Status, str]:
    lines = kept_on(Convention.objects.filter(pk=convention.pk), on)[convention.pk]
    line = next(line for line in lines if line.obligation.id == obligation)
    return line.status, line.told


def filled(epci: Epci, label: str, post: Post | None, first: int) -> Kit:
    kit = open_kit(actor=SYSTEM, epci=epci, label=label, post=post, starts=SINCE)
    kinds = [kind for kind, count in LIST.items() for _ in range(count)]
    for number, kind in enumerate(kinds, start=first):
        add_piece(actor=SYSTEM, kit=kit, number=number, kind=kind, starts=SINCE)
    return kit


def test_what_nobody_wrote_of_is_not_measured(convention: Convention) -> None:
    assert told(convention, EQUIPPED) == (Status.NOT_MEASURED, "pas encore mesuré : aucune malle n’est décrite")
    assert told(convention, HABILITATED) == (Status.NOT_MEASURED, "pas encore mesuré : aucune habilitation n’est notée")
    assert told(convention, TRAINED) == (Status.NOT_MEASURED, "pas encore mesuré : aucune formation n’est notée")
    assert told(convention, ROOMS) == (Status.NOT_MEASURED, "pas encore mesuré : aucune salle de réunion n’est décrite")


def test_each_mediator_has_a_whole_kit_or_the_word_is_not_kept(
    convention: Convention, epci: Epci, posts: list[Post], mediators: list[Mediator]
) -> None:
    filled(epci, "Malle 1", posts[0], 1)
    assert told(convention, EQUIPPED) == (Status.LATE, "1 malle complète sur 2")
    filled(epci, "Malle 2", posts[1], 101)
    assert told(convention, EQUIPPED) == (Status.MET, "2 malles complètes sur 2")

    lend_piece(actor=SYSTEM, piece=Piece.objects.get(number=103), borrower="Mairie", starts=ON)

    assert told(convention, EQUIPPED) == (
        Status.LATE,
        "1 malle complète sur 2 ; Malle 2 : 5 ordinateurs portables sur 6",
    )
    assert told(convention, EQUIPPED, ON - dt.timedelta(days=1))[0] is Status.MET


def test_one_kit_for_all_is_enough_where_the_epci_reads_it_so(
    convention: Convention, epci: Epci, mediators: list[Mediator]
) -> None:
    filled(epci, "Malle commune", None, 1)
    assert told(convention, EQUIPPED) == (Status.LATE, "0 malle complète sur 2")

    set_setting(actor=SYSTEM, epci=epci, key="KIT_ALLOCATION", value="SHARED")

    assert told(convention, EQUIPPED) == (Status.MET, "1 malle complète sur 1")


def test_an_habilitation_is_due_then_late_after_the_days_of_grace(
    convention: Convention, epci: Epci, mediators: list[Mediator]
) -> None:
    record_structure_habilitation(actor=SYSTEM, epci=epci, starts=SINCE)
    record_habilitation(actor=SYSTEM, mediator=mediators[0], trained_on=SINCE, granted_on=SINCE)

    assert told(convention, HABILITATED, dt.date(2026, 6, 30)) == (
        Status.DUE,
        "1 médiateur habilité sur 2 ; à habiliter au plus tard le 30 juin 2026",
    )
    assert told(convention, HABILITATED, dt.date(2026, 7, 1)) == (Status.LATE, "1 médiateur habilité sur 2")

    set_setting(actor=SYSTEM, epci=epci, key="CERTIFICATION_GRACE_DAYS", value="365")

    assert told(convention, HABILITATED, dt.date(2026, 7, 1))[0] is Status.DUE


def test_an_habilitation_that_ends_soon_is_at_risk(convention: Convention, epci: Epci, mediators: list[Mediator]) -> None:
    record_structure_habilitation(actor=SYSTEM, epci=epci, starts=SINCE)
    for mediator, ends in zip(mediators, (None, dt.date(2026, 12, 1)), strict=True):
        record_habilitation(actor=SYSTEM, mediator=mediator, trained_on=SINCE, granted_on=SINCE, ends=ends)

    assert told(convention, HABILITATED, dt.date(2026, 10, 1))[0] is Status.MET
    assert told(convention, HABILITATED) == (
        Status.AT_RISK,
        "2 médiateurs habilités sur 2 ; une habilitation finit le 1er décembre 2026",
    )


def test_training_is_counted_over_twelve_months_for_each_mediator(convention: Convention, mediators: list[Mediator]) -> None:
    record_training(actor=SYSTEM, mediator=mediators[0], date=dt.date(2026, 5, 4), hours=Decimal("3.5"), subject="Libre")

    assert told(convention, TRAINED) == (Status.DUE, "1 médiateur sur 2 en formation depuis 12 mois (3,5\u00a0h)")
    assert told(convention, TRAINED, dt.date(2027, 1, 1))[0] is Status.LATE

    record_training(actor=SYSTEM, mediator=mediators[1], date=dt.date(2026, 5, 4), hours=Decimal(7), subject="Libre")

    assert told(convention, TRAINED) == (Status.MET, "2 médiateurs sur 2 en formation depuis 12 mois (10,5\u00a0h)")


def test_a_room_open_to_trainings_keeps_the_word_while_it_is_open(convention: Convention, epci: Epci, oisy: Commune) -> None:
    room = open_meeting_room(actor=SYSTEM, epci=epci, commune=oisy, name="Passerelle", address="", seats=8, starts=SINCE)
    assert told(convention, ROOMS) == (Status.MET, "1 salle ouverte aux formations")

    room.ends = dt.date(2026, 12, 1)
    room.save()

    assert told(convention, ROOMS) == (
        Status.AT_RISK,
        "1 salle ouverte aux formations jusqu’au 1er décembre 2026, aucune ensuite",
    )
    assert told(convention, ROOMS, dt.date(2026, 12, 2))[0] is Status.LATE


def test_pieces_of_a_list_that_is_whole_count_whatever_the_spares(
    convention: Convention, epci: Epci, posts: list[Post], mediators: list[Mediator]
) -> None:
    kit = filled(epci, "Malle 1", posts[0], 1)
    filled(epci, "Malle 2", posts[1], 101)
    add_piece(actor=SYSTEM, kit=kit, number=50, kind=PieceKind.LAPTOP, starts=SINCE)

    lend_piece(actor=SYSTEM, piece=Piece.objects.get(number=3), borrower="Mairie", starts=ON)

    assert told(convention, EQUIPPED)[0] is Status.MET
