"""A walk through pages in a real browser, which notes what a page must never do."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from escale.apps.accounts.models import User
from tests.journeys import axe

Scheme = Literal["light", "dark"]

Looks = Sequence[tuple[int, Scheme]]

TWO: Looks = ((1280, "light"), (320, "dark"))
"""Wide in the light and narrow in the dark: for pages of which there are many states."""
LOOKS: Looks = ((320, "dark"), (1280, "dark"), (1280, "light"))
"""Widths and colour schemes; the last one is that in which the play goes on."""
LAST_ANSWERS = 10.0
"""How many seconds the server of the tests may take to end what it was answering."""
WIDE: ViewportSize = {"width": 1280, "height": 800}

NOTE_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", event => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@dataclass
class Walk:
    """Opens pages as someone, at a width and in a colour scheme, and asks them questions."""

    browser: Browser
    address: str
    requests: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    tabs: dict[tuple[int | None, bool], Page] = field(default_factory=dict)

    def open(
        self,
        path: str,
        *,
        user: User | None = None,
        width: int = 1280,
        scheme: Scheme = "light",
        scripts: bool = True,
        keeps: bool = False,
    ) -> Page:
        """Open a page in a browser of its own; only one that `keeps` has a worker, which goes on asking behind the page."""
        context = self.browser.new_context(
            viewport={**WIDE, "width": width},
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale="fr-FR",
            service_workers="allow" if keeps else "block",
        )
        self.contexts.append(context)
        if user is not None:
            let_in(context, user, self.address)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        if scripts:
            page.add_init_script(NOTE_VIOLATIONS)
        page.goto(self.address + path)
        return page

    def read(self, path: str, user: User | None = None, *, scripts: bool = True) -> Page:
        """Open a page that is only looked at, in the one tab that each person has: a browser costs more than the look."""
        whose = (user.pk if user else None, scripts)
        page = self.tabs.get(whose)
        if page is None:
            page = self.tabs[whose] = self.open(path, user=user, scripts=scripts)
            return page
        self.requests.clear()
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.goto(self.address + path)
        return page

    def faults_of(self, page: Page, rules: list[str] | None = None) -> list[str]:
        """Return what is wrong with an open page as it is shown: for people, for its width, for the policy."""
        page.wait_for_load_state()
        found = [f"policy: {violation}" for violation in page.evaluate("window.violations")]
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if excess > 0:
            found.append(f"scrolls {excess} px sideways")
        found += [f"leaves the host: {url}" for url in self.requests if not url.startswith((self.address, "data:"))]
        return found + [f"axe: {fault}" for fault in axe.judge(page, rules)]

    def faults_at(self, page: Page, looks: Looks = TWO) -> dict[str, list[str]]:
        """Return what is wrong with an open page, all of it unfolded, at some widths and in some schemes."""
        page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
        found = {}
        seen: set[int] = set()
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found[f"{page.url} {width} {scheme}"] = self.faults_of(page, axe.COLOURS if width in seen else None)
            seen.add(width)
        return {look: told for look, told in found.items() if told}

    def judge(self, path: str, user: User | None = None, looks: Looks = TWO) -> dict[str, list[str]]:
        """Open a page and return what keeps anyone from reading it."""
        return self.faults_at(self.read(path, user), looks)

    def judge_plainly(self, path: str, user: User | None = None, looks: Looks = TWO) -> dict[str, list[str]]:
        """Judge a page, and hold what it says without scripts against what it says with them."""
        said = [self.read(path, user, scripts=scripts) for scripts in (True, False)]
        texts = [page.locator("main").inner_text() for page in said]
        found = self.faults_at(said[0], looks)
        if texts[0] != texts[1] or not texts[0].strip():
            found[path] = ["says something else without scripts"]
        return found

    def look_at(self, page: Page) -> None:
        """Find no fault with an open page, wide and narrow, light and dark; what was folded is folded again."""
        folded = page.locator("main details:not([open])").element_handles()
        found = self.faults_at(page, LOOKS)
        for one in folded:
            one.evaluate("fold => { fold.open = false }")
        assert not found, found

    def close(self) -> None:
        """Close every browser that was opened, and wait until the server has let go of the database."""
        for context in self.contexts:
            context.close()
        # The server of the tests stops sharing its database with these threads as it ends: one that is late would fail.
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(LAST_ANSWERS)


def whose_pages(pages: Sequence[tuple[str | None, str]], most: int = 12) -> list[tuple[str | None, list[str]]]:
    """Return the pages of each person, a dozen at a time: a test builds its world once for all of them."""
    of_each: dict[str | None, list[str]] = {}
    for who, path in pages:
        of_each.setdefault(who, []).append(path)
    return [(who, paths[at : at + most]) for who, paths in of_each.items() for at in range(0, len(paths), most)]


def let_in(context: BrowserContext, user: User, address: str) -> None:
    """Give a browser the session of someone who has logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}])
