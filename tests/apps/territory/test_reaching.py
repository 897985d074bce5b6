"""How a mairie is reached, and who else helps near a commune."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import change_relay, record_mairie, record_relay, remove_relay
from escale.apps.territory.models import Commune, Epci, Mairie, Relay, RelayKind
from escale.apps.territory.queries import mairie_of, relays_near
from tests.cast import make_commune

CHECKED = dt.date(2026, 1, 5)


def relay(**fields: Any) -> Any:
    said = {"kind": RelayKind.CCAS, "name": "CCAS", "address": "Place de la Mairie", "phone": "", "hours": "", "helps_with": ""}
    return {**said, "checked_on": CHECKED, **fields}


def errors_of(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refusal.value.message_dict)


def test_a_mairie_says_how_it_is_reached_and_corrects_it(referent_oisy: User, oisy: Commune) -> None:
    first = record_mairie(actor=referent_oisy, commune=oisy, email="Accueil@Oisy.example", phone="03 53 01 04 00")
    again = record_mairie(actor=referent_oisy, commune=oisy, phone="03 53 01 04 01", phone_hours="lundi au vendredi, 9 h – 12 h")

    assert again.pk == first.pk
    assert mairie_of(oisy) == again
    assert (again.email, again.phone, again.phone_hours) == ("", "03 53 01 04 01", "lundi au vendredi, 9 h – 12 h")


def test_the_log_names_what_changed_and_no_number(referent_oisy: User, oisy: Commune) -> None:
    record_mairie(actor=referent_oisy, commune=oisy, email="Accueil@Oisy.example", phone="03 53 01 04 00")

    entry = Entry.objects.get(event="territory.mairie_recorded")
    assert set(entry.details["changed"]) >= {"email", "phone"}
    assert "03 53" not in str(entry.details)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "accueil"}, "email"),
        ({"phone": "demain"}, "phone"),
        ({"other_phone": "12"}, "other_phone"),
        ({"phone_hours": "le matin"}, "phone"),
        ({"phone": "03 53 01 04 00", "phone_hours": "FR76 3000 6000 0112 3456 7890 189"}, "phone_hours"),
    ],
)
def test_what_is_badly_written_is_refused_beside_its_field(
    fields: dict[str, Any], wrong: str, referent_oisy: User, oisy: Commune
) -> None:
    with pytest.raises(ValidationError) as refusal:
        record_mairie(actor=referent_oisy, commune=oisy, **fields)

    assert errors_of(refusal) == {wrong}
    assert not Mairie.objects.exists()


def test_two_mairies_never_share_an_address(coordinator: User, oisy: Commune, bousignies: Commune) -> None:
    record_mairie(actor=coordinator, commune=oisy, email="accueil@exemple.example")

    with pytest.raises(ValidationError) as refusal:
        record_mairie(actor=coordinator, commune=bousignies, email="ACCUEIL@exemple.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mairie.objects.create(commune=bousignies, email="accueil@exemple.example")

    assert "Une autre mairie" in str(refusal.value)


def test_another_commune_and_a_desk_change_nothing(referent_bousignies: User, desk_oisy: User, oisy: Commune) -> None:
    for actor in (referent_bousignies, desk_oisy):
        with pytest.raises(PermissionDenied):
            record_mairie(actor=actor, commune=oisy, phone="03 53 01 04 00")
        with pytest.raises(PermissionDenied):
            record_relay(actor=actor, commune=oisy, **relay())


def test_a_mediator_notes_a_relay_anywhere_in_the_service(ines: User, oisy: Commune) -> None:
    row = record_relay(actor=ines, commune=oisy, **relay(phone="03 53 01 05 00"))

    assert (row.kind, row.phone) == ("CCAS", "03 53 01 05 00")
    assert Entry.objects.filter(event="territory.relay_recorded").count() == 1


def test_a_relay_is_checked_again_and_goes(coordinator: User, oisy: Commune) -> None:
    row = record_relay(actor=coordinator, commune=oisy, **relay())

    changed = change_relay(actor=coordinator, relay=row, **relay(checked_on=dt.date(2026, 6, 1)))
    remove_relay(actor=coordinator, relay=changed)

    assert changed.checked_on == dt.date(2026, 6, 1)
    assert not Relay.objects.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"address": ""}, "__all__"),
        ({"name": ""}, "name"),
        ({"phone": "zéro trois"}, "phone"),
        ({"helps_with": "2 69 05 49 588 157 80"}, "helps_with"),
        ({"checked_on": dt.date(2199, 1, 1)}, "checked_on"),
    ],
)
def test_a_relay_that_cannot_be_found_or_tells_a_number_is_refused(
    fields: dict[str, Any], wrong: str, coordinator: User, oisy: Commune
) -> None:
    with pytest.raises(ValidationError) as refusal:
        record_relay(actor=coordinator, commune=oisy, **relay(**fields))

    assert wrong in errors_of(refusal)
    assert not Relay.objects.exists()


def test_a_relay_may_help_with_a_lost_password(coordinator: User, oisy: Commune) -> None:
    row = record_relay(actor=coordinator, commune=oisy, **relay(helps_with="mots de passe oubliés, FranceConnect"))

    assert row.helps_with == "mots de passe oubliés, FranceConnect"


def test_relays_of_the_commune_come_first_then_the_nearest(epci: Epci, elsewhere: Epci, coordinator: User) -> None:
    home = make_commune(epci, "59001", "Ici", latitude=50.30, longitude=3.30)
    far = make_commune(epci, "59002", "Loin", latitude=50.50, longitude=3.30)
    near = make_commune(epci, "59003", "Près", latitude=50.35, longitude=3.30)
    nowhere = make_commune(epci, "59004", "Nulle part")
    other = make_commune(elsewhere, "76001", "Ailleurs", latitude=50.31, longitude=3.30)
    for commune in (far, nowhere, home, near):
        record_relay(actor=coordinator, commune=commune, **relay(name=f"CCAS {commune.code}"))
    Relay.objects.create(commune=other, kind="CCAS", name="Trop loin", address="Place", checked_on=CHECKED)

    told = relays_near(home)

    assert [each.relay.commune for each in told] == [home, near, far, nowhere]
    assert [each.kilometres for each in told] == [None, 7, 29, None]
    assert [each.is_here for each in told] == [True, False, False, False]


def test_relays_near_asks_as_much_for_one_as_for_many(coordinator: User, oisy: Commune, django_assert_num_queries: Any) -> None:
    record_relay(actor=coordinator, commune=oisy, **relay())
    with django_assert_num_queries(3):
        relays_near(oisy)
    for number in range(20):
        record_relay(actor=coordinator, commune=oisy, **relay(name=f"Relais {number}"))
    with django_assert_num_queries(3):
        told = relays_near(oisy)

    assert len(told) == 8
