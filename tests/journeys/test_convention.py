"""The whole life of one convention, through the screens: drafted, voted, signed, notified, changed by an avenant, denounced."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import User
from tests.apps.documents.scans import pdf
from tests.journeys.forms import fill, press, unfold
from tests.journeys.village import TODAY, Village, make_village
from tests.journeys.walk import Walk
from tests.web.cast import make_person

pytestmark = [pytest.mark.browser, pytest.mark.play, pytest.mark.django_db(transaction=True)]

PATIENCE = 30_000
"""Milliseconds for what a page has to show."""
PAPER: FilePayload = {"name": "délibération 2026-41.pdf", "mimeType": "application/pdf", "buffer": b""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The territory, the browser in which it is played, and its clock."""

    village: Village
    lawyer: User
    walk: Walk
    settings: Settings

    def come_to(self, day: str) -> None:
        """Let a day come: nobody enters what has not happened yet."""
        self.settings.ESCALE_TODAY = dt.date.fromisoformat(day)

    def open(self, page: Page, words: str) -> None:
        """Come back to the convention and follow one of its links."""
        page.goto(self.address_of(page))
        unfold(page, page.get_by_role("link", name=words, exact=True, include_hidden=True))
        page.get_by_role("link", name=words, exact=True).first.click()

    def address_of(self, page: Page) -> str:
        """Return the address of the page of the convention that some page belongs to."""
        found = re.search(r".*/pilotage/conventions/\d+/", page.url)
        assert found is not None, page.url
        return found[0]

    def take(self, page: Page, step: str, *expected: str, looks: bool = False, **values: str) -> None:
        """Take a guided step: fill in what it asks, read what it would change, confirm."""
        self.open(page, step)
        fill(page, values)
        if looks:
            self.walk.look_at(page)
        page.get_by_role("button", name="Voir ce que cela change").click()
        for words in expected:
            expect(page.locator("main")).to_contain_text(words)
        if looks:
            self.walk.look_at(page)
        page.get_by_role("button", name=step).click()
        expect(page).to_have_url(self.address_of(page))


@pytest.fixture
def stage(transactional_db: None, browser: Browser, live_server: LiveServer, settings: Settings) -> Generator[Stage]:
    settings.ESCALE_TODAY = TODAY
    settings.ADDRESS = live_server.url
    walk = Walk(browser=browser, address=live_server.url)
    village = make_village()
    yield Stage(village=village, lawyer=make_person(Kind.LAWYER, village.epci, village.oisy), walk=walk, settings=settings)
    walk.close()


def test_a_convention_is_drafted_voted_signed_notified_changed_and_denounced(stage: Stage) -> None:
    page = stage.walk.open("/pilotage/conventions/", user=stage.village.coordinator)
    page.set_default_timeout(PATIENCE)
    draft(stage, page)
    vote(stage, page)
    sign(stage, page)
    notify(stage, page)
    follow(stage, page)
    change(stage, page)
    denounce(stage, page.url)


def draft(stage: Stage, page: Page) -> None:
    """Begin a convention with Oisy, say its usual day and who signs, send the text to the assemblies."""
    page.get_by_role("link", name="Préparer une convention", exact=True).click()
    stage.walk.look_at(page)
    fill(page, {"commune": "Oisy", "model": "demonstration-2027"})
    press(page, "Commencer le brouillon")
    stage.walk.look_at(page)
    fill(page, {"usual_nth": "Deuxième", "usual_window": "Mardi matin"})
    press(page, "Enregistrer le brouillon")
    stage.walk.look_at(page)
    stage.take(
        page,
        "Nommer un signataire",
        party="epci",
        first_name="Rose",
        title="Présidente",
        gender="f",
        looks=True,
        last_name="Exemple",
        starts="2026-04-09",
    )
    stage.take(
        page,
        "Nommer un signataire",
        party="commune",
        first_name="Jean",
        title="Maire",
        gender="m",
        last_name="Exemple",
        starts="2026-04-09",
    )
    stage.take(page, "Envoyer le texte aux deux assemblées", "en délibération", on="2026-11-23", looks=True)
    expect(page.locator("main")).to_contain_text("En délibération")


def vote(stage: Stage, page: Page) -> None:
    """Record the vote of the Bureau; the mairie files that of its council, and the coordinator checks it."""
    stage.come_to("2026-12-01")
    stage.take(page, "Enregistrer un autre acte", kind="delegation", held_on="2026-11-09", number="26/031")
    stage.take(
        page,
        "Enregistrer une délibération",
        kind="delib_bureau",
        held_on="2026-11-30",
        number="B26/061",
        delegation="26/031",
        transmitted_on="2026-12-01",
        receipt="AR-61",
        published_on="2026-12-01",
    )
    stage.come_to("2026-12-15")
    file_deliberation(stage)
    stage.take(page, "Vérifier la délibération déposée", "à signer", published_on="2026-12-14", receipt="AR-41", looks=True)
    expect(page.locator("main")).to_contain_text("exécutoire depuis le 14 décembre 2026")


