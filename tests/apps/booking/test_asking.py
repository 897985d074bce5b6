"""What the public asks waits for the mairie: it confirms or declines, and nothing is booked by itself."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import (
    ask_demande,
    book_demande,
    cancel_appointment,
    confirm_demande,
    correct_demande,
    decline_demande,
    meet_demande,
    take_requests,
    withdraw_demande,
)
from escale.apps.booking.actions.asking import PUBLIC, TOO_MANY
from escale.apps.booking.kinds import CancelledBy, Channel, Outcome
from escale.apps.booking.models import CallOnly, Demande, Offer, Quota
from escale.apps.booking.people import Person
from escale.apps.booking.quotas import mark_of
from escale.apps.booking.rights.residents import DEMANDES
from escale.apps.messaging.models import Message
from escale.apps.territory.actions import record_mairie
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.booking.limits import OF_ADDRESS, OF_ADDRESS_TO_COMMUNE, OF_COMMUNE
from tests.apps.booking.service import Clock, book, reached_by_phone, resident

pytestmark = pytest.mark.django_db
HOME = "192.0.2.7"
ELSEWHERE = "192.0.2.8"


def ask(commune: Commune, name: str = "Exemple", *, address: str = HOME, person: Person | None = None, **said: bool) -> Demande:
    who = person or reached_by_phone(name)
    return ask_demande(actor=PUBLIC, commune=commune, person=who, address=address, key=uuid.uuid4(), **said)


def refusal(commune: Commune, **how: str) -> list[str]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        ask(commune, **how)  # type: ignore[arg-type]
    return refused.value.messages


def test_a_request_of_the_public_waits_for_the_mairie_and_is_traced_without_a_name(visit: Visit, oisy: Commune) -> None:
    row = ask(oisy, "Zyxwvu", call_back=True, with_consent=True)

    assert (row.state, row.origin, row.call_back, row.transmitted_at) == ("to_confirm", "public", True, None)
    assert row.agreed_at is not None
    (entry,) = Entry.objects.filter(event="booking.demande_asked")
    assert (entry.actor, entry.details) == ("public", {"with_consent": True})
    assert "Zyxwvu" not in str(list(Entry.objects.values()))


def test_a_mairie_is_told_once_a_day_without_a_name(visit: Visit, oisy: Commune, clock: Clock) -> None:
    record_mairie(actor=SYSTEM, commune=oisy, email="accueil@oisy.exemple.fr")

    for _ in range(2):
        ask(oisy, "Zyxwvu")
    (letter,) = Message.objects.all()
    clock.go("2026-12-02")
    ask(oisy)

    assert Message.objects.count() == 2
    assert letter.to == "accueil@oisy.exemple.fr"
    assert "la page d’Oisy" in letter.body
    assert "/mairie/demandes/" in letter.body
    assert "Zyxwvu" not in letter.subject + letter.body


def test_a_second_click_is_the_same_request(visit: Visit, oisy: Commune) -> None:
    key = uuid.uuid4()

    for _ in range(2):
        ask_demande(actor=PUBLIC, commune=oisy, person=reached_by_phone(), address=HOME, key=key)

    assert Demande.objects.count() == 1


def test_a_freed_slot_is_not_offered_to_a_request_that_nobody_confirmed(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    row = ask(oisy)

    cancel_appointment(actor=desk_oisy, appointment=book(desk_oisy, visit, 1), by=CancelledBy.PERSON)
    assert not Offer.objects.exists()

    confirm_demande(actor=desk_oisy, demande=row)
    cancel_appointment(actor=desk_oisy, appointment=book(desk_oisy, visit, 2), by=CancelledBy.PERSON)
    assert Offer.objects.get().demande == row


def test_a_confirmed_request_keeps_the_moment_when_it_was_asked_and_is_transmitted(
    visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock
) -> None:
    row = ask(oisy)
    clock.go("2026-12-02")

    confirmed = confirm_demande(actor=desk_oisy, demande=row)

    assert (confirmed.state, confirmed.asked_at, confirmed.written_by) == ("waiting", row.asked_at, desk_oisy.actor_id)
    assert confirmed.transmitted_at is not None
    assert Entry.objects.get(event="booking.demande_confirmed").details == {"agent": "commune", "on_behalf": False}


def test_a_request_is_booked_only_once_it_is_confirmed(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    row = ask(oisy)

    with pytest.raises(ValidationError, match="n’attend plus"):
        book_demande(actor=desk_oisy, demande=row, visit=visit, slot=1)
    with pytest.raises(ValidationError, match="à confirmer"):
        meet_demande(actor=desk_oisy, demande=row, outcome=Outcome.CALL_BACK)
    confirm_demande(actor=desk_oisy, demande=row)

    assert book_demande(actor=desk_oisy, demande=row, visit=visit, slot=1).name == "Exemple"


def test_a_request_is_declined_with_a_word(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    row = ask(oisy)

    with pytest.raises(ValidationError, match="en quelques mots"):
        decline_demande(actor=desk_oisy, demande=row, word="  ")
    with pytest.raises(ValidationError, match="mot de passe"):
        decline_demande(actor=desk_oisy, demande=row, word="son mot de passe est Chat")
    declined = decline_demande(actor=desk_oisy, demande=row, word="Le CCAS vous reçoit mardi")

    assert (declined.state, declined.word) == ("declined", "Le CCAS vous reçoit mardi")
    assert "mardi" not in str(list(Entry.objects.values()))
    with pytest.raises(ValidationError, match="déclinée"):
        confirm_demande(actor=desk_oisy, demande=declined)


def test_the_mairie_of_another_commune_answers_nothing(visit: Visit, oisy: Commune, referent_bousignies: User) -> None:
    row = ask(oisy)

    for answer in (confirm_demande, withdraw_demande):
        with pytest.raises(PermissionDenied):
            answer(actor=referent_bousignies, demande=row)


def test_what_must_not_be_stored_is_refused(visit: Visit, oisy: Commune) -> None:
    for person in (resident("1 84 12 76 451 089 46"), resident(channel=Channel.PHONE, contact="demain"), resident("é" * 61)):
        with pytest.raises(ValidationError), transaction.atomic():
            ask(oisy, person=person)
    with pytest.raises(ValidationError, match="il faut un numéro"), transaction.atomic():
        ask(oisy, person=resident(channel=Channel.EMAIL, contact="a@exemple.fr"), call_back=True)

    assert not Demande.objects.exists()
    assert not Quota.objects.exists()


def test_whoever_has_no_number_left_is_called_back_no_more(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    row = ask(oisy, call_back=True)

    corrected = correct_demande(actor=desk_oisy, demande=row, person=resident(channel=Channel.EMAIL, contact="a@exemple.fr"))

    assert (corrected.call_back, corrected.state) == (False, "to_confirm")


def test_one_address_is_held_back_and_the_others_are_served(
    visit: Visit, oisy: Commune, bousignies: Commune, clock: Clock
) -> None:
    for number in range(OF_ADDRESS.most):
        ask(oisy if number % 2 else bousignies)

    assert refusal(oisy) == [TOO_MANY]
    ask(oisy, address=ELSEWHERE)
    clock.go("2026-12-01", "12:15")
    ask(oisy)

    assert Demande.objects.count() == OF_ADDRESS.most + 2


def test_one_address_cannot_fill_the_day_of_a_commune(visit: Visit, oisy: Commune, bousignies: Commune, clock: Clock) -> None:
    for number in range(OF_ADDRESS_TO_COMMUNE.most):
        clock.go("2026-12-01", f"{8 + number:02}:00")
        ask(oisy)

    clock.go("2026-12-01", "20:00")
    assert refusal(oisy) == [TOO_MANY]
    ask(bousignies)
    ask(oisy, address=ELSEWHERE)


def test_a_commune_is_sent_no_more_than_its_desk_can_read(visit: Visit, oisy: Commune, bousignies: Commune, clock: Clock) -> None:
    for number in range(OF_COMMUNE.most):
        ask(oisy, address=f"198.51.100.{number}")

    assert refusal(oisy, address=ELSEWHERE) == [TOO_MANY]
    ask(bousignies, address=ELSEWHERE)
    clock.go("2026-12-02")
    ask(oisy, address=ELSEWHERE)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.7", HOME, True),
        (HOME, ELSEWHERE, False),
    ],
)
def test_a_home_has_one_mark_from_which_no_address_is_read(one: str, other: str, same: bool) -> None:
    assert (mark_of(one) == mark_of(other)) is same
    assert one not in mark_of(one)


def test_how_much_was_sent_is_forgotten_after_its_day(visit: Visit, oisy: Commune, clock: Clock) -> None:
    ask(oisy)

    call_command("daily", "--on", "2026-12-01")
    assert Quota.objects.count() == 3

    clock.go("2026-12-03")
    call_command("daily", "--on", "2026-12-03")
    assert not Quota.objects.exists()


def test_a_mairie_that_prefers_to_be_called_takes_no_request(
    visit: Visit, oisy: Commune, referent_oisy: User, desk_oisy: User
) -> None:
    with pytest.raises(PermissionDenied):
        take_requests(actor=desk_oisy, commune=oisy, taken=False)
    for _ in range(2):
        take_requests(actor=referent_oisy, commune=oisy, taken=False)

    assert "préfère être appelée" in refusal(oisy)[0]
    assert CallOnly.objects.visible_to(desk_oisy).count() == 1
    take_requests(actor=referent_oisy, commune=oisy, taken=True)
    assert ask(oisy).is_to_confirm
    assert Entry.objects.filter(event="booking.requests_taken").count() == 2


def test_what_nobody_answers_for_a_year_is_forgotten_and_counted(visit: Visit, oisy: Commune, clock: Clock) -> None:
    row = ask(oisy, call_back=True, with_consent=True)

    clock.go("2027-12-02")
    call_command("daily", "--on", "2027-12-02")

    row.refresh_from_db()
    assert (row.state, row.person, row.contact, row.call_back) == ("unmet", "", "", False)
    assert row.agreed_at is not None


def test_a_declined_request_is_forgotten_as_any_other(visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock) -> None:
    row = decline_demande(actor=desk_oisy, demande=ask(oisy), word="Le CCAS vous reçoit mardi")

    for day, left in (("2027-03-02", ("Jean Exemple", "", "Le CCAS vous reçoit mardi")), ("2027-12-02", ("", "", ""))):
        clock.go(day)
        call_command("daily", "--on", day)
        row.refresh_from_db()
        assert (row.person, row.contact, row.word) == left


def test_whoever_asks_what_is_known_reads_where_it_came_from(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    row = decline_demande(actor=desk_oisy, demande=ask(oisy, with_consent=True), word="Le CCAS vous reçoit mardi")

    told = dict(DEMANDES.facts(row))

    assert (told["Envoyée depuis"], told["Réponse de la mairie"]) == ("le site public", "Le CCAS vous reçoit mardi")


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "desk"},
        {"origin": "desk", "state": "waiting", "agreed_at": dt.datetime(2026, 12, 1, tzinfo=dt.UTC)},
        {"state": "waiting", "word": "non"},
        {"state": "declined"},
        {"call_back": True, "channel": "email", "contact": "a@exemple.fr"},
        {"origin": "elsewhere"},
    ],
)
def test_the_database_refuses_what_cannot_be(visit: Visit, oisy: Commune, wrong: dict[str, object]) -> None:
    row = ask(oisy)

    with pytest.raises(IntegrityError), transaction.atomic():
        Demande.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_counts_no_further_than_a_limit(visit: Visit, oisy: Commune) -> None:
    ask(oisy)

    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.update(count=61)
