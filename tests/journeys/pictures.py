"""Take the pictures of the guides from the real screens, on a demonstration of its own.

`python -m tests.journeys.pictures` takes them all; `python -m tests.journeys.pictures conventions` those of one guide.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.architecture.source import ROOT
from tests.journeys.chromium import find_chromium
from tests.journeys.forms import fill

FOLDER = ROOT / "docs" / "guide" / "pictures"
TODAY = "2026-11-23"
ON_THE_ROAD = "2026-11-24"
PORT = 8765
PATIENCE = 240
"""Seconds for the demonstration to load, then for its search to end."""
STEERING = "/pilotage/tournee"
CONVENTIONS = "/pilotage/conventions/"
HASNON = "59284"
WIDE, TALL = (1280, 800), (390, 780)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screens:
    """The browser of one person of the demonstration, and where the pictures go."""

    page: Page
    address: str

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.address + path)

    def take(self, name: str, path: str = "") -> None:
        """Keep a picture of what is seen of a page."""
        if path:
            self.open(path)
        self.page.screenshot(path=FOLDER / f"{name}.png")

    def press(self, button: str) -> None:
        """Press a button and wait for what follows."""
        self.page.get_by_role("button", name=button).click()
        self.page.wait_for_load_state()


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """The demonstration that is served, and the browser that looks at it."""

    browser: Browser
    address: str
    password: str

    def screens(self, who: str, size: tuple[int, int] = WIDE) -> Screens:
        """Log in as somebody; as nobody without a name."""
        return _screens(self.browser, self.address, self.password, who, size)


def main(guides: Sequence[str]) -> None:
    """Load a demonstration, serve it, and take the pictures of some guides."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="escale-pictures-") as folder,
        _served(Path(folder)) as (address, password),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for guide in guides:
            GUIDES[guide](Studio(browser=browser, address=address, password=password))
        browser.close()


def take_tour(studio: Studio) -> None:
    """Take the pictures of the guide of the tour."""
    coordination = studio.screens("coordination")
    watch(coordination)
    prepare(coordination)
    change(coordination)
    mend(coordination)
    studio.screens("mairie-oisy").take("mairie", "/mairie/")
    studio.screens("mediateur1", TALL).take("terrain", "/terrain/")
    studio.screens("", TALL).take("habitant", "/communes/oisy/")


def take_conventions(studio: Studio) -> None:
    """Take the pictures of the guide of the conventions."""
    coordination = studio.screens("coordination")
    coordination.take("conventions", f"{CONVENTIONS}?tri=date")
    coordination.take("echeances", f"{CONVENTIONS}echeances/")
    coordination.take("importer", f"{CONVENTIONS}importer/")
    coordination.take("elections", f"{CONVENTIONS}elections/")
    coordination.take("lots", f"{CONVENTIONS}lots/")
    follow(coordination, "Denain")
    coordination.take("convention")
    coordination.page.get_by_role("link", name="Pièces", exact=True).click()
    coordination.take("pieces")
    step(coordination, "Nivelle", "signer", signatory="Maire", signed_on="2026-11-20")
    coordination.take("etape")
    lawyer = studio.screens("juriste")
    step(lawyer, "Raismes", "denoncer", author="commune", channel="LRAR", number="1A 209 000 0001 0", sent="2026-11-20")
    lawyer.take("denoncer")
    studio.screens("mairie-denain").take("convention-mairie", "/mairie/convention/")


def take_desk(studio: Studio) -> None:
    """Take the pictures of the guide of the front desk."""
    desk = studio.screens("accueil-oisy")
    desk.take("accueil-passage", "/mairie/")
    desk.page.get_by_role("link", name="Inscrire quelqu’un").first.click()
    desk.page.wait_for_load_state()
    desk.take("accueil-inscrire")


def take_field(studio: Studio) -> None:
    """Take the pictures of the guide of the field, as a day is read on its morning."""
    field = studio.screens("mediateur1", TALL)
    field.take("terrain-aujourdhui", f"/terrain/?jour={ON_THE_ROAD}")
    field.page.get_by_role("link", name="Noter une personne", exact=True).click()
    field.page.wait_for_load_state()
    field.take("terrain-noter")
    field.open(f"/terrain/?jour={ON_THE_ROAD}")
    field.page.get_by_role("link", name="Compléter et clore").first.click()
    field.page.wait_for_load_state()
    field.take("terrain-clore")


def take_communication(studio: Studio) -> None:
    """Take the pictures of the guide of the communication officer."""
    studio.screens("mairie-oisy").take("communication-mairie", "/mairie/communication/")
    studio.screens("coordination").take("communication-service", "/pilotage/communication/")


def take_year(studio: Studio) -> None:
    """Take the pictures of the guide of a year of following."""
    coordination = studio.screens("coordination")
    coordination.take("suivi-rapports", "/pilotage/rapports/?periode=2026-T3")
    coordination.take("suivi-comite", "/pilotage/comite/")
    coordination.open("/pilotage/evaluations/2026-11/")
    coordination.page.get_by_role("link", name="Escaudain", exact=True).click()
    coordination.page.get_by_role("heading", name="La synthèse").scroll_into_view_if_needed()
    coordination.take("suivi-evaluation")


