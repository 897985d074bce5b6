"""Batches of documents in the pages: asked for, followed, fetched; and the public page that recognises a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.batching import make_documents
from escale.apps.documents.batches import KEPT_FOR, clear_archives
from escale.apps.documents.models import Batch, FileContent
from tests.apps.conventions.filed import filed
from tests.apps.conventions.paper import drafted, frozen, in_force
from tests.apps.documents.scans import given, pdf
from tests.web.cast import Cast
from tests.web.conventions.telling import words_of

PAGE = "/pilotage/conventions/lots/"
ASKED = {"document": "convention", "group": "all", "formats": ["pdf"]}


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.coordinator)


def test_a_batch_is_followed_until_its_archive_is_there(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    drafted(cast.epci, cast.denain)

    waiting = client.post(PAGE, ASKED, follow=True)
    assert "2 documents à produire." in words_of(waiting)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    batch = Batch.objects.get()
    assert client.get(f"{PAGE}{batch.pk}/archive/").status_code == 404

    make_documents(batch.pk)

    ready = client.get(f"{PAGE}{batch.pk}/")
    assert "1 document sur 2 est prêt" in words_of(ready)
    assert "convention-denain" in words_of(ready)
    assert "hx-trigger" not in ready.content.decode()
    archive = client.get(f"{PAGE}{batch.pk}/archive/")
    assert archive.headers["Content-Type"] == "application/zip"
    assert archive.headers["Content-Disposition"].startswith("attachment;")


def test_a_second_batch_waits_for_the_first_one(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    client.post(PAGE, ASKED)

    page = words_of(client.post(PAGE, ASKED))

    assert "Un lot de documents est déjà en cours" in page
    assert Batch.objects.count() == 1


def test_a_batch_asks_for_a_format_and_for_a_convention(client: Client, cast: Cast) -> None:
    assert "Cocher au moins un format." in words_of(client.post(PAGE, {**ASKED, "formats": []}))
    assert "Aucune convention n’est dans ce cas" in words_of(client.post(PAGE, ASKED))


def test_an_archive_that_is_gone_says_how_to_have_it_again(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    client.post(PAGE, ASKED)
    batch = Batch.objects.get()
    make_documents(batch.pk)
    clear_archives(actor=SYSTEM, now=timezone.now() + KEPT_FOR + dt.timedelta(hours=1))

    assert "L’archive n’est plus gardée" in words_of(client.get(f"{PAGE}{batch.pk}/"))


class TestCheckingAFile:
    """The public page."""

    @pytest.fixture
    def anyone(self) -> Client:
        return Client()

    def test_a_public_paper_is_named(self, anyone: Client, cast: Cast) -> None:
        filed(in_force(cast.epci, cast.oisy), words="signé")

        page = words_of(anyone.post("/verifier/", {"file": given(pdf("signé"))}))

        assert "Oui, ce fichier est gardé ici" in page
        assert "Exemplaire signé , convention avec Oisy" in page

    def test_its_hash_alone_says_the_same(self, anyone: Client, cast: Cast) -> None:
        paper = filed(in_force(cast.epci, cast.oisy))

        page = words_of(anyone.post("/verifier/", {"typed": f" {paper.file.sha256.upper()} "}))

        assert "Exemplaire signé , convention avec Oisy" in page

    def test_a_paper_of_the_parties_is_known_and_no_more(self, anyone: Client, cast: Cast) -> None:
        filed(frozen(cast.epci, cast.oisy), words="non notifiée")

        page = words_of(anyone.post("/verifier/", {"file": given(pdf("non notifiée"))}))

        assert "Cette pièce n’est pas publique" in page
        assert "Oisy" not in page

    def test_another_file_is_not_known_and_is_not_kept(self, anyone: Client, cast: Cast) -> None:
        page = words_of(anyone.post("/verifier/", {"file": given(pdf("autre"))}))

        assert "Non, ce fichier n’est pas connu ici" in page
        assert not FileContent.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({}, "Choisir un fichier, ou copier son empreinte."),
            ({"typed": "abc"}, "Ce n’est pas une empreinte SHA-256"),
            ({"typed": "a" * 500}, "C’est trop long pour une empreinte"),
        ],
    )
    def test_what_is_no_question_is_told_in_words(self, anyone: Client, db: None, typed: dict[str, str], told: str) -> None:
        assert told in words_of(anyone.post("/verifier/", typed))

    def test_a_file_that_is_too_large_is_refused(self, anyone: Client, db: None) -> None:
        page = words_of(anyone.post("/verifier/", {"file": given(b"0" * 11_000_000)}))

        assert "Ce fichier pèse 11 Mo" in page
