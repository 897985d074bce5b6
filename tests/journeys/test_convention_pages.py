"""The pages of conventions that live, in a real browser: for everyone, wide and narrow, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.electing import open_election_round
from escale.apps.conventions.actions.filing import replace_draft_text
from escale.apps.conventions.imports.columns import Column
from escale.apps.conventions.models import Convention, Paper, PaperKind
from escale.apps.documents.uploads import Upload
from escale.apps.team.actions import record_insurance
from escale.web.steering.conventions.steps.registry import BY_NAME
from tests.apps.conventions.filed import finished_batch
from tests.apps.conventions.imports.table import row, written
from tests.apps.conventions.paper import day
from tests.apps.documents.scans import pdf
from tests.journeys.cases import CASES, in_deliberation, in_force, whole_draft
from tests.journeys.forms import fill, press
from tests.journeys.questions import STEPS
from tests.journeys.walk import LOOKS, TWO, Looks, Walk
from tests.web.cast import Cast, make_commune

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

"""What every page is looked at in; the main ones are in all four."""
BOARD = "/pilotage/conventions/"
PAGES: dict[str, list[str]] = {
    "draft": ["pieces/texte/"],
    "whole_draft": ["modifier/"],
    "in_deliberation": ["pieces/", "/mairie/convention/{pk}/deposer/deliberation/"],
    "to_sign": ["/mairie/convention/{pk}/deposer/exemplaire-signe/"],
    "in_force": ["pieces/", "pieces/deposer/", "obligations/", "journal/", "/mairie/convention/"],
    "amended": ["pieces/", "journal/"],
    "on_notice": ["/mairie/convention/"],
    "terminated": ["obligations/", "/mairie/convention/"],
}
"""What else is read of a convention in a state; its own page is read in all."""

MANY = [
    BOARD,
    f"{BOARD}?tri=date&voir=souci",
    f"{BOARD}?q=personne",
    f"{BOARD}echeances/",
    f"{BOARD}obligations/",
    f"{BOARD}obligations/?voir=retard",
    f"{BOARD}lots/",
    f"{BOARD}lots/{{batch}}/",
    f"{BOARD}elections/",
    "/pilotage/equipe/assurance/",
    "/pilotage/",
    "/mairie/",
    "/mairie/convention/",
    "/mairie/convention/signataire/",
]
MAIN = {
    BOARD,
    f"{BOARD}echeances/",
    f"{BOARD}obligations/",
    "/pilotage/",
    "/mairie/convention/",
    "pieces/",
    "obligations/",
    "modifier/",
    "pieces/deposer/",
}
"""The pages that are looked at in all widths and schemes, beside the page of a convention in force."""


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def many(cast: Cast) -> dict[str, int]:
    """A convention in each state, each with its own commune; elections have been, documents were made."""
    for rank, make in enumerate(CASES.values()):
        make(cast.epci, cast.oisy if make is in_force else make_commune(cast.epci, f"990{rank:02}", f"Escautpont-{rank}"))
    open_election_round(actor=SYSTEM, epci=cast.epci, ends=day("2026-11-20"))
    starts, ends = day("2026-01-01"), day("2026-12-31")
    record_insurance(actor=SYSTEM, epci=cast.epci, insurer="Assureur", policy="RC-1", starts=starts, ends=ends)
    return {"batch": finished_batch(cast.epci).pk}


def whoever(cast: Cast, path: str) -> User:
    """Return whose page it is."""
    return cast.referent if path.startswith("/mairie/") else cast.lawyer


def hold_open(walk: Walk, cast: Cast, path: str, looks: Looks = TWO) -> dict[str, list[str]]:
    """Return what keeps anyone from reading a page, with and without scripts."""
    return walk.judge_plainly(path, whoever(cast, path), looks)


def test_every_step_has_its_walk() -> None:
    assert {name for steps in STEPS.values() for name in steps} == set(BY_NAME)
    assert set(STEPS) == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_what_is_read_of_a_convention_is_open_to_everyone(walk: Walk, cast: Cast, case: str) -> None:
    convention = CASES[case](cast.epci, cast.oisy)
    own = BOARD + f"{convention.pk}/"

    found = hold_open(walk, cast, own, LOOKS if case == "in_force" else TWO)
    for below in PAGES.get(case, []):
        path = below.format(pk=convention.pk) if below.startswith("/") else own + below
        found |= hold_open(walk, cast, path, LOOKS if below in MAIN and case == "in_force" else TWO)

    assert found == {}


@pytest.mark.parametrize("case", [case for case, steps in STEPS.items() if steps])
def test_what_is_done_with_a_convention_is_open_to_everyone(walk: Walk, cast: Cast, case: str) -> None:
    convention = CASES[case](cast.epci, cast.oisy)

    found: dict[str, list[str]] = {}
    for name, typed in STEPS[case].items():
        found |= ask(walk, cast, convention, name, typed)

    assert found == {}


def ask(walk: Walk, cast: Cast, convention: Convention, name: str, typed: dict[str, str] | None) -> dict[str, list[str]]:
    """Return what is wrong with the question of a step, and with what it shows before it is confirmed."""
    path = f"{BOARD}{convention.pk}/faire/{name}/"
    found = hold_open(walk, cast, path)
    if typed is not None:
        page = walk.open(path, user=whoever(cast, path))
        fill(page, typed)
        press(page, "Voir ce que cela change")
        assert page.get_by_text("Rien n’est encore enregistré.").is_visible(), (name, page.locator("main").inner_text())
        found |= {f"{name}, shown: {look}": told for look, told in walk.faults_at(page).items()}
        page.context.close()
    return found


def test_what_is_read_of_many_conventions_is_open_to_everyone(walk: Walk, cast: Cast, many: dict[str, int]) -> None:
    found: dict[str, list[str]] = {}
    for path in MANY:
        found |= hold_open(walk, cast, path.format(**many), LOOKS if path in MAIN else TWO)

    assert found == {}


def test_what_is_done_with_many_conventions_is_shown_to_everyone(walk: Walk, cast: Cast, many: dict[str, int]) -> None:
    page = walk.open(f"{BOARD}elections/ouvrir/", user=cast.lawyer)
    fill(page, {"ends": "2026-11-22"})
    press(page, "Voir ce que cela change")
    found = walk.faults_at(page)

    page = walk.open(f"{BOARD}commune-nouvelle/", user=cast.coordinator)
    fill(page, {"into": "Denain", "name": "Val-d’Oisy", "on": "2027-01-01"})
    page.get_by_label("Oisy", exact=True).check()
    press(page, "Voir ce que cela change")
    found |= walk.faults_at(page)

    page = walk.open(
        f"{BOARD}changer-de-texte/?source=porte-du-hainaut-2025&target=demonstration-2027&way=avenant", user=cast.lawyer
    )
    found |= walk.faults_at(page)
    press(page, "Voir ce que chaque assemblée doit voter")
    found |= walk.faults_at(page)

    assert found == {}


def test_a_file_with_faults_is_shown_to_everyone(walk: Walk, cast: Cast) -> None:
    faulty = [row({Column.COMMUNE: "Atlantis"}), row({Column.COMMUNE: "Denain", Column.SENT: "demain"})]

    found = walk.faults_at(given(walk, cast, written(row(), *faulty)))

    assert found == {}


def test_a_file_without_fault_is_shown_to_everyone(walk: Walk, cast: Cast) -> None:
    page = given(walk, cast, written(row(), row({Column.COMMUNE: "Denain", Column.LETTER_NUMBER: "1A 2", Column.USUAL: ""})))

    assert page.get_by_role("button", name="Enregistrer ces conventions").is_visible()
    assert walk.faults_at(page) == {}


def given(walk: Walk, cast: Cast, content: bytes) -> Page:
    page = walk.open(f"{BOARD}importer/", user=cast.lawyer)
    page.get_by_label("Le fichier des conventions").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": content})
    press(page, "Lire ce fichier")
    return page


def test_what_a_mairie_filed_is_sent_back_on_a_page_open_to_everyone(walk: Walk, cast: Cast) -> None:
    in_deliberation(cast.epci, cast.oisy)
    paper = Paper.objects.get(kind=PaperKind.DELIBERATION.value)

    found = hold_open(walk, cast, f"{BOARD}pieces/{paper.pk}/renvoyer/")

    assert found == {}


def test_the_text_of_a_lawyer_is_told_to_everyone(walk: Walk, cast: Cast) -> None:
    convention = whole_draft(cast.epci, cast.oisy)
    upload = Upload(name="texte-relu.pdf", content=pdf("relu"), media_type="application/pdf")
    replace_draft_text(actor=SYSTEM, convention=convention, upload=upload, note="Article 4 relu.")

    found = hold_open(walk, cast, f"{BOARD}{convention.pk}/pieces/texte/")

    assert found == {}


@pytest.mark.parametrize("is_known", [True, False])
def test_whether_a_file_is_kept_is_told_to_everyone(walk: Walk, cast: Cast, is_known: bool) -> None:
    in_force(cast.epci, cast.oisy)
    page = walk.open("/verifier/")
    fill(page, {"typed": Paper.objects.get().file.content.sha256 if is_known else "0" * 64})
    press(page, "Vérifier")

    assert page.get_by_role("heading", name="Oui" if is_known else "Non").is_visible()
    assert walk.faults_at(page, LOOKS) == {}
