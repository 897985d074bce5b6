"""Kits piece by piece: complete against art. 3-2, counted, faulty, lent, erased; the database holds each in one place."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.audit.models import Entry
from escale.apps.team.actions import (
    add_piece,
    cancel_loan,
    change_kit,
    change_piece,
    erase_piece,
    lend_piece,
    mend_fault,
    note_used,
    occupy_post,
    open_kit,
    open_post,
    report_fault,
    return_piece,
    take_inventory,
)
from escale.apps.team.kits import Whereabouts, kit_of, kit_of_mediator, kits_on
from escale.apps.team.models import Fault, Inventory, Kit, Loan, Mediator, Piece, PieceFound, Post, Stock
from escale.apps.territory.models import Commune, Epci
from escale.core.team.equipment import LIST, PieceKind

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
SINCE = dt.date(2026, 1, 1)
NUMBERS = range(1, 11)
"""A telephone, six laptops (2 to 7), a projector, a scanner-printer, a hotspot."""


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def post(epci: Epci, oisy: Commune) -> Post:
    return open_post(actor=SYSTEM, epci=epci, label="Poste 1", base=oisy)


@pytest.fixture
def kit(epci: Epci, post: Post) -> Kit:
    kit = open_kit(actor=SYSTEM, epci=epci, label="Malle 1", post=post, starts=SINCE)
    numbers = iter(NUMBERS)
    for kind, count in LIST.items():
        for _ in range(count):
            add_piece(actor=SYSTEM, kit=kit, number=next(numbers), kind=kind, starts=SINCE)
    return kit


def piece(number: int) -> Piece:
    return Piece.objects.get(number=number)


def words(kit: Kit, day: dt.date = TODAY) -> str:
    return kits_on([kit], day)[0].words


def count(actor: Actor, kit: Kit, *, on: dt.date | None = None, **states: PieceFound) -> Inventory:
    """Count a kit where all is there, but some pieces (n3=PieceFound.MISSING)."""
    found = {row.pk: states.get(f"n{row.number}", PieceFound.PRESENT) for row in kit.pieces.all()}
    return take_inventory(actor=actor, kit=kit, found=found, ink=Stock.OK, paper=Stock.LOW, on=on)


def test_a_whole_kit_is_complete(kit: Kit) -> None:
    assert words(kit) == "complète"


def test_a_kit_with_five_laptops_says_so_with_the_article(kit: Kit) -> None:
    lend_piece(actor=SYSTEM, piece=piece(3), borrower="Mairie de Denain", starts=TODAY)

    assert words(kit) == "5 ordinateurs portables sur 6 (art.\u00a03-2)"
    assert words(kit, TODAY - dt.timedelta(days=1)) == "complète"


def test_a_kit_without_its_projector_says_none(kit: Kit) -> None:
    report_fault(actor=SYSTEM, piece=piece(8), words="La lampe est morte.")

    assert words(kit) == "aucun vidéoprojecteur (art.\u00a03-2)"


def test_a_mended_piece_counts_again(kit: Kit, ines: User) -> None:
    fault = report_fault(actor=ines, piece=piece(8), words="  La lampe   est morte. ")
    with pytest.raises(ValidationError, match="déjà signalée"):
        report_fault(actor=ines, piece=piece(8), words="Encore.")

    mend_fault(actor=ines, fault=fault)

    assert words(kit) == "complète"
    assert (fault.words, fault.opened_by) == ("La lampe est morte.", ines)


def test_an_inventory_says_who_counted_and_what_is_missing(kit: Kit, ines: User) -> None:
    row = count(ines, kit, n2=PieceFound.MISSING)

    seen = kits_on([kit], TODAY)[0]
    assert (row.made_by, row.paper) == (ines, Stock.LOW)
    assert {line.piece.number for line in seen.lines if line.where is Whereabouts.MISSING} == {2}
    assert not seen.is_complete
    assert not seen.is_to_count
    assert kits_on([kit], TODAY + dt.timedelta(days=7))[0].is_to_count


def test_a_piece_that_is_found_faulty_has_a_fault_until_it_is_mended(kit: Kit, ines: User) -> None:
    count(ines, kit, n4=PieceFound.FAULTY)
    count(ines, kit, n4=PieceFound.FAULTY)

    fault = Fault.objects.get()
    assert (fault.piece.number, fault.mended_on) == (4, None)


def test_counted_twice_on_a_day_the_last_word_stands(kit: Kit, ines: User) -> None:
    count(ines, kit, n2=PieceFound.MISSING)
    row = count(ines, kit)

    assert Inventory.objects.get() == row
    assert row.lines.count() == len(NUMBERS)
    assert kits_on([kit], TODAY)[0].is_complete


def test_an_inventory_forgets_no_piece_and_is_not_made_in_advance(kit: Kit, ines: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        take_inventory(actor=ines, kit=kit, found={}, ink=Stock.OK, paper=Stock.OK)
    with pytest.raises(ValidationError, match="pas d’avance"):
        count(ines, kit, on=TODAY + dt.timedelta(days=1))

    assert len(refusal.value.message_dict) == len(NUMBERS)
    assert not Inventory.objects.exists()


def test_what_is_lent_is_not_looked_for(kit: Kit, ines: User) -> None:
    lend_piece(actor=ines, piece=piece(3), borrower="Mairie de Denain", starts=TODAY)

    row = count(ines, kit)

    assert row.lines.count() == len(NUMBERS) - 1


def test_a_laptop_that_comes_back_is_erased_before_it_serves_again(kit: Kit, ines: User) -> None:
    loan = lend_piece(actor=ines, piece=piece(3), borrower="Mairie de Denain", starts=TODAY - dt.timedelta(days=3))
    return_piece(actor=ines, loan=loan)
    assert [line.piece.number for line in kits_on([kit], TODAY)[0].to_erase] == [3]
    with pytest.raises(ValidationError, match="l’effacer avant"):
        lend_piece(actor=ines, piece=piece(3), borrower="Atelier", starts=TODAY + dt.timedelta(days=1))

    erase_piece(actor=ines, piece=piece(3))

    assert kits_on([kit], TODAY)[0].to_erase == []
    lend_piece(actor=ines, piece=piece(3), borrower="Atelier", starts=TODAY + dt.timedelta(days=1))


def test_a_workshop_leaves_traces_on_laptops_but_not_on_the_projector(kit: Kit, ines: User) -> None:
    erase_piece(actor=ines, piece=piece(2))

    note_used(actor=ines, pieces=[piece(2), piece(8)])

    assert [line.piece.number for line in kits_on([kit], TODAY)[0].to_erase] == [2]


def test_a_piece_is_lent_to_one_at_a_time(kit: Kit, ines: User) -> None:
    loan = lend_piece(actor=ines, piece=piece(3), borrower="Mairie de Denain", starts=TODAY)
    with pytest.raises(ValidationError, match="déjà prêté"):
        lend_piece(actor=ines, piece=piece(3), borrower="Atelier", starts=TODAY + dt.timedelta(days=9))

    cancel_loan(actor=ines, loan=loan)

    assert not Loan.objects.exists()
    assert Entry.objects.filter(event="team.loan_cancelled").count() == 1


def test_what_is_broken_or_out_of_service_is_not_lent(kit: Kit, ines: User) -> None:
    report_fault(actor=ines, piece=piece(3), words="Écran noir")
    with pytest.raises(ValidationError, match="en panne"):
        lend_piece(actor=ines, piece=piece(3), borrower="Atelier", starts=TODAY)
    with pytest.raises(ValidationError, match="pas en service"):
        lend_piece(actor=ines, piece=piece(4), borrower="Atelier", starts=SINCE - dt.timedelta(days=1))


def test_what_must_not_be_kept_is_refused_in_the_words_of_a_fault(kit: Kit, ines: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        report_fault(actor=ines, piece=piece(3), words="Le mot de passe est azerty")

    assert set(refusal.value.message_dict) == {"words"}
    assert not Fault.objects.exists()


def test_a_number_is_that_of_one_piece(kit: Kit) -> None:
    with pytest.raises(ValidationError, match="déjà ce numéro"):
        add_piece(actor=SYSTEM, kit=kit, number=3, kind=PieceKind.LAPTOP, starts=SINCE)


def test_a_piece_moves_to_another_kit_and_goes_out_of_service(kit: Kit, epci: Epci) -> None:
    other = open_kit(actor=SYSTEM, epci=epci, label="Malle 2", post=None, starts=SINCE)

    change_piece(actor=SYSTEM, piece=piece(3), kit=other, number=33, label="Neuf", serial=" A 1 ", ends=TODAY)

    moved = piece(33)
    assert (moved.kit, moved.serial) == (other, "A1")
    assert len(kits_on([kit], TODAY)[0].lines) == len(NUMBERS) - 1
    assert kits_on([other], TODAY + dt.timedelta(days=1))[0].lines == []


def test_a_lent_piece_stays_in_service_until_it_is_back(kit: Kit) -> None:
    lend_piece(actor=SYSTEM, piece=piece(3), borrower="Atelier", starts=TODAY)

    with pytest.raises(ValidationError, match="noter d’abord son retour"):
        change_piece(actor=SYSTEM, piece=piece(3), kit=kit, number=3, label="", serial="", ends=TODAY)


def test_a_post_has_one_kit_and_the_team_may_share_others(kit: Kit, epci: Epci, post: Post) -> None:
    with pytest.raises(ValidationError, match="déjà une malle"):
        open_kit(actor=SYSTEM, epci=epci, label="Malle 2", post=post, starts=TODAY)

    for label in ("Malle 3", "Malle 4"):
        open_kit(actor=SYSTEM, epci=epci, label=label, post=None, starts=TODAY)

    assert Kit.objects.count() == 3


def test_the_kit_of_a_mediator_is_that_of_the_post_else_the_shared_one(
    kit: Kit, epci: Epci, post: Post, bousignies: Commune
) -> None:
    ines = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier")
    occupy_post(actor=SYSTEM, post=post, mediator=ines, starts=SINCE)
    shared = open_kit(actor=SYSTEM, epci=epci, label="Malle commune", post=None, starts=SINCE)
    other = open_post(actor=SYSTEM, epci=epci, label="Poste 2", base=bousignies)

    own, lent = kit_of_mediator(ines, TODAY), kit_of(other, TODAY)

    assert own is not None
    assert lent is not None
    assert (own.kit, lent.kit) == (kit, shared)
    assert kit_of_mediator(ines, SINCE - dt.timedelta(days=1)) is None


def test_a_kit_cannot_follow_the_post_of_another_epci(epci: Epci, elsewhere: Epci, oisy: Commune) -> None:
    other = open_post(actor=SYSTEM, epci=elsewhere, label="Poste 9", base=oisy)

    with pytest.raises(ValidationError) as refusal:
        open_kit(actor=SYSTEM, epci=epci, label="Malle", post=other, starts=SINCE)

    assert set(refusal.value.message_dict) == {"post"}


def test_mediators_count_and_lend_but_the_coordination_equips(kit: Kit, epci: Epci, ines: User, lawyer: User) -> None:
    with pytest.raises(PermissionDenied):
        open_kit(actor=ines, epci=epci, label="Malle 2", post=None, starts=SINCE)
    with pytest.raises(PermissionDenied):
        add_piece(actor=ines, kit=kit, number=99, kind=PieceKind.LAPTOP, starts=SINCE)
    with pytest.raises(PermissionDenied):
        change_kit(actor=ines, kit=kit, label="Ma malle", post=None, ends=None)
    with pytest.raises(PermissionDenied):
        count(lawyer, kit)
    with pytest.raises(PermissionDenied):
        report_fault(actor=lawyer, piece=piece(3), words="Écran noir")


def test_a_stranger_sees_no_kit(kit: Kit, coordinator: User, ines: User, stranger: User, referent_oisy: User) -> None:
    rows: list[models.QuerySet[Kit] | models.QuerySet[Piece]] = []
    for actor in (coordinator, ines, stranger, referent_oisy):
        rows += [Kit.objects.visible_to(actor), Piece.objects.visible_to(actor)]

    assert [row.count() for row in rows] == [1, 10, 1, 10, 0, 0, 0, 0]


def test_ten_kits_cost_as_many_questions_as_one(kit: Kit, epci: Epci) -> None:
    count(SYSTEM, kit)
    for number in range(2, 11):
        other = open_kit(actor=SYSTEM, epci=epci, label=f"Malle {number}", post=None, starts=SINCE)
        add_piece(actor=SYSTEM, kit=other, number=100 + number, kind=PieceKind.LAPTOP, starts=SINCE)
        count(SYSTEM, other)

    with CaptureQueriesContext(connection) as alone:
        kits_on([kit], TODAY)
    with CaptureQueriesContext(connection) as together:
        kits_on(Kit.objects.all(), TODAY)

    assert len(together) == len(alone) + 1, "the kits themselves"


@pytest.mark.parametrize(
    ("row", "of"),
    [
        ({"starts": TODAY, "borrower": "Ailleurs"}, "loan"),
        ({"opened_on": TODAY, "words": "Encore"}, "fault"),
        ({"opened_on": TODAY, "mended_on": SINCE, "words": "Avant"}, "fault"),
        ({"starts": TODAY, "borrower": ""}, "loan"),
    ],
)
def test_the_database_refuses_what_the_application_would_have_let_through(kit: Kit, row: dict[str, object], of: str) -> None:
    Loan.objects.create(piece=piece(3), borrower="Denain", starts=SINCE)
    Fault.objects.create(piece=piece(3), opened_on=SINCE, words="Écran noir")
    model = Loan if of == "loan" else Fault

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(piece=piece(3), **row)


def test_the_database_refuses_two_pieces_of_a_number_and_two_kits_of_a_post(kit: Kit, epci: Epci, post: Post) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.create(epci=epci, kit=kit, number=3, kind=PieceKind.LAPTOP.value, starts=SINCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Kit.objects.create(epci=epci, label="Malle 2", post=post, starts=TODAY)
