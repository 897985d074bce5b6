"""The steps that end a convention before its term: a mise en demeure first, then each way to end it, each with its document."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.signing import name_signatory
from escale.apps.conventions.models import (
    Convention,
    Gender,
    Ground,
    MiseEnDemeure,
    Paper,
    PaperKind,
    Party,
    Signatory,
    Termination,
)
from escale.apps.schedule.models import Participation
from escale.apps.territory.actions import set_setting
from tests.apps.conventions.paper import day, in_force, letter
from tests.web.cast import Cast
from tests.web.commune.conftest import pdf
from tests.web.conventions.steps.taking import address, mistakes, nothing_written, preview_of, refused, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

BREACH: dict[str, Any] = {
    "author": "epci",
    "articles": ["3-1", "7"],
    "breach": "Le 2 septembre, le bureau était ouvert sur le hall.",
    "expected": "Un bureau fermé aux jours des passages.",
}
POSTED: dict[str, Any] = {"channel": "LRAR", "number": "1A 555 666 7778 8", "sent": "2026-11-16", "delivered": "2026-11-18"}
ACT = "délibération du Bureau n° B26/090 du 9 novembre 2026"


@pytest.fixture
def convention(cast: Cast) -> Convention:
    convention = in_force(cast.epci, cast.oisy)
    names: Any = {"first_name": "Alix", "last_name": "Exemple", "gender": Gender.FEMININE, "starts": day("2026-03-27")}
    name_signatory(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, title="Maire", **names)
    for key, value in (("EPCI_SEAT", "Site minier, 59135 Wallers"), ("COORDINATION_PHONE", "03 53 01 00 00")):
        set_setting(actor=SYSTEM, epci=cast.epci, key=key, value=value)
    cast.oisy.postal_codes = ["59195"]
    cast.oisy.save()
    return convention


def put_on_notice(client: Client, convention: Convention, sent: str, delivered: str) -> MiseEnDemeure:
    letter: dict[str, Any] = {
        "channel": "LRAR",
        "number": f"MED{sent}",
        "sent": sent,
        "delivered": delivered,
        "proof": "avis de réception",
    }
    take(client, convention, "mettre-en-demeure", **BREACH, **letter)
    return MiseEnDemeure.objects.get()


def ends(convention: Convention) -> tuple[object, str]:
    convention.refresh_from_db()
    return convention.ends_on, convention.ground


def test_a_mise_en_demeure_is_prepared_sent_and_gives_its_exact_last_day(client: Client, convention: Convention) -> None:
    page = preview_of(client, convention, "preparer-mise-en-demeure", **BREACH)
    assert "Reçue le 23 novembre 2026, elle laisserait jusqu’au mercredi 23 décembre 2026 inclus." in page
    take(client, convention, "preparer-mise-en-demeure", **BREACH)
    paper = Paper.objects.get()
    asked = text_of(client.get(address(convention, "mettre-en-demeure")))
    assert "Le 2 septembre, le bureau était ouvert sur le hall." in asked
    assert "Article 3-1 : Obligations de la Commune" in asked
    assert "Article 3 : Obligations" not in asked

    told = take(client, convention, "mettre-en-demeure", **BREACH, **{**POSTED, "delivered": "2026-11-20"}, paper=str(paper.pk))

    # 20 December is a Sunday: the month rolls to the Monday, in favour of the commune.
    assert "L’autre partie a jusqu’au lundi 21 décembre 2026 inclus pour régulariser." in told
    assert "résiliée à partir du mardi 22 décembre 2026" in told
    paper.refresh_from_db()
    assert paper.notification == MiseEnDemeure.objects.get().notification


def test_a_mise_en_demeure_says_what_is_wrong(client: Client, convention: Convention) -> None:
    typed = {**POSTED, "author": "epci"}

    assert refused(client, convention, "mettre-en-demeure", **typed) == [
        "Choisir au moins un article.",
        "Dire les faits, avec leurs dates.",
        "Dire ce qui est attendu de l’autre partie.",
    ]


def test_it_is_closed_once_things_are_right_or_left_with_reasons(client: Client, convention: Convention) -> None:
    put_on_notice(client, convention, "2026-10-14", "2026-10-16")
    closed: dict[str, Any] = {"closed_on": "2026-11-10", "reasons": ""}
    assert refused(client, convention, "clore-la-mise-en-demeure", outcome="dropped", **closed) == [
        "Dire pourquoi la mise en demeure est classée."
    ]

    told = take(client, convention, "clore-la-mise-en-demeure", outcome="cured", **closed)

    assert "La mise en demeure est suivie d’effet." in told
    assert client.get(address(convention, "resilier-pour-manquement")).status_code == 302


def test_a_breach_ends_it_only_once_the_month_has_run(client: Client, convention: Convention) -> None:
    put_on_notice(client, convention, "2026-10-14", "2026-10-16")
    typed = {**POSTED, "last_day": "2026-11-30"}
    early = {**typed, "sent": "2026-11-16", "delivered": ""}
    assert refused(client, convention, "resilier-pour-manquement", **early) == [
        "La mise en demeure court jusqu’au 16 novembre 2026 inclus : résilier à partir du mardi 17 novembre 2026 (art. 5-2)."
    ]

    late = {**typed, "sent": "2026-11-17", "delivered": "2026-11-19"}
    with nothing_written():
        page = preview_of(client, convention, "resilier-pour-manquement", **late)
    # Two months « francs » from 19 November: 20 January 2027.
    assert "contestée devant le tribunal administratif jusqu’au mercredi 20 janvier 2027 inclus" in page
    assert "un recours gracieux n’arrête pas ce délai" in page
    missing = text_of(client.post(address(convention, "resilier-pour-manquement"), {**late, "do": "confirm"}))
    assert mistakes(missing) == ["Joindre la décision : elle est écrite (art. 5-2)."]

    take(client, convention, "resilier-pour-manquement", files={"file": pdf("decision.pdf")}, **late)

    assert ends(convention) == (day("2026-11-30"), Ground.BREACH)
    assert Termination.objects.get().document == "decision.pdf"
    assert Participation.objects.get().ends == day("2026-11-30")


def test_the_decision_is_prepared_with_what_it_rests_on(client: Client, convention: Convention) -> None:
    notice = put_on_notice(client, convention, "2026-10-14", "2026-10-16")
    said: dict[str, Any] = {
        "reasons": "Le bureau est toujours ouvert sur le hall.",
        "act": ACT,
        "last_day": "2026-11-30",
        "author": "epci",
    }
    assert refused(client, convention, "preparer-resiliation", ground="breach", notice="", **said) == [
        "Une résiliation pour manquement suit une mise en demeure restée sans effet (art. 5-2) ; l’envoyer d’abord."
    ]
    take(client, convention, "preparer-resiliation", ground="breach", notice=str(notice.pk), **said)
    paper = Paper.objects.get(kind=PaperKind.TERMINATION)
    typed = {**POSTED, "sent": "2026-11-17", "delivered": "2026-11-19", "last_day": "2026-11-30", "paper": str(paper.pk)}

    take(client, convention, "resilier-pour-manquement", **typed)

    row = Termination.objects.get()
    paper.refresh_from_db()
    assert row.document == paper.file.name
    assert paper.notification == row.notification


def test_both_end_it_by_one_document(client: Client, convention: Convention) -> None:
    president, mayor = (Signatory.objects.filter(ends=None, commune=commune).get() for commune in (None, convention.commune))
    typed = {
        "epci_signatory": president.pk,
        "epci_signed_on": "2026-11-10",
        "commune_signatory": mayor.pk,
        "commune_signed_on": "2026-11-12",
        "last_day": "2026-12-31",
    }
    early = {**typed, "last_day": "2026-11-11"}
    assert "ne peut s’arrêter avant le 12 novembre 2026" in refused(client, convention, "resilier-d-un-commun-accord", **early)[0]

    shown = preview_of(client, convention, "resilier-d-un-commun-accord", **typed)
    assert "L’accord signé" in shown
    assert 'L’accord signé <span class="soft">(facultatif)' not in shown
    told = take(client, convention, "resilier-d-un-commun-accord", files={"file": pdf("accord.pdf")}, **typed)

    assert "La convention s’arrête le 31 décembre 2026 : commun accord (art. 5-2)." in told
    assert ends(convention) == (day("2026-12-31"), Ground.AGREEMENT)
    assert Participation.objects.get().ends == day("2026-12-31")
    # A second end is not offered any more.
    assert client.get(address(convention, "resilier-d-un-commun-accord")).status_code == 302


def test_the_general_interest_is_written(client: Client, convention: Convention) -> None:
    typed = {**POSTED, "author": "epci", "last_day": "2027-01-31"}
    step = "resilier-pour-l-interet-general"
    assert refused(client, convention, step, **typed) == ["Écrire le motif d’intérêt général."]

    take(client, convention, step, files={"file": pdf()}, **typed, reasons="La cause de la convention a disparu.")

    assert ends(convention) == (day("2027-01-31"), Ground.GENERAL_INTEREST)
    assert Participation.objects.get().ends == day("2027-01-31")


def test_an_early_end_comes_before_the_one_that_is_certain(client: Client, convention: Convention) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2026-10-12", "2026-10-14"))
    typed = {**POSTED, "author": "epci", "last_day": "2027-07-31", "reasons": "La cause a disparu."}

    assert refused(client, convention, "resilier-pour-l-interet-general", **typed) == [
        "La convention s’arrête déjà le 30 juin 2027 : donner ce jour-là, ou un jour plus tôt."
    ]


def test_a_judgment_annuls_it_with_its_paper(client: Client, convention: Convention) -> None:
    typed = {"document": "TA Lille, n° 2600001", "judged_on": "2026-11-20"}

    take(client, convention, "annuler", files={"file": pdf("jugement.pdf")}, **typed)

    assert ends(convention) == (day("2026-11-19"), Ground.ANNULMENT)
    assert Paper.objects.get().kind == PaperKind.JUDGMENT
    assert Participation.objects.get().ends == day("2026-11-19")


def test_a_judgment_on_one_that_had_ended_does_not_make_it_go_on(
    client: Client, convention: Convention, settings: Settings
) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2026-10-12", "2026-10-14"))
    settings.ESCALE_TODAY = day("2027-09-10")

    typed = {"document": "TA Lille, n° 2600001", "judged_on": "2027-09-02"}
    take(client, convention, "annuler", files={"file": pdf("jugement.pdf")}, **typed)

    assert ends(convention) == (day("2027-06-30"), Ground.ANNULMENT)
    assert Participation.objects.get().ends == day("2027-06-30")