def follow(screens: Screens, commune: str) -> None:
    """Open the convention of a commune from the board."""
    screens.open(CONVENTIONS)
    screens.page.get_by_role("link", name=commune, exact=True).first.click()
    screens.page.wait_for_load_state()


def step(screens: Screens, commune: str, name: str, **values: str) -> None:
    """Ask what a guided step would change."""
    follow(screens, commune)
    screens.page.goto(f"{screens.page.url}faire/{name}/")
    fill(screens.page, values)
    screens.press("Voir ce que cela change")


def watch(screens: Screens) -> None:
    """The search that the demonstration begins with, while it goes on; then the year that it gives."""
    screens.open(f"{STEERING}/brouillons/")
    screens.page.get_by_role("link", name="voir où elle en est").click()
    expect(screens.page.get_by_text("on gagnerait encore")).to_be_visible(timeout=PATIENCE * 1000)
    screens.take("recherche")
    expect(screens.page.get_by_role("link", name="Voir le brouillon")).to_be_visible(timeout=PATIENCE * 1000)
    screens.open(f"{STEERING}/?annee=2027")
    while not screens.page.get_by_text("on gagnerait encore").is_visible():
        screens.open(f"{STEERING}/?annee=2027")
    screens.take("annee")


def prepare(screens: Screens) -> None:
    """What comes before planning."""
    screens.take("capacite", f"{STEERING}/capacite/")
    screens.take("calendrier", f"{STEERING}/calendrier/")
    screens.take("consultation", f"{STEERING}/consultation/")
    screens.open(f"{STEERING}/consultation/{HASNON}/")
    screens.press("Donner un lien")
    link = screens.page.get_by_label("Le lien de la commune").input_value()
    screens.take("repondre", f"{urlsplit(link).path}?corriger")


def change(screens: Screens) -> None:
    """A draft with more regular dates: compared with what is published, changed by hand, about to be published."""
    page = screens.page
    screens.open(f"{STEERING}/brouillons/")
    page.get_by_label("Dates régulières").check()
    page.get_by_label("Durée de la recherche").select_option("10")
    screens.press("Chercher une tournée")
    page.get_by_role("link", name="Voir le brouillon").click(timeout=PATIENCE * 1000)
    page.wait_for_load_state()
    draft = page.url
    page.get_by_role("link", name="Comparer").click()
    page.get_by_label("avec la tournée").select_option(index=1)
    screens.press("Comparer")
    screens.take("comparer")
    page.goto(draft)
    page.locator("a[href*='/passage/']").first.click()
    page.get_by_label("Date", exact=True).fill("2027-01-01")
    screens.press("Essayer")
    screens.take("passage")
    page.goto(draft + "publier/")
    screens.take("publier")


def mend(screens: Screens) -> None:
    """An illness of a week."""
    page = screens.page
    screens.open(f"{STEERING}/imprevu/absence/")
    page.get_by_label("Camille").check()
    page.get_by_label("Premier jour d’absence").fill("2026-12-01")
    page.get_by_label("Dernier jour d’absence").fill("2026-12-11")
    screens.press("Chercher la réparation")
    expect(page.get_by_role("heading", name="Ce qui change")).to_be_visible(timeout=PATIENCE * 1000)
    screens.take("imprevu")


def _screens(browser: Browser, address: str, password: str, who: str, size: tuple[int, int]) -> Screens:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
    page = context.new_page()
    if who:
        page.goto(f"{address}/compte/login/")
        page.get_by_label("Courriel").fill(f"{who}@example.org")
        page.get_by_label("Mot de passe", exact=True).fill(password)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_load_state()
    return Screens(page=page, address=address)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve a demonstration whose day stands still; yield its address and its password."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ESCALE_", "DATABASE_URL"))}
    environment = {**kept, "ESCALE_VAR": str(folder), "ESCALE_TODAY": TODAY}
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "build_assets"], env=environment, check=True, stdout=subprocess.DEVNULL)
    said = subprocess.run([*manage, "demo"], env=environment, check=True, capture_output=True, text=True).stdout
    password = re.search(r"mot de passe.* : (\S+)", said)
    assert password is not None, said
    server = subprocess.Popen([*manage, "serve", "--port", str(PORT)], env=environment)
    address = f"http://127.0.0.1:{PORT}"
    try:
        _wait_for(address)
        yield address, password[1]
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{address} does not answer")


GUIDES: dict[str, Callable[[Studio], None]] = {
    "tournee": take_tour,
    "conventions": take_conventions,
    "accueil": take_desk,
    "terrain": take_field,
    "communication": take_communication,
    "une-annee-de-suivi": take_year,
}

if __name__ == "__main__":
    main(sys.argv[1:] or tuple(GUIDES))
