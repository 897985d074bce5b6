"""An avenant by the guided steps: what it changes, its text, its votes, its signatures, its letter (art. 8)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from escale.apps.conventions.models import Authorisation, Avenant, Convention, Paper, Party, Signatory
from escale.apps.conventions.papers import ready_text
from escale.apps.conventions.queries import annex_on, authorisations_of, avenant_state, recorded, terms_on
from escale.core.convention.cycles.avenant import AvenantState
from tests.apps.conventions.paper import day, in_force, signatories
from tests.web.cast import Cast
from tests.web.conventions.steps.taking import address, nothing_written, preview_of, refused, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

PLANNING: dict[str, Any] = {"number": 1, "purpose": "le planning annexé", "usual_nth": "3", "usual_window": "THU_PM"}
ACT: dict[str, Any] = {
    "held_on": "2026-11-10",
    "number": "AV1",
    "transmitted_on": "2026-11-12",
    "published_on": "2026-11-13",
    "receipt": "AR-1",
    "proof": "",
}
LETTER: dict[str, Any] = {"channel": "LRAR", "number": "1A AV1", "sent": "2026-11-17", "proof": ""}


@pytest.fixture
def convention(cast: Cast) -> Convention:
    """One in force since 17 March 2025, whose people are still in office."""
    found = in_force(cast.epci, cast.oisy)
    Signatory.objects.update(ends=None)
    return found


def state(convention: Convention) -> AvenantState:
    row = Convention.objects.get(pk=convention.pk)
    return avenant_state(row.avenants.latest("number"), row, day("2026-11-23"))


def test_an_avenant_goes_from_its_clauses_to_its_effect(client: Client, convention: Convention) -> None:
    page = text_of(client.get(address(convention, "preparer-un-avenant")))
    assert "Aujourd’hui : deuxième mardi du mois, matin." in page
    assert "Aujourd’hui : sans limite." in page

    told = take(client, convention, "preparer-un-avenant", **PLANNING, term_max_renewals=2)
    assert "L’avenant n° 1 est en brouillon : il change les articles 4, 5-1." in told
    take(client, convention, "envoyer-l-avenant", on="2026-11-02", proof="")
    assert Paper.objects.filter(kind="avenant", is_made_here=True).exists()
    for kind in ("delib_cm", "delib_bureau"):
        take(client, convention, "deliberation-avenant", kind=kind, **ACT)
    assert state(convention) is AvenantState.TO_SIGN
    for person in Signatory.objects.all():
        take(client, convention, "signer-l-avenant", signatory=person.pk, signed_on="2026-11-16", method="PAPIER", proof="")
    take(client, convention, "notifier-l-avenant", **LETTER)
    assert state(convention) is AvenantState.SIGNED
    fate: dict[str, Any] = {"presented": "2026-11-18", "delivered": "2026-11-19", "proof": ""}
    with nothing_written():
        shown = preview_of(client, convention, "suivre-la-lettre", **fate)
    take(client, convention, "suivre-la-lettre", **fate)

    assert "<strong>troisième jeudi du mois, après-midi</strong>" in shown
    assert "<strong>en vigueur, effet le 19 novembre 2026</strong>" in shown
    assert "exécutoire le" not in shown
    assert '<span class="soft">sans limite</span>' in shown
    row = Convention.objects.get(pk=convention.pk)
    assert annex_on(row, day("2026-11-23")) == {"nth": 3, "weekday": 3, "half": "PM"}
    assert terms_on(row, day("2026-11-23")).max_renewals == 2


def test_an_avenant_waits_for_someone_who_signs_and_leads_to_naming_them(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-un-avenant", **PLANNING, term_max_renewals=2)
    Signatory.objects.filter(commune__isnull=False).update(ends=day("2026-03-20"))

    page = text_of(client.get(address(convention, "envoyer-l-avenant")))

    assert "Qui signe pour la commune" in page
    assert address(convention, "nommer-un-signataire") in page
    assert "Compléter le texte" not in page


def test_acts_that_hold_for_avenants_lead_straight_to_the_signature(client: Client, convention: Convention) -> None:
    Authorisation.objects.update(covers_avenants=True)
    take(client, convention, "preparer-un-avenant", **PLANNING)

    take(client, convention, "envoyer-l-avenant", on="2026-11-20", proof="")

    assert state(convention) is AvenantState.TO_SIGN
    answer = client.get(address(convention, "deliberation-avenant"), follow=True)
    assert "cela ne se fait pas maintenant" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": 3}, "Les avenants se numérotent de 1 en 1, sans en sauter : celui-ci est le n° 1"),
        ({"usual_window": ""}, "Un jour habituel est une semaine du mois et une demi-journée."),
        ({"article_1": "9"}, "Écrire la nouvelle rédaction de cet article."),
        ({"wording_1": "La médiation."}, "Dire de quel article c’est la nouvelle rédaction."),
        ({"term_session_minutes": "120"}, "Durée d’une demi-journée : la demi-journée dure"),
        ({"term_evaluation_schedule_months": "six"}, "Écrire des nombres séparés par des virgules, comme « 6, 12, 24 »."),
        ({"purpose": ""}, "Dire l’objet de l’avenant."),
    ],
)
def test_what_no_avenant_may_be_is_refused(client: Client, convention: Convention, typed: dict[str, object], told: str) -> None:
    with nothing_written():
        found = refused(client, convention, "preparer-un-avenant", **{**PLANNING, **typed})

    assert told in found[0]


def test_an_avenant_that_changes_nothing_is_refused(client: Client, convention: Convention) -> None:
    (told,) = refused(client, convention, "preparer-un-avenant", number=1, purpose="Rien")

    assert "Dire ce que l’avenant change" in told


def test_the_text_that_the_model_holds_ready_is_offered_with_its_articles(client: Client, convention: Convention) -> None:
    page = text_of(client.get(address(convention, "preparer-un-avenant")))
    told = take(client, convention, "preparer-un-avenant", number=1, which="ready")

    assert "L’avenant n° 1 préparé avec la « Convention de médiation numérique, texte de 2025 »" in page
    assert "(articles 10, 4, 9)" in page
    assert "il change les articles 10, 4, 9." in told
    assert ready_text(Avenant.objects.get()) is not None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"purpose": "le planning annexé"}, "L’avenant préparé a déjà son objet"),
        ({"article_1": "9", "wording_1": "Les parties se parlent."}, "L’avenant préparé est déjà rédigé"),
    ],
)
def test_the_ready_text_is_taken_as_it_is(client: Client, convention: Convention, typed: dict[str, object], told: str) -> None:
    with nothing_written():
        found = refused(client, convention, "preparer-un-avenant", number=1, which="ready", **typed)

    assert told in found[0]


def test_a_draft_is_corrected_and_keeps_its_number(client: Client, convention: Convention) -> None:
    worded: dict[str, Any] = {"article_1": "9", "wording_1": "Les parties se parlent.", "term_max_renewals": "2"}
    take(client, convention, "preparer-un-avenant", **PLANNING, **worded, stated="2027-01-01")

    page = client.get(address(convention, "corriger-l-avenant"))
    form = page.context["form"]
    kept = {field.name: field.value() for field in form.questions if field.value() not in (None, "", False)}
    told = take(
        client, convention, "corriger-l-avenant", **kept | {"purpose": "l’article 9", "usual_nth": "", "usual_window": ""}
    )

    assert kept == {
        **{name: value for name, value in PLANNING.items() if name != "number"},
        **worded,
        "term_max_renewals": 2,
        "stated": day("2027-01-01"),
        "which": "other",
        "avenant": Avenant.objects.get().pk,
    }
    assert "Le brouillon de l’avenant n° 1 est corrigé : il change les articles 5-1, 9." in told
    row = Avenant.objects.get()
    assert (row.number, row.purpose, row.stated_on) == (1, "l’article 9", day("2027-01-01"))
    assert [(one.article, one.new, one.wording) for one in row.clauses.all()] == [
        ("5-1", 2, ""),
        ("9", None, "Les parties se parlent."),
    ]


def test_the_address_says_which_of_two_drafts_is_corrected(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-un-avenant", number=1, which="ready")
    take(client, convention, "preparer-un-avenant", number=2, purpose="Préavis", term_max_renewals=2)
    first, second = Avenant.objects.order_by("number")

    pages = [client.get(address(convention, "corriger-l-avenant"), {"avenant": one.pk}) for one in (first, second)]

    assert [page.context["form"]["avenant"].value() for page in pages] == [str(first.pk), str(second.pk)]
    assert f'<a href="?avenant={second.pk}">Corriger plutôt l’avenant n° 2</a>' in text_of(pages[0])
    assert [page.context["form"]["which"].value() for page in pages[:1]] == ["ready"]
    assert 'name="which"' not in text_of(pages[1])
    take(client, convention, "corriger-l-avenant", avenant=first.pk, which="other", purpose="Cure", term_cure_period_months=2)
    assert list(Avenant.objects.order_by("number").values_list("purpose", flat=True)) == ["Cure", "Préavis"]


def test_an_avenant_comes_back_from_the_assemblies(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-un-avenant", **PLANNING)
    take(client, convention, "envoyer-l-avenant", on="2026-11-02", proof="")
    take(client, convention, "deliberation-avenant", kind="delib_cm", **ACT)

    told = take(client, convention, "reprendre-l-avenant", reason="Une erreur de jour.")

    assert "L’avenant n° 1 est de nouveau un brouillon." in told
    assert state(convention) is AvenantState.DRAFT
    take(client, convention, "corriger-l-avenant", **{**PLANNING, "usual_nth": "1"}, avenant=Avenant.objects.get().pk)
    take(client, convention, "envoyer-l-avenant", on="2026-11-20", proof="")
    assert state(convention) is AvenantState.IN_DELIBERATION
    row = recorded(Convention.objects.filter(pk=convention.pk)).get()
    assert authorisations_of(row, Party.COMMUNE, Avenant.objects.get()) == []


def test_two_avenants_on_one_article_do_not_run_together(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-un-avenant", **PLANNING)
    take(client, convention, "envoyer-l-avenant", on="2026-11-20", proof="")
    take(client, convention, "preparer-un-avenant", **{**PLANNING, "number": 2})

    (told,) = refused(client, convention, "envoyer-l-avenant", on="2026-11-20", proof="")

    assert "avenant n° 1, article 4" in told


def test_an_avenant_is_given_up_and_keeps_its_number(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-un-avenant", **PLANNING)

    take(client, convention, "abandonner-l-avenant", reason="Remis à plus tard.")

    assert state(convention) is AvenantState.ABANDONED
    assert 'value="2"' in text_of(client.get(address(convention, "preparer-un-avenant")))


def test_an_avenant_says_its_own_effect(client: Client, convention: Convention) -> None:
    take(client, convention, "preparer-un-avenant", **PLANNING, stated="2027-01-01")

    assert Avenant.objects.get().stated_on == day("2027-01-01")


def test_someone_of_another_commune_does_not_sign(client: Client, cast: Cast, convention: Convention) -> None:
    Authorisation.objects.update(covers_avenants=True)
    take(client, convention, "preparer-un-avenant", **PLANNING)
    take(client, convention, "envoyer-l-avenant", on="2026-11-20", proof="")
    _, mayor_of_denain = signatories(cast.epci, cast.denain)

    told = refused(
        client, convention, "signer-l-avenant", signatory=mayor_of_denain.pk, signed_on="2026-11-21", method="PAPIER", proof=""
    )

    assert told == ["Choisir dans la liste."]
