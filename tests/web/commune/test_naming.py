"""A mairie names who signs and who its référent is, and says whether its premises are still right."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.electing import open_election_round
from escale.apps.conventions.actions.signing import name_signatory
from escale.apps.conventions.models import Asked, Gender, JournalEntry, RoundAnswer, Signatory
from escale.apps.territory.models import Premises, Referent, Room
from tests.apps.conventions.paper import day, in_force
from tests.web.cast import Cast
from tests.web.commune.conftest import plain, words

SIGNATORY, REFERENT, PLACES = (f"/mairie/convention/{what}/" for what in ("signataire", "referent", "lieux"))
NAMES = {"first_name": "Alix", "last_name": "Exemple", "starts": "2026-11-21"}


def send(client: Client, path: str, **typed: Any) -> str:
    """Send a form and return what is told, on one line."""
    return plain(client.post(path, typed, follow=True).content.decode())


@pytest.fixture
def mayor(cast: Cast) -> Signatory:
    names: Any = {"first_name": "Camille", "last_name": "Exemple", "title": "Maire", "gender": Gender.FEMININE}
    return name_signatory(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, starts=day("2020-05-28"), **names)


def test_a_new_mayor_takes_the_place_of_the_one_before(cast: Cast, referent: Client, mayor: Signatory) -> None:
    text = send(referent, SIGNATORY, **NAMES, title="Maire", gender="m", replaces=str(mayor.pk))

    assert "C’est noté : Alix Exemple signe pour la commune." in text
    mayor.refresh_from_db()
    assert mayor.ends == day("2026-11-20")
    new = Signatory.objects.exclude(pk=mayor.pk).get()
    assert (new.commune, new.epci, new.starts, new.ends) == (cast.oisy, cast.epci, day("2026-11-21"), None)


def test_someone_may_sign_beside_the_mayor(referent: Client, mayor: Signatory) -> None:
    send(referent, SIGNATORY, **NAMES, title="Adjointe, par délégation", gender="f", replaces="")

    mayor.refresh_from_db()
    assert mayor.ends is None
    assert Signatory.objects.count() == 2


def test_a_mandate_that_begins_before_the_one_it_replaces_is_refused(referent: Client, mayor: Signatory) -> None:
    early = {**NAMES, "starts": "2019-01-01"}

    assert "Le nouveau mandat commence avant l’ancien" in send(
        referent, SIGNATORY, **early, title="Maire", gender="m", replaces=str(mayor.pk)
    )
    assert Signatory.objects.get() == mayor


def test_what_a_commune_says_after_elections_answers_the_round(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.oisy)
    open_election_round(actor=SYSTEM, epci=cast.epci, ends=day("2026-11-20"))
    send(referent, SIGNATORY, **NAMES, title="Maire", gender="f")
    known = Referent.objects.get()

    send(referent, REFERENT, **NAMES, position="Secrétaire", phone="03 53 01 00 12", replaces=str(known.pk))

    assert set(RoundAnswer.objects.values_list("asked", flat=True)) == set(Asked)
    text = words(referent)
    assert "Dire qui signe" not in text
    assert "Nommer votre référent" not in text


def test_a_referent_is_named_and_can_be_reached(cast: Cast, referent: Client) -> None:
    known = Referent.objects.get()
    assert "Donner un téléphone ou une adresse électronique." in send(referent, REFERENT, **NAMES, replaces=str(known.pk))

    send(referent, REFERENT, **NAMES, email="alix@exemple.fr", replaces=str(known.pk))

    known.refresh_from_db()
    assert known.ends == day("2026-11-20")
    assert [str(one) for one in Referent.objects.in_charge_on(day("2026-11-23"))] == ["Alix Exemple"]


def test_premises_that_are_right_are_confirmed_for_a_year(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.oisy)
    assert "Mairie" in words(referent, PLACES)

    text = send(referent, PLACES)

    assert "Merci : vos lieux sont à jour." in text
    assert "toujours exacts" not in text
    assert JournalEntry.objects.latest("number").event == "conventions.premises_confirmed"


def test_a_place_is_corrected_and_another_added(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.oisy)
    place = Premises.objects.get()
    told = {"name": "Mairie annexe", "address": "2 place Verte", "room": "Bureau 2", "is_heated": "on", "entry_code": "12B45"}

    send(referent, f"{PLACES}?lieu={place.pk}", **told)
    send(referent, f"{PLACES}?lieu=nouveau", **{**told, "name": "Médiathèque"}, is_private="on")

    assert list(Premises.objects.order_by("rank").values_list("name", flat=True)) == ["Mairie annexe", "Médiathèque"]
    assert Premises.objects.get(pk=place.pk).entry_code == "12B45"
    rooms = Room.objects.order_by("premises__rank").values_list("name", "is_private", "is_heated")
    assert list(rooms) == [("Bureau 2", False, True), ("Bureau 2", True, True)]


def test_a_place_of_another_commune_is_not_found(cast: Cast, referent: Client) -> None:
    theirs = Premises.objects.create(commune=cast.denain, name="Mairie")

    words(referent, f"{PLACES}?lieu={theirs.pk}", status=404)
    words(referent, f"{PLACES}?lieu=x", status=404)


def test_there_is_nothing_to_confirm_without_a_convention(referent: Client) -> None:
    assert "aucune convention n’est en vigueur" in send(referent, PLACES)
    assert not JournalEntry.objects.exists()
