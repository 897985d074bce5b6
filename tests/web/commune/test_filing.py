"""What a mairie files: judged by its bytes, kept until it is checked, downloaded by those alone who may read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.checking import check_deliberation, check_signed_copy
from escale.apps.conventions.actions.filing import send_paper_back
from escale.apps.conventions.models import Convention, Paper, PaperKind, Party
from escale.apps.conventions.queries import executory_on, recorded
from tests.apps.conventions.paper import day, frozen, refusal, signatories, voted
from tests.web.cast import Cast
from tests.web.commune.conftest import PDF, pdf, plain, words

TYPED: dict[str, Any] = {"held_on": "2026-11-12", "number": "2026-41", "transmitted_on": "2026-11-16", "receipt": "AR-41"}


@pytest.fixture
def convention(cast: Cast) -> Convention:
    return frozen(cast.epci, cast.oisy)


def deposit(client: Client, convention: Convention, kind: str = "deliberation", **typed: object) -> str:
    """File something and return what is told, on one line."""
    response = client.post(f"/mairie/convention/{convention.pk}/deposer/{kind}/", typed, follow=True)
    assert response.status_code == 200
    return plain(response.content.decode())


def test_a_deliberation_waits_for_the_coordination(referent: Client, convention: Convention) -> None:
    text = deposit(referent, convention, **TYPED, file=pdf())

    assert "C’est déposé." in text
    assert "Délibération déposée le 23 novembre 2026" in text
    paper = Paper.objects.get()
    assert (paper.kind, paper.filed_for, paper.waits) == (PaperKind.DELIBERATION, Party.COMMUNE, True)
    assert paper.values == TYPED


def test_it_is_recorded_in_one_go_from_what_was_typed(referent: Client, convention: Convention) -> None:
    deposit(referent, convention, **TYPED, file=pdf())
    paper = Paper.objects.get()

    act = check_deliberation(
        actor=SYSTEM,
        paper=paper,
        number="2026-41",
        held_on=day("2026-11-12"),
        transmitted_on=day("2026-11-16"),
        receipt="AR-41",
        published_on=day("2026-11-17"),
    )

    paper.refresh_from_db()
    assert (paper.waits, paper.act) == (False, act)
    (row,) = recorded(Convention.objects.all())
    assert executory_on(row, Party.COMMUNE) == day("2026-11-17")
    assert "Faire voter" not in words(referent)


def test_a_second_copy_with_the_stamp_completes_the_same_act(referent: Client, convention: Convention) -> None:
    deposit(referent, convention, held_on="2026-11-12", number="2026-41", file=pdf())
    first = check_deliberation(actor=SYSTEM, paper=Paper.objects.get(), number="2026-41", held_on=day("2026-11-12"))
    assert "Déposer la délibération n° 2026-41 avec la preuve de sa transmission" in words(referent)
    deposit(referent, convention, **TYPED, file=pdf("timbree.pdf"))
    stamped: Any = {"number": "2026-41", "transmitted_on": day("2026-11-16"), "published_on": day("2026-11-16")}

    with refusal("E_ACT_KNOWN", "held_on"):
        check_deliberation(actor=SYSTEM, paper=Paper.objects.latest("pk"), held_on=day("2026-11-13"), **stamped)
    second = check_deliberation(actor=SYSTEM, paper=Paper.objects.latest("pk"), held_on=day("2026-11-12"), **stamped)

    assert first == second
    assert second.executory_on == day("2026-11-16")


def test_one_that_is_sent_back_says_why_and_is_filed_again(referent: Client, convention: Convention) -> None:
    deposit(referent, convention, **TYPED, file=pdf())
    send_paper_back(actor=SYSTEM, paper=Paper.objects.get(), why="La page 2 manque.")

    text = words(referent)

    assert "La pièce déposée vous a été renvoyée : La page 2 manque." in text
    assert "Déposer la délibération" in text


def test_the_signed_copy_records_the_signature(cast: Cast, referent: Client) -> None:
    convention = voted(cast.epci, cast.oisy)
    _, mayor = signatories(cast.epci, cast.oisy)
    mayor.ends = None
    mayor.save()
    deposit(referent, convention, "exemplaire-signe", signed_on="2026-11-20", file=pdf("signee.pdf"))
    paper = Paper.objects.get()

    with refusal("E_PAPER_KIND", "paper"):
        check_deliberation(actor=SYSTEM, paper=paper, number="1", held_on=day("2026-11-20"))
    signature = check_signed_copy(actor=SYSTEM, paper=paper, signatory=mayor, signed_on=day("2026-11-20"))

    assert (signature.party, signature.reference) == (Party.COMMUNE, "signee.pdf")
    assert "Signer la convention" not in words(referent)


SCAN = SimpleUploadedFile("scan.pdf", PDF + b"0" * 30_000_000, content_type="application/pdf")
LIE = SimpleUploadedFile("deliberation.pdf", b"MZ\x90\x00 ceci est un programme", content_type="application/pdf")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({**TYPED, "file": SCAN}, "Ce fichier pèse 30 Mo, la limite est de 10 Mo."),
        ({**TYPED, "file": LIE}, "« deliberation.pdf » n’est pas un PDF, malgré son nom."),
        ({**TYPED, "file": SimpleUploadedFile("vide.pdf", b"")}, "Ce fichier est vide"),
        (TYPED, "Choisir le fichier à déposer."),
        ({**TYPED, "held_on": "2026-11-24"}, "Le 24 novembre 2026 n’est pas encore venu"),
        ({**TYPED, "held_on": "hier"}, "Cette date n’existe pas"),
        ({**TYPED, "number": ""}, "Donner le numéro de la délibération"),
    ],
    ids=["a 30 MB scan", "a .pdf that is not one", "empty", "no file", "to come", "no date", "no number"],
)
def test_what_is_not_right_is_refused_beside_its_field(
    referent: Client, convention: Convention, typed: dict[str, Any], told: str
) -> None:
    for value in typed.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)

    assert told in deposit(referent, convention, **typed)

    assert not Paper.objects.exists()


def test_a_paper_is_downloaded_by_its_mairie_alone(
    cast: Cast, referent: Client, desk: Client, convention: Convention, logged_in: Callable[[User], Client]
) -> None:
    deposit(referent, convention, **TYPED, file=pdf())
    address = f"/mairie/convention/pieces/{Paper.objects.get().pk}/"

    response = referent.get(address)

    assert response.headers["Content-Disposition"] == 'attachment; filename="deliberation.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content == PDF
    assert desk.get(address).status_code == 404
    assert logged_in(cast.mediator).get(address).status_code == 403


def test_nothing_is_filed_for_another_commune_nor_by_the_desk(cast: Cast, referent: Client, desk: Client) -> None:
    theirs = frozen(cast.epci, cast.denain)

    assert referent.get(f"/mairie/convention/{theirs.pk}/deposer/deliberation/").status_code == 404
    assert desk.get(f"/mairie/convention/{theirs.pk}/deposer/deliberation/").status_code == 404
    assert referent.get(f"/mairie/convention/{theirs.pk}/deposer/jugement/").status_code == 404
