"""Screens of how a mairie is reached and of its relays: each commune changes its own, everybody reads them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.territory.actions import record_mairie, record_relay
from escale.apps.territory.models import Commune, Mairie, Relay, RelayKind
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.visiting import TODAY

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
TYPED = {"kind": "FRANCE_SERVICES", "name": "France services", "address": "Grand-Place", "phone": "", "checked_on": "2026-01-05"}


def add_relay(cast: Cast, commune: Commune, name: str = "CCAS") -> Relay:
    said = {"hours": "lundi", "helps_with": "courriers", "address": "1 rue Haute", "phone": "03 53 01 06 00"}
    return record_relay(
        actor=cast.coordinator, commune=commune, kind=RelayKind.CCAS, name=name, checked_on=TODAY.replace(year=2025), **said
    )


def test_the_referent_says_how_the_mairie_is_reached_and_residents_see_it(cast: Cast, logged_in: LogIn) -> None:
    typed = {
        "phone": "03 53 01 04 00",
        "phone_hours": "lundi, 9 h – 12 h",
        "other_phone": "03 53 01 05 00",
        "email": "a@oisy.example",
    }

    answer = logged_in(cast.referent).post("/mairie/coordonnees/modifier/", typed)
    shown = plain(Client().get("/communes/oisy/"))

    assert answer.status_code == 302
    assert shown.index("03 53 01 04 00") < shown.index("03 53 01 05 00")
    assert "lundi, 9 h – 12 h" in shown
    assert "a@oisy.example" not in shown


def test_a_bad_number_is_told_beside_it_and_nothing_is_kept(cast: Cast, logged_in: LogIn) -> None:
    answer = logged_in(cast.coordinator).post("/pilotage/communes/59446/mairie/", {"phone": "demain"})

    assert "n’est pas un numéro de téléphone" in plain(answer)
    assert not Mairie.objects.exists()


def test_a_commune_keeps_its_relays(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.referent)

    client.post("/mairie/coordonnees/relais/nouveau/", TYPED)
    row = Relay.objects.get()
    client.post(f"/mairie/coordonnees/relais/{row.pk}/", {**TYPED, "phone": "03 53 01 06 01"})
    shown = plain(client.get("/mairie/coordonnees/"))
    client.post(f"/mairie/coordonnees/relais/{row.pk}/retirer/")

    assert "03 53 01 06 01" in shown
    assert not Relay.objects.exists()


def test_the_relay_of_another_commune_is_not_there(cast: Cast, logged_in: LogIn) -> None:
    row = add_relay(cast, cast.denain)
    client = logged_in(cast.referent)

    assert client.get(f"/mairie/coordonnees/relais/{row.pk}/").status_code == 404
    assert client.post(f"/mairie/coordonnees/relais/{row.pk}/retirer/").status_code == 404
    assert Relay.objects.exists()


def test_a_reader_changes_nothing(cast: Cast, logged_in: LogIn) -> None:
    row = add_relay(cast, cast.oisy)
    client = logged_in(cast.reader)

    assert client.post("/pilotage/communes/59446/mairie/", {"phone": "03 53 01 04 00"}).status_code == 403
    assert client.post(f"/pilotage/relais/{row.pk}/retirer/").status_code == 403
    assert "Corriger" not in plain(client.get("/pilotage/relais/"))


def test_the_coordination_keeps_the_relays_of_the_territory(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)

    client.post("/pilotage/communes/59172/relais/nouveau/", TYPED)
    row = Relay.objects.get()
    client.post(f"/pilotage/relais/{row.pk}/", {**TYPED, "name": "France services de Denain"})

    assert "France services de Denain" in plain(client.get("/pilotage/relais/"))
    assert "France services de Denain" in plain(client.get("/pilotage/communes/59446/"))


def test_a_mediator_reads_where_to_send_someone(cast: Cast, logged_in: LogIn) -> None:
    add_relay(cast, cast.denain)

    shown = plain(logged_in(cast.mediator).get("/terrain/relais/?commune=59446"))

    assert "CCAS" in shown
    assert 'href="tel:0353010600"' in shown


def test_residents_read_where_to_go_meanwhile(cast: Cast) -> None:
    add_relay(cast, cast.oisy)

    shown = plain(Client().get("/communes/oisy/"))

    assert "Où aller en attendant" in shown
    assert "Pour : courriers" in shown


@pytest.mark.parametrize("path", ["/communes/oisy/", "/pilotage/relais/", "/terrain/relais/?commune=59446"])
def test_a_page_asks_as_much_for_one_relay_as_for_many(path: str, cast: Cast, logged_in: LogIn) -> None:
    record_mairie(actor=cast.coordinator, commune=cast.oisy, phone="03 53 01 04 00")
    add_relay(cast, cast.oisy)
    client = logged_in(cast.mediator if "terrain" in path else cast.coordinator)

    one = queries_of(client, path)
    for number in range(15):
        add_relay(cast, cast.denain, f"Relais {number}")

    assert queries_of(client, path) == one
