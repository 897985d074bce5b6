"""What the public sent stands above those who wait: the mairie reads it, answers the person, then confirms or declines."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.booking.actions import ask_demande
from escale.apps.booking.actions.asking import PUBLIC
from escale.apps.booking.models import Demande
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from tests.apps.booking.service import reached_by_phone
from tests.web.commune.conftest import plain, words
from tests.web.counting import queries_of
from tests.web.desk.conftest import logged_in_as, sent

pytestmark = pytest.mark.django_db
LIST = "/mairie/demandes/"


def ask(commune: Commune, name: str = "Exemple", *, sender: int = 1) -> Demande:
    return ask_demande(
        actor=PUBLIC,
        commune=commune,
        person=reached_by_phone(name),
        address=f"198.51.100.{sender}",
        key=uuid.uuid4(),
        call_back=True,
        with_consent=True,
    )


@pytest.fixture
def asked(visit: Visit, oisy: Commune) -> Demande:
    """Jean asked Oisy from its page."""
    return ask(oisy)


@pytest.fixture
def page(asked: Demande) -> str:
    return f"{LIST}{asked.uid}/"


def test_a_request_to_confirm_is_told_on_each_page_and_stands_first(desk: Client, asked: Demande) -> None:
    assert "une demande du site à confirmer" in words(desk, "/mairie/")
    assert '1<span class="hidden"> en attente' in desk.get(LIST).content.decode()
    assert "À confirmer" in words(desk, LIST)
    assert "Jean Exemple" in words(desk, LIST)


def test_the_desk_reads_how_to_answer_and_who_asked(desk: Client, page: str) -> None:
    text = words(desk, page)

    assert "préfère être rappelée : 06 12 34 56 78" in text
    assert "Demandé par quelqu’un qui l’aide, avec son accord." in text
    assert "Les prochains passages" not in text


def test_a_confirmed_request_is_proposed_what_there_is(desk: Client, page: str, asked: Demande) -> None:
    text = sent(desk, f"{page}clore/confirmee/")

    assert "La demande est confirmée" in text
    assert "Les prochains passages" in text
    assert "confirmé par la mairie" in text


def test_a_request_is_declined_in_a_few_words(desk: Client, page: str, asked: Demande) -> None:
    refused = sent(desk, f"{page}decliner/", word="")
    told = sent(desk, f"{page}decliner/", word="Le CCAS vous reçoit mardi")
    asked.refresh_from_db()

    assert "Écrire en quelques mots" in refused
    assert "déclinée : « Le CCAS vous reçoit mardi »" in told
    assert asked.state == "declined"
    assert "a déjà sa réponse" in words(desk, f"{page}decliner/")


def test_another_mairie_finds_nothing(neighbour: Client, page: str) -> None:
    assert [neighbour.get(path).status_code for path in (page, f"{page}decliner/")] == [404, 404]


def test_what_was_typed_is_shown_as_text(desk: Client, oisy: Commune) -> None:
    row = ask(oisy, "<script>alert(1)</script>")

    for path in (LIST, f"{LIST}{row.uid}/", f"{LIST}{row.uid}/decliner/"):
        page = desk.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<script>alert(1)</script>" in plain(page)


def test_the_coordination_sees_how_many_without_a_name(asked: Demande, coordinator: User) -> None:
    client = logged_in_as(coordinator)

    pages = [words(client, path) for path in ("/pilotage/service/demandes/", "/pilotage/accueil/59446/demandes/")]

    assert "À confirmer" in pages[0]
    assert not any("Jean" in page for page in pages)


def test_ten_cost_as_many_queries_as_one(desk: Client, asked: Demande, oisy: Commune) -> None:
    few = queries_of(desk, LIST)

    for number in range(10):
        ask(oisy, sender=number)

    assert queries_of(desk, LIST) == few
