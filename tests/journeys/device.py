"""A telephone of a mediator: its pages are kept, its network goes and comes back, people are noted on it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, Route, expect

from escale.apps.accounts.models import User
from escale.apps.visits.models import Visit
from tests.journeys.walk import Walk

STORED = """store => new Promise(resolve => {
  const request = indexedDB.open("escale-terrain");
  // Whoever looks before the page has built its database builds none.
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => resolve(0);
  request.onsuccess = () => {
    const database = request.result;
    const count = database.transaction(store).objectStore(store).count();
    count.onsuccess = () => { database.close(); resolve(count.result); };
  };
})"""
HAS_ALL = """() => new Promise(resolve => {
  const request = indexedDB.open("escale-terrain");
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => resolve(false);
  request.onsuccess = () => {
    const database = request.result;
    const facts = database.transaction("facts").objectStore("facts");
    const owner = document.querySelector("meta[name=escale-device]")?.content;
    const fetched = facts.get(`fetched ${owner}`);
    fetched.onsuccess = () => { database.close(); resolve(Math.abs(Date.now() - fetched.result) < 60000); };
  };
})"""
DATA = "**/terrain/donnees/**"
SENDING = "**/terrain/donnees/envoi"


@dataclass
class Device:
    """One browser that stays the same while people log in and out of it."""

    walk: Walk
    page: Page
    visit: Visit

    @staticmethod
    def of(walk: Walk, user: User, visit: Visit) -> Device:
        """Return the telephone of someone who read the page of the day with network, this morning."""
        device = Device(walk=walk, page=walk.open("/terrain/", user=user, width=360, keeps=True), visit=visit)
        device.wait_for_pages()
        return device

    def wait_for_pages(self) -> None:
        """Wait until all pages of the days that come are kept, and nothing is asked for behind the page."""
        for _ in range(600):
            if self.page.evaluate(HAS_ALL):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the pages of the day are not kept")

    def cut(self) -> None:
        """Go into a hall without network."""
        self.page.context.set_offline(True)

    def come_back(self) -> None:
        """Drive out of it."""
        self.page.context.set_offline(False)

    def go(self, path: str) -> None:
        """Open a page, with or without network."""
        self.page.goto(self.walk.address + path)

    def open_log(self) -> None:
        """Open the form for someone who walks in."""
        self.go(f"/terrain/passages/{self.visit.uid}/noter/")

    def log(self, theme: str = "E-mail") -> None:
        """Note a person: what about, and for how long."""
        self.page.get_by_role("checkbox", name=theme, exact=True).check()
        self.page.locator("input[name=minutes][value='30']").check()
        self.page.get_by_role("button", name="Enregistrer").click()

    def log_unsent(self, count: int = 1) -> None:
        """Note people without network."""
        self.cut()
        self.open_log()
        for already in range(count):
            self.log()
            self.expect_pill(f"Pas de réseau · {words(already + 1)} ici")

    def expect_pill(self, words: str) -> None:
        """Wait for the pill to say something."""
        expect(self.page.locator("[data-net]")).to_have_text(words)

    def stored(self, store: str) -> int:
        """Count the rows of a store of this browser."""
        found: int = self.page.evaluate(STORED, store)
        return found

    def lose_answers(self, times: int) -> list[int]:
        """Let the server receive what is sent, and lose its answers some times; return the list that counts the sendings."""
        sent: list[int] = []

        def pass_on(route: Route) -> None:
            sent.append(len(sent))
            response = route.fetch()
            if len(sent) <= times:
                route.abort()
            else:
                route.fulfill(response=response)

        self.page.context.route(SENDING, pass_on)
        return sent


def words(count: int) -> str:
    """Write « 3 fiches gardées »."""
    return f"{count}\u00a0fiche{'s' if count > 1 else ''} gardée{'s' if count > 1 else ''}"
