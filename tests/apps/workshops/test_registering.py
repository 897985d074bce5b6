"""Eight people and no more, then a waiting list in order."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.team.models import Post
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.actions import correct_registration, mark_told, register_person, withdraw_person
from escale.apps.workshops.models import Place, Registration, Workshop
from escale.core.workshops.states import News, RegistrationState
from tests.apps.booking.service import Clock
from tests.apps.workshops.service import attendee, by_phone, fill, make_open, plan_for, register


def test_the_ninth_waits(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    rows = fill(desk_oisy, workshop, oisy, 9)

    assert [row.state for row in rows] == [RegistrationState.REGISTERED] * 8 + [RegistrationState.WAITING]
    assert [row.place.number for row in rows if row.place] == list(range(1, 9))


def test_the_database_has_no_ninth_place(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    ninth = fill(desk_oisy, workshop, oisy, 9)[-1]
    taken = Place.objects.get(workshop=workshop, number=8)

    for change in ({"state": "registered"}, {"state": "registered", "place": taken}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=ninth.pk).update(**change)


def test_those_who_lead_may_be_counted_among_the_eight(
    coordinator: User, desk_oisy: User, epci: Epci, oisy: Commune, post: Post
) -> None:
    set_setting(actor=coordinator, epci=epci, key="WORKSHOP_COUNT_MEDIATOR", value="oui")

    rows = fill(desk_oisy, make_open(epci, plan_for(oisy, post)), oisy, 8)

    assert rows[-1].state == RegistrationState.WAITING


def test_whoever_waits_first_has_the_place_of_one_who_withdraws(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    rows = fill(desk_oisy, workshop, oisy, 10)

    withdraw_person(actor=desk_oisy, registration=rows[2])

    ninth, tenth = Registration.objects.filter(pk__in=[rows[8].pk, rows[9].pk]).order_by("pk")
    assert (ninth.state, ninth.place and ninth.place.number, ninth.news) == ("registered", 3, News.PROMOTED)
    assert tenth.state == RegistrationState.WAITING
    told = Entry.objects.get(event="workshops.promoted")
    assert (told.subject_id, told.details) == (str(ninth.pk), {"workshop": workshop.pk})


def test_whoever_is_written_to_is_on_no_list_of_the_mairie(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    rows = fill(desk_oisy, workshop, oisy, 8)
    ninth = register_person(actor=desk_oisy, workshop=workshop, commune=oisy, person=by_phone())

    withdraw_person(actor=desk_oisy, registration=rows[0])

    ninth.refresh_from_db()
    assert (ninth.state, ninth.news) == ("registered", News.NONE)


def test_nobody_is_promoted_once_the_workshop_has_begun(clock: Clock, desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    rows = fill(desk_oisy, workshop, oisy, 9)
    clock.go("2027-01-12", "09:30")

    withdraw_person(actor=desk_oisy, registration=rows[0])

    assert Registration.objects.get(pk=rows[8].pk).state == RegistrationState.WAITING


def test_a_mairie_ticks_what_it_has_told(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    rows = fill(desk_oisy, workshop, oisy, 9)
    withdraw_person(actor=desk_oisy, registration=rows[0])

    mark_told(actor=desk_oisy, registration=rows[8])

    assert not Registration.objects.to_tell().exists()


def test_a_second_click_registers_nobody_more(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    key = uuid.uuid4()

    first, second = (
        register_person(actor=desk_oisy, workshop=workshop, commune=oisy, person=attendee(), key=key) for _ in range(2)
    )

    assert first == second
    with pytest.raises(ValidationError, match="déjà servi"):
        register_person(actor=desk_oisy, workshop=workshop, commune=oisy, person=attendee("Autre"), key=key)


def test_the_same_person_is_not_registered_twice(desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    row = register(desk_oisy, workshop, oisy)

    with pytest.raises(ValidationError, match="déjà inscrite"):
        register(desk_oisy, workshop, oisy)
    withdraw_person(actor=desk_oisy, registration=row)
    assert register(desk_oisy, workshop, oisy).state == RegistrationState.REGISTERED


def test_another_mairie_registers_nobody(
    referent_bousignies: User, workshop: Workshop, oisy: Commune, bousignies: Commune
) -> None:
    for commune in (oisy, bousignies):
        with pytest.raises(PermissionDenied):
            register(referent_bousignies, workshop, commune)


def test_the_service_registers_on_behalf_of_a_mairie(coordinator: User, ines: User, workshop: Workshop, oisy: Commune) -> None:
    by_coordination, by_mediator = register(coordinator, workshop, oisy, "Un"), register(ines, workshop, oisy, "Deux")

    assert (by_coordination.written_as, by_mediator.written_as) == (Agent.COORDINATION, Agent.MEDIATOR)
    assert Entry.objects.filter(event="workshops.registered", details__on_behalf=True).count() == 2


def test_people_of_a_commune_that_it_does_not_take_are_refused(
    coordinator: User, workshop: Workshop, bousignies: Commune
) -> None:
    with pytest.raises(ValidationError, match="n’est pas ouvert aux personnes inscrites à Bousignies"):
        register(coordinator, workshop, bousignies)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "mot de passe azerty"}, "name"),
        ({"channel": Channel.PHONE, "contact": "12"}, "contact"),
        ({"channel": Channel.PHONE, "contact": "1 84 12 59 446 123 42"}, "contact"),
    ],
)
def test_what_must_not_be_stored_is_refused_beside_its_field(
    desk_oisy: User, workshop: Workshop, oisy: Commune, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        register_person(actor=desk_oisy, workshop=workshop, commune=oisy, person=attendee(**{"name": "Exemple", **fields}))

    assert list(refused.value.message_dict) == [field]


def test_nobody_registers_for_what_has_begun_or_is_not_open(
    clock: Clock, coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune
) -> None:
    clock.go("2027-01-12", "09:30")
    with pytest.raises(ValidationError, match="a commencé"):
        register(desk_oisy, workshop, oisy)

    Workshop.objects.filter(pk=workshop.pk).update(state="cancelled")
    with pytest.raises(ValidationError, match="annulé"):
        register(desk_oisy, workshop, oisy)


def test_a_correction_leaves_the_place(desk_oisy: User, workshop: Workshop, oisy: Commune, bousignies: Commune) -> None:
    row = register(desk_oisy, workshop, oisy)

    correct_registration(actor=desk_oisy, registration=row, person=attendee("Autre", residence=bousignies, brings_device=True))

    row.refresh_from_db()
    assert (row.name, row.residence, row.brings_device, row.place and row.place.number) == ("Autre", bousignies, True, 1)
    assert Entry.objects.get(event="workshops.registration_corrected").details == {
        "changed": ["brings_device", "name", "residence"]
    }


def test_names_are_read_by_the_mairie_that_wrote_them_and_by_who_leads(
    coordinator: User, desk_oisy: User, ines: User, tom: User, referent_bousignies: User, workshop: Workshop, oisy: Commune
) -> None:
    register(desk_oisy, workshop, oisy)

    read = {
        user.name: Registration.objects.nameable_by(user).exists()
        for user in (desk_oisy, ines, coordinator, tom, referent_bousignies)
    }

    assert [name for name, may in read.items() if may] == [desk_oisy.name, ines.name]
