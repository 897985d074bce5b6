"""The whole play of a tour, through the screens: imported, asked, planned, compared, edited, published, repaired."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from escale.apps.accounts.models import User
from tests.journeys.queue import work_off
from tests.journeys.village import AWAY, TODAY, Village, make_village
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.play, pytest.mark.django_db(transaction=True)]

IMPORTED = """Commune;Date;Demi-journée;Médiateur
Oisy;12/01/2027;matin;Poste 1
Denain;12/01/2027;après-midi;Poste 1
Raismes;13/01/2027;après-midi;Poste 1
Hérin;21/01/2027;matin;Poste 2
Bellaing;21/01/2027;après-midi;Poste 2
Wavrechain-sous-Denain;22/01/2027;matin;Poste 2
Oisy;09/02/2027;matin;Poste 1
Oisy;09/02/2027;après-midi;Poste 1
Denain;lundi 8 février 2027;matin;Poste 1
"""
HALF_DAYS = [(day, half) for day in (14, 15) for half in ("Matin", "Après-midi")]
"""In the week when Camille works alone; six communes do not take them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The territory, and the browser in which it is played."""

    village: Village
    walk: Walk

    def work(self) -> None:
        """Do what is waiting in the queue, as a worker does; nobody looks at a page meanwhile."""
        work_off()

    def look_at(self, page: Page) -> None:
        """Find no fault with an open page, wide and narrow, light and dark."""
        self.walk.look_at(page)

    def leave(self, page: Page) -> None:
        """Look at nothing: a page that asks again and again would meet the worker in one connection of SQLite."""
        page.goto("about:blank")


@pytest.fixture
def stage(transactional_db: None, browser: Browser, live_server: LiveServer, settings: Settings) -> Generator[Stage]:
    settings.ESCALE_TODAY = TODAY
    settings.ADDRESS = live_server.url
    walk = Walk(browser=browser, address=live_server.url)
    yield Stage(village=make_village(), walk=walk)
    walk.close()


def test_a_tour_is_imported_asked_planned_compared_edited_published_and_repaired(stage: Stage) -> None:
    page = stage.walk.open("/pilotage/", user=stage.village.coordinator)
    imported = import_tour(stage, page)
    ask_the_mairies(stage, page)
    planned = plan(stage, page)
    compare(stage, page, imported, planned)
    edit(stage, page, planned)
    publish(stage, page, planned)
    repair(stage, page)


def import_tour(stage: Stage, page: Page) -> int:
    """Import a table of which two lines cannot be; return the number of the draft."""
    page.get_by_role("link", name="Tournée", exact=True).click()
    page.get_by_role("link", name="Avant de planifier").click()
    stage.look_at(page)
    page.get_by_role("link", name="Importer une tournée").click()
    stage.look_at(page)
    page.get_by_label("Le fichier de la tournée").set_input_files(
        {"name": "tournée.csv", "mimeType": "text/csv", "buffer": IMPORTED.encode("cp1252")}
    )
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_text("Ligne 9, colonne « Date » : Oisy a déjà un passage en février 2027")).to_be_visible()
    expect(page.get_by_text("Ligne 10, colonne « Date » : lundi 8 février 2027")).to_be_visible()
    stage.look_at(page)
    page.get_by_label("Laisser de côté les lignes à corriger").check()
    page.get_by_role("button", name="Créer un brouillon de cette tournée").click()
    return number_of(page)


def ask_the_mairies(stage: Stage, page: Page) -> None:
    """Ask every mairie; those of Oisy and Denain answer by the link of their letter, in a browser of their own."""
    page.get_by_role("link", name="Avant de planifier").click()
    page.get_by_role("link", name="Consultation des mairies").click()
    page.get_by_role("link", name="Ouvrir une consultation").click()
    page.get_by_label("Dernier mois").select_option("2027-02")
    stage.look_at(page)
    page.get_by_role("button", name="Ouvrir la consultation").click()
    page.get_by_role("button", name="Envoyer la question aux mairies").click()
    stage.look_at(page)
    stage.leave(page)
    stage.work()
    assert len(mail.outbox) == 6
    for code, shut in (("59446", "mardi matin"), ("59172", "vendredi après-midi")):
        answer(stage, code, shut)
    page.goto(stage.walk.address + "/pilotage/tournee/consultation/")
    expect(page.get_by_text("2 mairies ont répondu sur 6")).to_be_visible()


def answer(stage: Stage, code: str, shut: str) -> None:
    """Answer for a commune: one half-day is impossible."""
    letter = next(letter for letter in mail.outbox if letter.to == [f"mairie-{code}@example.org"])
    link = re.search(r"/repondre/\S+", str(letter.body))
    assert link is not None
    page = stage.walk.open(link[0])
    stage.look_at(page)
    page.get_by_role("group", name="Nous ne pouvons pas ouvrir").get_by_label(shut).check()
    page.get_by_role("button", name="Envoyer notre réponse").click()
    expect(page.get_by_text(f"La commune ne peut pas ouvrir : {shut}")).to_be_visible()
    stage.look_at(page)
    page.context.close()


def plan(stage: Stage, page: Page) -> int:
    """Search the same months; return the number of the draft."""
    page.get_by_role("link", name="Brouillons").click()
    page.get_by_label("Au mois de").select_option("2027-02")
    page.get_by_label("Durée de la recherche").select_option("10")
    stage.look_at(page)
    page.get_by_role("button", name="Chercher une tournée").click()
    run = page.url
    expect(page.get_by_text("La recherche va commencer")).to_be_visible()
    stage.look_at(page)
    stage.leave(page)
    stage.work()
    page.goto(run)
    expect(page.get_by_text("12 demi-journées sur 12 dues")).to_be_visible()
    stage.look_at(page)
    page.get_by_role("link", name="Voir le brouillon").click()
    stage.look_at(page)
    return number_of(page)


def number_of(page: Page) -> int:
    """Return the number of the draft that is shown."""
    page.wait_for_url(re.compile(r"/tournee/\d+/"))
    found = re.search(r"/tournee/(\d+)/", page.url)
    assert found is not None
    return int(found[1])


def compare(stage: Stage, page: Page, one: int, other: int) -> None:
    """See what the two drafts have that the other one has not."""
    page.get_by_role("link", name="Comparer").click()
    page.get_by_label("La tournée", exact=True).select_option(str(one))
    page.get_by_label("avec la tournée").select_option(str(other))
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("row", name="Passages tenus")).to_contain_text("12 demi-journées sur 12 dues (art. 4) mieux")
    stage.look_at(page)


def edit(stage: Stage, page: Page, number: int) -> None:
    """Try to move the visit of Oisy to a public holiday, which is refused; then to a half-day of Camille."""
    page.goto(f"{stage.walk.address}/pilotage/tournee/{number}/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Oisy"))
    row.locator("a[href*='/passage/']").first.click()
    stage.look_at(page)
    page.get_by_label("Date", exact=True).fill("2027-01-01")
    page.get_by_role("button", name="Déplacer ce passage").click()
    expect(page.get_by_text("Le vendredi 1er janvier 2027 est férié.")).to_be_visible()
    stage.look_at(page)
    for day, half in HALF_DAYS:
        page.get_by_label("Date", exact=True).fill(f"2027-01-{day}")
        page.get_by_label(half, exact=True).check()
        page.get_by_label("Par qui").select_option(label="Poste 1 (Camille)")
        page.get_by_role("button", name="Essayer").click()
        page.wait_for_load_state()
        if page.get_by_text("Impossible.").count() == 0:
            break
    page.get_by_role("button", name="Déplacer ce passage").click()
    expect(page.get_by_text("Dernier changement")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Oisy, (jeudi 14|vendredi 15)\sjanvier 2027"))


def publish(stage: Stage, page: Page, number: int) -> None:
    """Publish both months; the town hall, the mediator and the residents see the visit of Oisy."""
    page.goto(f"{stage.walk.address}/pilotage/tournee/{number}/")
    page.get_by_role("link", name="Publier…").click()
    expect(page.get_by_text("12 passages promis à 6 communes")).to_be_visible()
    page.get_by_label("jour convenu").check()
    stage.look_at(page)
    page.locator("#apercu").get_by_role("button", name="Publier").click()
    expect(page.get_by_text("C’est publié : 12 passages")).to_be_visible()
    stage.look_at(page)


def seen_by_all(stage: Stage, *, closely: bool = False) -> dict[str, str]:
    """Return what the first pages of the other journeys say; looked at `closely`, they have no fault."""
    village = stage.village
    places: dict[str, User | None] = {"/mairie/": village.referent, "/mairie/dates/?annee=2027": village.referent}
    places |= {"/terrain/": village.mediator, "/terrain/jours/": village.mediator, "/communes/oisy/": None, "/": None}
    seen = {}
    for path, user in places.items():
        page = stage.walk.open(path, user=user)
        if closely:
            stage.look_at(page)
        seen[path] = page.locator("main").inner_text()
        page.context.close()
    return seen


def repair(stage: Stage, page: Page) -> None:
    """Camille is ill in the week when nobody can take over: what was promised to Oisy moves, and everyone sees it."""
    before = seen_by_all(stage)
    page.goto(stage.walk.address + "/pilotage/tournee/imprevu/")
    stage.look_at(page)
    page.get_by_role("link", name="Une personne de l’équipe est absente").click()
    page.get_by_label("Camille").check()
    page.get_by_label("Premier jour d’absence").fill(AWAY[0].isoformat())
    page.get_by_label("Dernier jour d’absence").fill(AWAY[1].isoformat())
    stage.look_at(page)
    page.get_by_role("button", name="Chercher la réparation").click()
    question = page.url
    stage.leave(page)
    stage.work()
    page.goto(question)
    expect(page.get_by_role("row").filter(has_text="Oisy")).to_be_visible()
    stage.look_at(page)
    page.get_by_role("button", name="Faire un brouillon de cette réparation").click()
    expect(page.get_by_text("C’est le brouillon n° 3")).to_be_visible()
    stage.look_at(page)
    page.locator("#apercu").get_by_role("button", name="Publier").click()
    expect(page.get_by_text("C’est publié : 12 passages")).to_be_visible()
    after = seen_by_all(stage, closely=True)
    assert [path for path in before if before[path] == after[path]] == []
    assert "déplacé" in after["/mairie/dates/?annee=2027"]
    assert "déplacé" in after["/terrain/jours/"]
