"""A walk through pages in a real browser, which notes what a page must never do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page

from escale.apps.accounts.models import User

Scheme = Literal["light", "dark"]

TWO: tuple[tuple[int, Scheme], ...] = ((1280, "light"), (320, "dark"))
"""Wide in the light and narrow in the dark: for pages of which there are many states."""
LOOKS: tuple[tuple[int, Scheme], ...] = ((1280, "dark"), (360, "light"), (360, "dark"), (1280, "light"))
"""Widths and colour schemes; the last one is that in which the play goes on."""

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
            viewport={"width": width, "height": 800},
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

    def faults_of(self, page: Page) -> list[str]:
        """Return what is wrong with an open page: for people, for its width, for the policy."""
        page.wait_for_load_state()
        found = [f"policy: {violation}" for violation in page.evaluate("window.violations")]
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if excess > 0:
            found.append(f"scrolls {excess} px sideways")
        found += [f"leaves the host: {url}" for url in self.requests if not url.startswith((self.address, "data:"))]
        # Without preload: axe would copy our sheets into inline ones, which the policy rightly refuses.
        judged = Axe().run(page, options={"preload": False}).response
        found += [f"axe: {fault['id']}: {fault['nodes'][0]['html']}" for fault in judged["violations"]]
        return found

    def look_at(self, page: Page) -> None:
        """Find no fault with an open page, wide and narrow, light and dark."""
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            faults = self.faults_of(page)
            assert not faults, f"{page.url} at {width} px, {scheme}: {faults}"

    def close(self) -> None:
        """Close every browser that was opened."""
        for context in self.contexts:
            context.close()


def let_in(context: BrowserContext, user: User, address: str) -> None:
    """Give a browser the session of someone who has logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}])
