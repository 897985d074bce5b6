"""Those who wait are served in the order in which they asked: a freed slot is kept for a day, and the desk confirms."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import (
    accept_offer,
    book_demande,
    cancel_appointment,
    close_demande_unmet,
    correct_demande,
    decline_offer,
    leave_demande,
    meet_demande,
    offer_slot,
    pass_on_offers,
    share_slots,
    withdraw_demande,
)
from escale.apps.booking.kinds import CancelledBy, Outcome
from escale.apps.booking.models import Appointment, Demande, Offer
from escale.apps.booking.people import Person
from escale.apps.booking.queries import free_nearby, people_to_tell, proposals_for, unmet_count, waiting_in
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, reached_by_phone, resident

pytestmark = pytest.mark.django_db


def wait(actor: User, commune: Commune, name: str, person: Person | None = None, **choices: object) -> Demande:
    return leave_demande(actor=actor, commune=commune, person=person or resident(name), **choices)  # type: ignore[arg-type]


@pytest.fixture
def full(visit: Visit, desk_oisy: User) -> list[Appointment]:
    """Both slots of the visit are taken."""
    return [book(desk_oisy, visit, 1, resident("Un")), book(desk_oisy, visit, 2, resident("Deux"))]


def free(actor: User, appointment: Appointment) -> None:
    cancel_appointment(actor=actor, appointment=appointment, by=CancelledBy.PERSON)


def test_a_request_is_noted_and_transmitted_once(visit: Visit, oisy: Commune, desk_oisy: User, ines: User) -> None:
    key = uuid.uuid4()

    rows = {wait(desk_oisy, oisy, "Patient", key=key) for _ in range(2)}

    assert rows == set(waiting_in(ines, oisy))
    assert rows.pop().transmitted_at is not None
    assert Entry.objects.filter(event="booking.demande_left").count() == 1


def test_a_freed_slot_is_offered_to_who_asked_first(
    full: list[Appointment], oisy: Commune, desk_oisy: User, clock: Clock
) -> None:
    late, early = (
        wait(desk_oisy, oisy, name, asked_at=clock.now - dt.timedelta(days=days)) for name, days in (("B", 1), ("A", 5))
    )

    free(desk_oisy, full[0])

    offer = Offer.objects.get()
    assert (offer.demande, offer.first_slot, offer.expires_at - offer.offered_at) == (early, 1, dt.timedelta(days=1))
    assert [telling.offer for telling in people_to_tell(desk_oisy, oisy)] == [offer]
    assert Appointment.objects.standing().count() == 1
    assert late.offers.count() == 0


def test_the_desk_confirms_and_the_request_is_met(full: list[Appointment], oisy: Commune, desk_oisy: User) -> None:
    demande = wait(desk_oisy, oisy, "Patient", reached_by_phone("Patient"))
    free(desk_oisy, full[0])

    row = accept_offer(actor=desk_oisy, offer=Offer.objects.get())

    demande.refresh_from_db()
    assert (row.person, row.contact, row.first_slot, row.asked_at) == ("Jean Patient", demande.contact, 1, demande.asked_at)
    assert (demande.state, demande.outcome, Offer.objects.get().answer) == ("met", "visit", "accepted")
    assert people_to_tell(desk_oisy, oisy) == []
    with pytest.raises(ValidationError, match="close : acceptée"):
        accept_offer(actor=desk_oisy, offer=Offer.objects.get())


def test_nobody_else_takes_a_slot_that_is_kept_until_its_day_is_over(
    full: list[Appointment], visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock
) -> None:
    wait(desk_oisy, oisy, "Patient")
    free(desk_oisy, full[0])
    with pytest.raises(ValidationError, match="proposé à une demande plus ancienne jusqu’au 02/12 à 12:00"):
        book(desk_oisy, visit, 1)

    clock.go("2026-12-02", "12:00")
    assert book(desk_oisy, visit, 1).first_slot == 1
    with pytest.raises(ValidationError, match="24 heures sont passées"):
        accept_offer(actor=desk_oisy, offer=Offer.objects.get())


def test_who_declines_keeps_waiting_and_the_next_is_asked(full: list[Appointment], oisy: Commune, desk_oisy: User) -> None:
    first, second = wait(desk_oisy, oisy, "A"), wait(desk_oisy, oisy, "B")
    free(desk_oisy, full[0])

    decline_offer(actor=desk_oisy, offer=first.offers.get())

    assert (first.offers.get().answer, second.offers.get().answer) == ("declined", "")
    decline_offer(actor=desk_oisy, offer=second.offers.get())
    assert not Offer.objects.unanswered().exists()
    assert waiting_in(desk_oisy, oisy) == [first, second]


def test_what_nobody_answers_is_passed_on_by_the_round(
    full: list[Appointment], oisy: Commune, desk_oisy: User, clock: Clock
) -> None:
    first, second = wait(desk_oisy, oisy, "A"), wait(desk_oisy, oisy, "B")
    free(desk_oisy, full[0])
    assert pass_on_offers(actor=SYSTEM, now=clock.now) == 0

    clock.go("2026-12-03")
    assert [pass_on_offers(actor=SYSTEM, now=clock.now) for _ in range(2)] == [1, 0]

    assert (first.offers.get().answer, second.offers.get().answer) == ("expired", "")


def test_an_offer_never_lasts_longer_than_the_slot(full: list[Appointment], oisy: Commune, desk_oisy: User, clock: Clock) -> None:
    wait(desk_oisy, oisy, "Patient")
    clock.go("2027-01-05", "09:00")

    free(desk_oisy, full[0])

    assert Offer.objects.get().expires_at == dt.datetime(2027, 1, 5, 15, 0, tzinfo=dt.UTC)


def test_who_needs_two_slots_is_offered_two_or_none(full: list[Appointment], oisy: Commune, desk_oisy: User) -> None:
    long, short = wait(desk_oisy, oisy, "Longue", count=2), wait(desk_oisy, oisy, "Courte")

    free(desk_oisy, full[0])
    assert (long.offers.count(), short.offers.get().first_slot) == (0, 1)


def test_two_freed_slots_are_offered_to_two_people(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    taken = book(desk_oisy, visit, 1, count=2)
    first, second = wait(desk_oisy, oisy, "A"), wait(desk_oisy, oisy, "B")

    free(desk_oisy, taken)

    assert (first.offers.get().first_slot, second.offers.get().first_slot) == (1, 2)


def test_a_desk_offers_a_free_slot_by_hand(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    assert offer_slot(actor=desk_oisy, visit=visit, slot=2) is None
    demande = wait(desk_oisy, oisy, "Patient")

    offer = offer_slot(actor=desk_oisy, visit=visit, slot=2)

    assert offer is not None
    assert (offer.demande, offer.first_slot) == (demande, 2)
    with pytest.raises(ValidationError, match="n’est pas libre"):
        offer_slot(actor=desk_oisy, visit=visit, slot=2)


def test_who_leaves_the_list_gives_what_was_kept_to_the_next(full: list[Appointment], oisy: Commune, desk_oisy: User) -> None:
    first, second = wait(desk_oisy, oisy, "A"), wait(desk_oisy, oisy, "B")
    free(desk_oisy, full[0])

    withdraw_demande(actor=desk_oisy, demande=first)

    assert (first.offers.get().answer, second.offers.get().answer) == ("void", "")
    with pytest.raises(ValidationError, match="notée « retirée »"):
        withdraw_demande(actor=desk_oisy, demande=first)


def test_what_the_service_could_not_meet_is_counted(epci: Epci, visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    close_demande_unmet(actor=desk_oisy, demande=wait(desk_oisy, oisy, "A"))
    wait(desk_oisy, oisy, "B")

    assert (unmet_count(epci), unmet_count(epci, oisy)) == (1, 1)


def test_a_request_is_met_by_a_call_when_there_is_a_number(visit: Visit, oisy: Commune, desk_oisy: User, ines: User) -> None:
    demande = wait(desk_oisy, oisy, "Patient")
    with pytest.raises(ValidationError, match="pas laissé de téléphone"):
        meet_demande(actor=ines, demande=demande, outcome=Outcome.CALL_BACK)
    with pytest.raises(ValidationError, match="est un rendez-vous"):
        meet_demande(actor=ines, demande=demande, outcome=Outcome.VISIT)

    correct_demande(actor=desk_oisy, demande=demande, person=reached_by_phone("Patient"))
    assert meet_demande(actor=ines, demande=demande, outcome=Outcome.CALL_BACK).outcome == "call_back"


def test_what_can_be_proposed_comes_in_order(
    visit: Visit, next_door: Visit, oisy: Commune, bousignies: Commune, desk_oisy: User, referent_bousignies: User
) -> None:
    demande = wait(desk_oisy, oisy, "Patient", reached_by_phone("Patient"), accepts_neighbour=True)
    share_slots(actor=referent_bousignies, commune=bousignies, shared=True)

    found = proposals_for(demande)

    assert found.offer is None
    assert [agenda.visit for agenda in found.own] == [visit]
    assert found.may_call_back
    assert all(afternoon.free for afternoon in found.office)
    assert [near.commune for near in found.nearby] == [bousignies]


def test_a_neighbour_receives_when_it_opens_its_slots_and_the_person_agrees(
    epci: Epci, visit: Visit, next_door: Visit, oisy: Commune, bousignies: Commune, desk_oisy: User, referent_bousignies: User
) -> None:
    demande = wait(desk_oisy, oisy, "Patient")
    with pytest.raises(ValidationError, match="pas dit qu’elle irait"):
        book_demande(actor=desk_oisy, demande=demande, visit=next_door, slot=1)
    agreed = wait(desk_oisy, oisy, "Mobile", accepts_neighbour=True)
    with pytest.raises(ValidationError, match="n’ouvre pas ses créneaux"):
        book_demande(actor=desk_oisy, demande=agreed, visit=next_door, slot=1)
    assert free_nearby(epci, oisy) == []

    share_slots(actor=referent_bousignies, commune=bousignies, shared=True)
    row = book_demande(actor=desk_oisy, demande=agreed, visit=next_door, slot=1)

    assert [near.free[0][0] for near in free_nearby(epci, oisy)] == [2]
    for desk in (desk_oisy, referent_bousignies):
        assert list(Appointment.objects.visible_to(desk)) == [row]
    share_slots(actor=referent_bousignies, commune=bousignies, shared=False)
    assert free_nearby(epci, oisy) == []


def test_another_commune_touches_no_request(
    visit: Visit, oisy: Commune, bousignies: Commune, desk_oisy: User, referent_bousignies: User
) -> None:
    demande = wait(desk_oisy, oisy, "Patient")

    assert not Demande.objects.visible_to(referent_bousignies).exists()
    for action in (withdraw_demande, close_demande_unmet):
        with pytest.raises(PermissionDenied):
            action(actor=referent_bousignies, demande=demande)
    with pytest.raises(PermissionDenied):
        share_slots(actor=desk_oisy, commune=bousignies, shared=True)
