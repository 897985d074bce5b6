"""Whoever asks about their own data is found, told and erased within a month; the register and the log never name them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import leave_demande
from escale.apps.booking.actions.rights import (
    answer_rights_request,
    copy_person,
    erase_person,
    note_rights_request,
    purge_rights_register,
    search_person,
)
from escale.apps.booking.kinds import Channel, Right
from escale.apps.booking.labels import RIGHTS
from escale.apps.booking.models import Appointment, RightsRequest
from escale.apps.booking.notices import tell_what_waits
from escale.apps.booking.rights.residents import APPOINTMENTS, DEMANDES
from escale.apps.booking.rights.sources import Search, same_contact
from escale.apps.messaging.models import Message
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, reached_by_phone, resident

pytestmark = pytest.mark.django_db
SOURCES = (APPOINTMENTS, DEMANDES)
TODAY = dt.date(2026, 12, 1)


@pytest.fixture
def request_(visit: Visit, epci: Epci, coordinator: User) -> RightsRequest:
    """Someone asked the service to be erased."""
    return note_rights_request(actor=coordinator, epci=epci, kind=Right.ERASE, received_on=TODAY, person="M. Introuvable")


def search(actor: User, request: RightsRequest, name: str = "", contact: str = "") -> list[str]:
    found = search_person(actor=actor, request=request, search=Search(name=name, contact=contact), sources=SOURCES)
    return [dict(row.facts)["Nom ou alias"] for row in found]


@pytest.mark.parametrize(
    ("name", "contact", "found"),
    [
        ("introuvable", "", 2),
        ("ÏNTROUVABLE jean", "", 2),
        ("Introu", "", 2),
        ("Autre Introuvable", "", 0),
        ("", "+33 6 12 34 56 78", 1),
        ("", "06.12.34.56.78", 1),
        ("", "06 12 34 56 79", 0),
        ("Voisine", "0612345678", 2),
        ("%", "12", 0),
    ],
)
def test_a_person_is_found_by_name_or_by_contact_however_they_are_written(
    visit: Visit,
    oisy: Commune,
    desk_oisy: User,
    coordinator: User,
    request_: RightsRequest,
    name: str,
    contact: str,
    found: int,
) -> None:
    book(desk_oisy, visit, 1, reached_by_phone("Introuvable"))
    book(desk_oisy, visit, 2, resident("Voisine", first_name="Anne"))
    leave_demande(actor=desk_oisy, commune=oisy, person=resident("Introuvable"))

    assert len(search(coordinator, request_, name, contact)) == found


def test_a_search_without_words_is_refused(coordinator: User, request_: RightsRequest) -> None:
    for name in ("", " ", "a"):
        with pytest.raises(ValidationError, match="Écrire le nom"):
            search(coordinator, request_, name)


def test_a_mairie_searches_among_its_own_people_alone(
    epci: Epci, visit: Visit, next_door: Visit, oisy: Commune, desk_oisy: User, referent_oisy: User, referent_bousignies: User
) -> None:
    book(desk_oisy, visit, 1, resident("Introuvable"))
    book(SYSTEM, next_door, 1, resident("Introuvable"))
    ours = note_rights_request(actor=referent_oisy, epci=epci, commune=oisy, kind=Right.ACCESS, received_on=TODAY)

    assert search(referent_oisy, ours, "Introuvable") == ["Jean Introuvable"]
    with pytest.raises(PermissionDenied):
        search(referent_bousignies, ours, "Introuvable")
    with pytest.raises(PermissionDenied):
        note_rights_request(actor=referent_oisy, epci=epci, kind=Right.ACCESS, received_on=TODAY)
    assert not RightsRequest.objects.visible_to(referent_bousignies).exists()


def test_neither_mediator_nor_desk_nor_lawyer_nor_stranger_searches(
    request_: RightsRequest, ines: User, desk_oisy: User, lawyer: User, stranger: User
) -> None:
    for actor in (ines, desk_oisy, lawyer, stranger):
        with pytest.raises(PermissionDenied):
            search(actor, request_, "Introuvable")


def test_a_copy_tells_all_that_is_known(
    visit: Visit, oisy: Commune, desk_oisy: User, coordinator: User, request_: RightsRequest, clock: Clock
) -> None:
    row = book(desk_oisy, visit, 1, reached_by_phone("Introuvable"))
    clock.go("2026-12-01", "12:02")
    tell_what_waits(actor=SYSTEM)

    (known,) = copy_person(actor=coordinator, request=request_, uids=[row.uid], sources=SOURCES)

    facts = dict(known.facts)
    assert facts["Nom ou alias"] == "Jean Introuvable"
    assert facts["Joindre"] == "par téléphone 06 12 34 56 78"
    assert facts["Rendez-vous"] == "mardi 5 janvier 2027, pendant le passage"
    assert facts["Demandé le"] == "01/12/2026 à 12:00"
    (message,) = known.messages
    assert message.startswith("SMS à +33612345678, en attente, ")


def test_erasing_leaves_counts_frees_what_comes_and_is_certified(
    visit: Visit, oisy: Commune, desk_oisy: User, coordinator: User, request_: RightsRequest, clock: Clock
) -> None:
    row = book(desk_oisy, visit, 1, reached_by_phone("Introuvable"))
    other = book(desk_oisy, visit, 2, reached_by_phone("Voisine"))
    demande = leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone("Introuvable"))
    clock.go("2026-12-01", "12:02")
    tell_what_waits(actor=SYSTEM)

    erase_person(actor=coordinator, request=request_, uids=[row.uid, demande.uid], sources=SOURCES)

    for erased in (row, demande, other):
        erased.refresh_from_db()
    assert (row.person, row.contact, row.state, row.motive) == ("", "", "cancelled", "PAPERS")
    assert (demande.person, demande.contact, demande.state) == ("", "", "withdrawn")
    assert other.person == "Jean Voisine"
    assert sorted(Message.objects.values_list("to", "state")) == [("", "dropped"), ("+33612345678", "queued")]
    assert not visit.held_slots.filter(number=1).exists()
    line = Entry.objects.get(event="booking.person_erased")
    assert line.details == {"number": 1, "kind": "erase", "rows": 2, "messages": 1}
    request_.refresh_from_db()
    assert request_.erased == 2
    assert search(coordinator, request_, "Introuvable") == []


def test_what_is_not_reached_is_not_erased(
    epci: Epci, visit: Visit, next_door: Visit, oisy: Commune, referent_oisy: User, coordinator: User, request_: RightsRequest
) -> None:
    row = book(SYSTEM, next_door, 1, resident("Introuvable"))
    ours = note_rights_request(actor=referent_oisy, epci=epci, commune=oisy, kind=Right.ERASE, received_on=TODAY)

    for work in (erase_person, copy_person):
        with pytest.raises(ValidationError, match="Rien n’est choisi"):
            work(actor=referent_oisy, request=ours, uids=[row.uid], sources=SOURCES)

    assert Appointment.objects.get().person == "Jean Introuvable"


def test_an_answer_forgets_who_asked_and_closes(coordinator: User, request_: RightsRequest) -> None:
    assert request_.due_on == dt.date(2027, 1, 1)
    for bad in (dt.date(2026, 11, 30), dt.date(2026, 12, 2)):
        with pytest.raises(ValidationError) as refused:
            answer_rights_request(actor=coordinator, request=request_, answered_on=bad)
        assert "answered_on" in refused.value.message_dict

    row = answer_rights_request(actor=coordinator, request=request_, answered_on=TODAY)

    assert (row.person, row.answered_on) == ("", TODAY)
    with pytest.raises(ValidationError, match="déjà sa réponse"):
        search(coordinator, row, "Introuvable")
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequest.objects.update(person="M. Introuvable")


def test_requests_are_numbered_in_their_epci(epci: Epci, visit: Visit, coordinator: User, request_: RightsRequest) -> None:
    second = note_rights_request(actor=coordinator, epci=epci, kind=Right.ACCESS, received_on=TODAY)

    assert (request_.number, second.number) == (1, 2)
    with pytest.raises(ValidationError, match="pas encore venue"):
        note_rights_request(actor=coordinator, epci=epci, kind=Right.ACCESS, received_on=dt.date(2026, 12, 2))


def test_the_register_is_kept_five_years(coordinator: User, request_: RightsRequest, clock: Clock) -> None:
    answer_rights_request(actor=coordinator, request=request_, answered_on=TODAY)

    assert purge_rights_register(actor=SYSTEM, on=dt.date(2031, 12, 1)) == 0
    clock.go("2031-12-02")
    call_command("daily", "--on", "2031-12-02")

    assert not RightsRequest.objects.exists()
    with pytest.raises(PermissionDenied):
        purge_rights_register(actor=coordinator, on=TODAY)


def test_no_trace_holds_the_words_of_a_search(visit: Visit, desk_oisy: User, coordinator: User, request_: RightsRequest) -> None:
    row = book(desk_oisy, visit, 1, resident("Introuvable", channel=Channel.EMAIL, contact="jean@exemple.fr"))
    search(coordinator, request_, "Introuvable", "jean@exemple.fr")
    copy_person(actor=coordinator, request=request_, uids=[row.uid], sources=SOURCES)
    erase_person(actor=coordinator, request=request_, uids=[row.uid], sources=SOURCES)

    kept = str(list(Entry.objects.values()))
    assert "Introuvable" not in kept
    assert "jean@exemple.fr" not in kept
    assert Entry.objects.get(event="booking.person_searched").details == {"number": 1, "kind": "erase", "found": 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("06 12 34 56 78", "+33 6 12 34 56 78", True),
        ("Jean@Exemple.fr ", "jean@exemple.fr", True),
        ("", "", False),
        ("", "jean@exemple.fr", False),
        ("34 56 78", "06 12 34 56 78", False),
    ],
)
def test_contacts_are_compared_as_people_mean_them(one: str, other: str, same: bool) -> None:
    assert same_contact(one, other) is same


def test_every_right_has_its_words() -> None:
    assert set(RIGHTS) == set(Right)