def file_deliberation(stage: Stage) -> None:
    """File the deliberation of Oisy, as its mairie does; a text that calls itself a PDF is refused."""
    page = stage.walk.open("/mairie/convention/", user=stage.village.referent)
    stage.walk.look_at(page)
    page.get_by_role("link", name="Déposer la délibération").click()
    stage.walk.look_at(page)
    fill(page, {"held_on": "2026-12-10", "number": "2026-41", "transmitted_on": "2026-12-11"})
    page.get_by_label("Le fichier").set_input_files({**PAPER, "buffer": b"Le conseil approuve."})
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("main")).to_contain_text("n’est pas un PDF")
    page.get_by_label("Le fichier").set_input_files({**PAPER, "buffer": pdf()})
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("main")).to_contain_text("La coordination la vérifie")
    page.context.close()


def sign(stage: Stage, page: Page) -> None:
    """Record both signatures; one that precedes its deliberation is refused."""
    stage.come_to("2026-12-18")
    stage.open(page, "Enregistrer une signature")
    fill(page, {"signatory": "Maire", "signed_on": "2026-12-12"})
    page.get_by_role("button", name="Voir ce que cela change").click()
    expect(page.get_by_text("La signature précède le jour où la délibération est exécutoire")).to_be_visible()
    stage.take(page, "Enregistrer une signature", "Il restera à faire signer", signatory="Maire", signed_on="2026-12-16")
    stage.take(page, "Enregistrer une signature", "il restera à notifier", signatory="Présidente", signed_on="2026-12-17")
    stage.take(page, "Dire où sont les originaux", epci="Armoire des conventions", commune="Mairie, coffre", on="2026-12-17")


def notify(stage: Stage, page: Page) -> None:
    """Post the convention; it takes effect on the day on which the mairie receives it."""
    stage.take(
        page,
        "Notifier à la commune",
        "Rien ne change tant que la lettre est en route",
        channel="LRAR",
        number="1A 209 000 0001 0",
        sent="2026-12-18",
    )
    expect(page.locator("main")).to_contain_text("Dire ce qu’une lettre est devenue")
    stage.come_to("2026-12-22")
    stage.take(
        page,
        "Dire ce qu’une lettre est devenue",
        "en vigueur, période initiale",
        "vendredi 30 avril 2027",
        presented="2026-12-21",
        delivered="2026-12-22",
        looks=True,
    )
    stage.walk.look_at(page)
    expect(page.locator("main")).to_contain_text("En vigueur depuis le 22 décembre 2026")


def follow(stage: Stage, page: Page) -> None:
    """See the convention on the board, and its last day to denounce among the deadlines."""
    convention = page.url
    page.goto(stage.walk.address + "/pilotage/conventions/")
    expect(page.get_by_role("row", name="Oisy")).to_contain_text("En vigueur")
    stage.walk.look_at(page)
    page.get_by_role("link", name="Échéances").click()
    expect(page.locator("main")).to_contain_text("vendredi 30 avril 2027")
    stage.walk.look_at(page)
    page.goto(convention)


def change(stage: Stage, page: Page) -> None:
    """Move the usual day by an avenant, handed over to the mairie."""
    stage.come_to("2027-02-26")
    stage.take(
        page,
        "Préparer un avenant",
        "il change l’article 4",
        purpose="le planning annexé",
        usual_nth="Troisième",
        usual_window="Jeudi matin",
        looks=True,
    )
    stage.take(page, "Envoyer l’avenant aux deux assemblées", on="2027-02-26")
    stage.come_to("2027-03-12")
    votes = ({"kind": "delib_bureau", "delegation": "26/031", "number": "B27/014"}, {"number": "2027-12"})
    for vote in votes:
        given: dict[str, Any] = {
            **vote,
            "transmitted_on": "2027-03-03",
            "receipt": f"AR {vote['number']}",
            "published_on": "2027-03-04",
        }
        stage.take(page, "Enregistrer une délibération sur l’avenant", held_on="2027-03-02", **given)
    stage.take(page, "Enregistrer une signature de l’avenant", signatory="Maire", signed_on="2027-03-08")
    stage.take(page, "Enregistrer une signature de l’avenant", signatory="Présidente", signed_on="2027-03-10")
    stage.take(page, "Notifier l’avenant à la commune", channel="REMISE_MAIN", sent="2027-03-12")
    expect(page.locator("main")).to_contain_text("l’avenant n° 1 est notifié", ignore_case=True)
    stage.walk.look_at(page)


def denounce(stage: Stage, address: str) -> None:
    """Let the lawyer record a denunciation posted in the last days: what it decides is seen before anything is written."""
    stage.come_to("2027-04-28")
    page = stage.walk.open(address.removeprefix(stage.walk.address), user=stage.lawyer)
    stage.take(
        page,
        "Enregistrer l’envoi d’une dénonciation",
        "Si la lettre est reçue au plus tard le vendredi 30 avril 2027, la convention s’arrête le 30 juin 2027",
        "si elle est reçue après, elle court jusqu’au 30 juin 2028",
        author="commune",
        channel="LRAR",
        number="1A 209 000 0002 7",
        sent="2027-04-27",
        looks=True,
    )
    expect(page.locator("main")).to_contain_text("En vigueur")
    stage.come_to("2027-04-30")
    stage.take(
        page,
        "Dire ce qu’une lettre est devenue",
        "participante du 1er janvier 2026 au 30 juin 2027",
        "dans les délais, de façon certaine",
        presented="2027-04-29",
        delivered="2027-04-30",
        looks=True,
    )
    expect(page.locator("main")).to_contain_text("En préavis")
    stage.walk.look_at(page)
    page.get_by_role("link", name="Journal").click()
    expect(page.locator("main")).to_contain_text("Dénonciation")
    stage.walk.look_at(page)
