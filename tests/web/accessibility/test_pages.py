"""The declaration of accessibility says what is known, and every page leads to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Epci
from escale.web.accessibility.grid import State, kept_grid
from tests.web.cast import Cast
from tests.web.reading import plain

pytestmark = pytest.mark.django_db

FOOT = '<a href="/accessibilite/">Accessibilité : non conforme</a>'


def page(path: str = "/accessibilite/") -> str:
    return Client().get(path).content.decode()


def choose(epci: Epci, key: str, value: str) -> None:
    set_setting(actor=SYSTEM, epci=epci, key=key, value=value)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (None, "/"),
        (None, "/communes/oisy/"),
        (None, "/compte/login/"),
        (None, "/nulle-part/"),
        ("referent", "/mairie/"),
        ("mediator", "/terrain/"),
        (None, "/terrain/danger/"),
        (None, "/terrain/fiches-gardees/"),
        ("coordinator", "/pilotage/"),
        ("stranger", "/mon-espace/"),
    ],
)
def test_every_page_says_how_far_it_is_accessible(
    cast: Cast, logged_in: Callable[[User], Client], who: str | None, path: str
) -> None:
    client = logged_in(getattr(cast, who)) if who else Client()

    assert FOOT in plain(client.get(path)).partition("<footer")[2]


def test_the_page_of_a_fault_of_ours_says_it_too() -> None:
    assert FOOT in render_to_string("500.html")


def test_the_rate_stands_with_its_denominator(cast: Cast) -> None:
    found = kept_grid().standing_on(dt.date(2026, 11, 23))

    shown = page()

    assert f"{found.met} critères conformes sur {found.applicable} applicables" in shown
    assert f"{found.unchecked} critères n’ont pas encore été" in shown


def test_nothing_is_invented_when_nothing_was_typed(cast: Cast) -> None:
    shown = page()

    assert shown.count("à publier par La Porte du Hainaut") == 3


def test_what_was_typed_is_shown_with_its_links(cast: Cast) -> None:
    choose(cast.epci, "ACCESSIBILITY_CONTACT", "acces@example.org")
    choose(cast.epci, "ACCESSIBILITY_SCHEME", "https://example.org/schema")
    choose(cast.epci, "ACCESSIBILITY_PLAN", "https://example.org/plan-2027")

    shown = page()

    assert '<a href="mailto:acces@example.org">' in shown
    assert 'href="https://example.org/schema"' in shown
    assert 'href="https://example.org/plan-2027"' in shown
    assert "à publier par" not in shown


def test_without_a_contact_one_writes_to_the_seat(cast: Cast) -> None:
    choose(cast.epci, "EPCI_SEAT", "Avenue Michel Rondet, Wallers")

    assert "La Porte du Hainaut, par courrier : Avenue Michel Rondet, Wallers" in plain(Client().get("/accessibilite/"))


def test_what_is_typed_is_shown_as_text(cast: Cast) -> None:
    choose(cast.epci, "ACCESSIBILITY_CONTACT", "<script>alert(1)</script>")

    assert "<script>alert" not in page()


def test_each_epci_of_an_installation_answers_for_itself(cast: Cast) -> None:
    Epci.objects.create(siren="200068500", name="Caux Seine Agglo")

    shown = page()

    assert "Schéma pluriannuel, Caux Seine Agglo" in shown
    assert "Schéma pluriannuel, La Porte du Hainaut" in shown


def test_an_installation_without_any_territory_has_its_declaration() -> None:
    assert "Défenseur des droits, Libre réponse 71120" in page()


def test_each_criterion_that_waits_or_fails_is_told(cast: Cast) -> None:
    shown = page()

    waiting = [one for one in kept_grid().criteria if one.state is State.UNCHECKED]
    failing = [one for one in kept_grid().criteria if one.state is State.FAILED]
    assert [one for one in waiting if f'<span class="soft">{one.number}</span> {one.wording}' not in shown] == []
    assert [one for one in failing if f"(critère {one.number})" not in shown] == []
