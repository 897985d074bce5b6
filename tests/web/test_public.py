"""Residents find their commune by its name, and never meet the name of the product."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of

pytestmark = pytest.mark.django_db


def page(path: str = "/") -> str:
    return Client().get(path).content.decode()


def test_the_service_is_called_as_its_epci_calls_it(cast: Cast) -> None:
    assert "<title>Aide numérique, La Porte du Hainaut</title>" in page()


def test_the_name_of_the_product_is_nowhere(cast: Cast) -> None:
    shown = page().replace("/static/escale/", "")

    assert "escale" not in shown.lower()


@pytest.mark.parametrize("words", ["Oisy", "oisy", "OIS", "  oisy "])
def test_a_commune_is_found_by_its_name(cast: Cast, words: str) -> None:
    shown = page(f"/?q={words}")

    assert ">Oisy</a>" in shown
    assert "Denain" not in shown


@pytest.mark.parametrize("words", ["rœulx", "Roeulx", "ROEULX"])
def test_a_commune_is_found_without_accents_or_ligatures(cast: Cast, words: str) -> None:
    make_commune(cast.epci, "59504", "Rœulx")

    assert ">Rœulx</a>" in page(f"/?q={words}")


def test_a_name_that_is_not_there_says_what_to_do(cast: Cast) -> None:
    shown = page("/?q=Marseille")

    assert "Aucune commune pour « Marseille »" in shown.replace("\u00a0", " ")
    assert "Voir toutes les communes" in shown


def test_what_is_typed_is_shown_as_text(cast: Cast) -> None:
    assert "<script>alert" not in page("/?q=<script>alert(1)</script>")


def test_communes_are_sorted_without_their_article(cast: Cast) -> None:
    shown = page()

    assert shown.index(">Denain") < shown.index(">Oisy") < shown.index(">La Sentinelle")


@pytest.mark.django_db
def test_an_installation_without_any_territory_says_so() -> None:
    assert "Ce service se prépare" in page()


def test_an_epci_without_any_commune_says_so(cast: Cast) -> None:
    cast.epci.memberships.all().delete()

    assert "La liste des communes se prépare" in page()


def test_fifty_communes_cost_as_many_queries_as_three(cast: Cast) -> None:
    few = queries_of(Client(), "/")

    for number in range(50):
        make_commune(cast.epci, f"99{number:03}", f"Commune {number}")

    assert queries_of(Client(), "/") == few
