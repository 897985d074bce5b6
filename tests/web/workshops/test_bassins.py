"""The coordinator draws the bassins de vie that the form of a workshop offers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import Post
from escale.apps.territory.actions import add_bassin
from escale.apps.territory.models import BassinDeVie, Commune
from tests.apps.workshops.service import make_open, plan_for
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain

LIST = "/pilotage/communes/bassins/"
NEW = f"{LIST}nouveau/"


@pytest.fixture
def steering(client: Client, cast: Cast, post: Post) -> Client:
    client.force_login(cast.coordinator)
    return client


def draw(cast: Cast, name: str, *communes: Commune) -> BassinDeVie:
    return add_bassin(actor=SYSTEM, epci=cast.epci, name=name, communes=communes)


def test_a_bassin_is_drawn_then_offered_to_a_workshop(steering: Client) -> None:
    empty = plain(steering.get(LIST))

    shown = plain(steering.post(NEW, {"name": "Scarpe", "communes": ["59446", "59172"]}, follow=True))

    assert "L’article 4 prévoit des ateliers" in empty
    assert "Bassin de vie ajouté : Scarpe." in shown
    assert "1 commune hors de ces bassins" in shown
    assert "Scarpe" in plain(steering.get("/pilotage/service/ateliers/nouveau/"))
    assert LIST in plain(steering.get("/pilotage/communes/"))


def test_the_form_offers_what_is_in_no_other_bassin(steering: Client, cast: Cast) -> None:
    draw(cast, "Escaut", cast.denain)
    bassin = draw(cast, "Scarpe", cast.oisy)

    form = steering.get(f"{LIST}{bassin.pk}/").context["form"]

    assert [code for code, _ in form.fields["communes"].choices] == ["59446", "59564"]
    assert form["communes"].value() == ["59446"]


def test_a_bassin_is_renamed_and_its_communes_change(steering: Client, cast: Cast) -> None:
    bassin = draw(cast, "Scarpe", cast.oisy)

    steering.post(f"{LIST}{bassin.pk}/", {"name": "Escaut", "communes": ["59172"]})

    assert BassinDeVie.objects.get().name == "Escaut"
    assert [each.commune for each in bassin.memberships.all()] == [cast.denain]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "communes": ["59446"]}, "Donner un nom"),
        ({"name": "Scarpe"}, "au moins une commune"),
        ({"name": "Scarpe", "communes": ["59172"]}, "n’est plus libre"),
        ({"name": "ESCAUT", "communes": ["59446"]}, "porte déjà ce nom"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(steering: Client, cast: Cast, typed: dict[str, Any], words: str) -> None:
    escaut = draw(cast, "Escaut", cast.denain)

    answer = steering.post(NEW, typed)

    assert words in plain(answer)
    assert BassinDeVie.objects.get() == escaut


def test_a_bassin_goes_unless_a_workshop_is_for_it(steering: Client, cast: Cast, post: Post) -> None:
    used, unused = draw(cast, "Escaut", cast.denain), draw(cast, "Scarpe", cast.oisy)
    make_open(cast.epci, plan_for(cast.denain, post, communes=(), bassin=used))

    kept = plain(steering.post(f"{LIST}{used.pk}/retirer/", follow=True))
    steering.post(f"{LIST}{unused.pk}/retirer/")

    assert "Un atelier est pour le bassin de vie Escaut" in kept
    assert "1 atelier pour ce bassin" in kept
    assert BassinDeVie.objects.get() == used
    assert used.memberships.get().commune == cast.denain


def test_a_list_of_many_bassins_costs_the_queries_of_one(steering: Client, cast: Cast) -> None:
    draw(cast, "Scarpe", cast.oisy)
    one = queries_of(steering, LIST)
    for number in range(20):
        draw(cast, f"Bassin {number}", make_commune(cast.epci, f"{10_000 + number}", f"Commune {number}"))

    assert queries_of(steering, LIST) == one


def test_a_reader_sees_them_and_changes_nothing(client: Client, cast: Cast) -> None:
    bassin = draw(cast, "Scarpe", cast.oisy)
    client.force_login(cast.reader)

    assert "Nouveau bassin de vie" not in plain(client.get(LIST))
    assert client.get(f"{LIST}{bassin.pk}/").status_code == 403
    assert client.post(f"{LIST}{bassin.pk}/retirer/").status_code == 403
