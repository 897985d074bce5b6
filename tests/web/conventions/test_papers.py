"""The pages of the papers: what is kept, what waits, what can be made; files leave as attachments, and come in judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.signing import name_signatory
from escale.apps.conventions.kept import corrected_draft
from escale.apps.conventions.models import Convention, Gender, Paper, PaperKind, Party
from tests.apps.conventions.filed import filed
from tests.apps.conventions.paper import drafted, frozen, in_force, signatories
from tests.apps.documents.scans import docx, given, odt, pdf, png
from tests.web.cast import Cast
from tests.web.conventions.telling import shown, words_of
from tests.web.counting import queries_of


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.coordinator)


def address(convention: Convention, rest: str = "pieces/") -> str:
    return f"/pilotage/conventions/{convention.pk}/{rest}"


def test_an_empty_file_says_what_will_be_there(client: Client, cast: Cast) -> None:
    page = shown(client, address(drafted(cast.epci, cast.oisy)))

    assert "Rien n’est encore au dossier" in page
    assert "Déposer une pièce" in page


def test_what_a_text_lacks_is_listed_with_where_it_is_filled_in(client: Client, cast: Cast) -> None:
    page = shown(client, address(drafted(cast.epci, cast.oisy)))

    assert "Il manque, pour pouvoir le produire" in page
    assert "Signataire de la commune" in page
    assert "les signataires et les actes sur la page de la convention" in page


def test_a_paper_stands_in_the_list_with_its_date_its_author_and_its_hash(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    paper = filed(convention, actor=cast.coordinator)

    page = shown(client, address(convention))

    assert "Exemplaire signé" in page
    assert f"par {cast.coordinator.name}" in page
    assert "lundi 23 novembre 2026" in page
    assert paper.file.sha256[:8] in page


def test_the_list_asks_the_same_number_of_queries_whatever_its_length(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    filed(convention, words="0")
    few = queries_of(client, address(convention))
    for number in range(10):
        filed(convention, words=str(number + 1))

    assert queries_of(client, address(convention)) == few


def test_a_paper_leaves_as_an_attachment_that_no_browser_runs(client: Client, cast: Cast) -> None:
    paper = filed(in_force(cast.epci, cast.oisy), name="Délibération « 7 ».pdf", words="le texte")

    response = client.get(f"/pilotage/conventions/pieces/{paper.pk}/")

    assert response.content == pdf("le texte")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''D%C3%A9lib%C3%A9ration")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_paper_that_is_filed_is_on_the_page(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    typed = {"kind": "deliberation", "filed_for": "commune", "file": given(png(), "délibération.png"), "note": "scan"}

    response = client.post(address(convention, "pieces/deposer/"), typed, follow=True)

    assert "La pièce est au dossier" in words_of(response)
    paper = Paper.objects.get()
    assert (paper.kind, paper.file.name, paper.file.media_type) == (PaperKind.DELIBERATION, "délibération.png", "image/png")


def test_a_file_that_lies_is_refused_beside_its_field(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    typed = {"kind": "deliberation", "filed_for": "commune", "file": given(b"<html></html>", "scan.pdf")}

    page = words_of(client.post(address(convention, "pieces/deposer/"), typed))

    assert "n’est pas un PDF, malgré son nom" in page
    assert not Paper.objects.exists()


def test_a_scan_that_is_too_large_is_refused_in_words(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    typed = {"kind": "deliberation", "filed_for": "commune", "file": given(b"0" * 30_000_000)}

    page = words_of(client.post(address(convention, "pieces/deposer/"), typed))

    assert "Ce fichier pèse 30 Mo, la limite est de 10 Mo." in page


def test_an_old_day_asks_for_its_note_beside_it(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    typed = {"kind": "deliberation", "filed_for": "commune", "file": given(pdf()), "filed_on": "2026-01-05"}

    response = client.post(address(convention, "pieces/deposer/"), typed)

    assert "id_note_error" in response.content.decode()


def test_what_a_mairie_filed_is_checked_or_sent_back(client: Client, cast: Cast) -> None:
    convention = frozen(cast.epci, cast.oisy)
    good = filed(convention, PaperKind.DELIBERATION, actor=cast.referent, words="1")
    bad = filed(convention, PaperKind.DELIBERATION, actor=cast.referent, words="2")
    assert "À vérifier" in shown(client, address(convention))

    client.post(f"/pilotage/conventions/pieces/{good.pk}/accepter/")
    client.post(f"/pilotage/conventions/pieces/{bad.pk}/renvoyer/", {"why": "La page 2 manque."})

    page = shown(client, address(convention))
    assert "À vérifier" not in page
    assert "La page 2 manque." in page
    again = client.post(f"/pilotage/conventions/pieces/{good.pk}/accepter/", follow=True)
    assert "déjà vérifiée ou renvoyée" in words_of(again)


def test_sending_back_asks_why(client: Client, cast: Cast) -> None:
    paper = filed(frozen(cast.epci, cast.oisy), PaperKind.DELIBERATION, actor=cast.referent)

    page = words_of(client.post(f"/pilotage/conventions/pieces/{paper.pk}/renvoyer/", {"why": " "}))

    assert "Dire en quelques mots ce qui ne va pas." in page


@pytest.mark.parametrize(("form", "sign"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04"), ("odt", b"PK\x03\x04")])
def test_a_document_is_made_in_each_format(client: Client, cast: Cast, form: str, sign: bytes) -> None:
    convention = in_force(cast.epci, cast.oisy)

    response = client.get(address(convention, f"produire/convention/{form}/"))

    assert response.status_code == 200
    assert response.content.startswith(sign)
    assert response.headers["Content-Disposition"] == f'attachment; filename="convention-oisy-59446.{form}"'


def test_a_text_that_is_frozen_is_given_as_it_was_kept(client: Client, cast: Cast) -> None:
    convention = frozen(cast.epci, cast.oisy)
    text = filed(convention, PaperKind.TEXT, filed_for=Party.EPCI)

    response = client.get(address(convention, "produire/convention/pdf/"))

    assert (response.status_code, response.headers["Location"]) == (302, f"/pilotage/conventions/pieces/{text.pk}/")


def test_a_document_that_lacks_something_is_not_made_and_says_all_that_it_lacks(client: Client, cast: Cast) -> None:
    response = client.get(address(drafted(cast.epci, cast.oisy), "produire/convention/pdf/"))

    assert response.status_code == 409
    assert "Rien n’a été produit. Il manque" in words_of(response)


@pytest.mark.parametrize("rest", ["produire/convention/exe/", "produire/inconnu/pdf/", "produire/avenant-7/pdf/"])
def test_what_is_no_document_is_not_found(client: Client, cast: Cast, rest: str) -> None:
    assert client.get(address(in_force(cast.epci, cast.oisy), rest)).status_code == 404


def test_the_file_of_the_lawyer_replaces_the_text_and_shows_what_it_changes(client: Client, cast: Cast) -> None:
    convention = drafted(cast.epci, cast.oisy)
    signatories(cast.epci, cast.oisy)
    signatories_of_today(convention)
    path = address(convention, "pieces/texte/")

    response = client.post(path, {"file": given(docx("Une clause nouvelle."), "corrigé.docx"), "note": "article 9"}, follow=True)

    page = words_of(response)
    assert "remplace le texte produit" in page
    assert "Ce que le fichier change au texte produit" in page
    assert "<ins>Une clause nouvelle.</ins>" in response.content.decode()
    assert "corrigé.docx" in shown(client, address(convention))

    client.post(address(convention, "pieces/texte/revenir/"), {"retour-why": "le texte voté suffit"})

    assert corrected_draft(convention) is None


def signatories_of_today(convention: Convention) -> None:
    """Name a mayor who is in office today: the one of before has left."""
    name_signatory(
        actor=SYSTEM,
        epci=convention.epci,
        commune=convention.commune,
        first_name="Dominique",
        last_name="Exemple",
        title="Maire",
        gender=Gender.MASCULINE,
        starts=dt.date(2026, 3, 21),
    )


def test_a_file_of_the_lawyer_that_is_no_text_is_refused(client: Client, cast: Cast) -> None:
    convention = drafted(cast.epci, cast.oisy)

    page = words_of(client.post(address(convention, "pieces/texte/"), {"file": given(png(), "a.png"), "note": "x"}))

    assert "qui n’est pas accepté ici" in page


def test_a_pdf_of_the_lawyer_is_kept_but_not_compared(client: Client, cast: Cast) -> None:
    convention = drafted(cast.epci, cast.oisy)

    response = client.post(address(convention, "pieces/texte/"), {"file": given(pdf()), "note": "x"}, follow=True)

    assert "Un PDF ne se compare pas" in words_of(response)


def test_a_text_that_lacks_something_is_compared_later(client: Client, cast: Cast) -> None:
    convention = drafted(cast.epci, cast.oisy)

    response = client.post(address(convention, "pieces/texte/"), {"file": given(odt(), "a.odt"), "note": "x"}, follow=True)

    assert "Il manque :" in words_of(response)


def test_a_frozen_text_is_replaced_by_nothing(client: Client, cast: Cast) -> None:
    convention = frozen(cast.epci, cast.oisy)

    assert "Ce texte est figé" in shown(client, address(convention, "pieces/texte/"))
    assert "Remplacer le texte produit" not in shown(client, address(convention))
