"""Residents find their commune whatever they type; a name that is not there leads to the nearest ones."""

from __future__ import annotations

import pytest
from django.test import Client

from escale.apps.territory.models import Commune
from tests.web.cast import Cast, make_commune
from tests.web.reading import plain

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return Client().get(path).content.decode()


@pytest.mark.parametrize("typed", ["oeuvre sur selle", "ŒUVRE", "Œuvré-sur-Selle", "59135"])
def test_a_commune_is_found_with_or_without_accents_and_by_its_postal_code(cast: Cast, typed: str) -> None:
    commune = make_commune(cast.epci, "59999", "Œuvre-sur-Selle")
    Commune.objects.filter(pk=commune.pk).update(postal_codes=["59135"])

    shown = page(f"/?q={typed}")

    assert ">Œuvre-sur-Selle</a>" in shown
    assert ">Oisy</a>" not in shown


def test_st_is_read_as_saint(cast: Cast) -> None:
    make_commune(cast.epci, "59526", "Saint-Amand-les-Eaux")

    assert ">Saint-Amand-les-Eaux</a>" in page("/?q=st amand")


def test_a_wrong_name_is_answered_by_the_nearest_ones(cast: Cast) -> None:
    shown = page("/?q=oissi")

    assert "Aucune commune pour" in shown
    assert 'href="/communes/oisy/">Oisy</a>' in shown


def test_three_hundred_signs_are_cut_and_answered(cast: Cast) -> None:
    shown = page(f"/?q={'x' * 300}")

    assert "C’est trop long. Écrivez seulement le nom de la commune." in shown
    assert "x" * 61 not in shown


def test_a_script_that_is_typed_stays_a_text(cast: Cast) -> None:
    shown = page("/?q=<script>alert(1)</script>")

    assert "<script>alert" not in shown


def test_an_unknown_commune_is_a_404_that_proposes_the_nearest_names(cast: Cast) -> None:
    answer = Client().get("/communes/oissy/")

    assert answer.status_code == 404
    assert 'href="/communes/oisy/"' in answer.content.decode()


def test_a_commune_that_left_its_service_is_a_404_that_says_so(cast: Cast) -> None:
    cast.oisy.memberships.all().delete()

    answer = Client().get("/communes/oisy/")

    assert answer.status_code == 404
    assert "Nous ne venons pas à Oisy" in answer.content.decode()


def test_an_insee_code_leads_to_the_page(cast: Cast) -> None:
    assert Client().get("/communes/59446/").headers["Location"] == "/communes/oisy/"


def test_a_name_that_stands_twice_lets_one_choose(cast: Cast) -> None:
    make_commune(cast.epci, "02569", "Oisy")

    shown = page("/communes/oisy/")

    assert "Plusieurs communes ont ce nom" in shown
    assert 'href="/communes/oisy-59/"' in shown
    assert 'href="/communes/oisy-02/"' in shown


def test_a_list_of_a_whole_country_is_asked_for_by_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escale.web.public.finding.LISTED_AT_ONCE", 2)

    assert ">Oisy</a>" not in page("/")
    assert "voir les 3 communes" in plain(Client().get("/"))
    assert ">Oisy</a>" in page("/?q=oisy")
