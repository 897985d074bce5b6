"""The pages that matter most, and how each is proved usable; as a program, it proves them and shows the result as a table."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import Page

from tests.journeys import axe

if TYPE_CHECKING:
    # As a program, this module is read before Django is set up.
    from escale.apps.accounts.models import User
    from tests.journeys.walk import Walk

Who = Literal["coordinator", "mediator", "referent"]
Proof = Callable[[Page], list[str]]

PAGES: list[tuple[Who | None, str]] = [
    (None, "/"),
    (None, "/communes/oisy/"),
    (None, "/communes/oisy/dates/"),
    (None, "/communes/oisy/demande/"),
    (None, "/ateliers/"),
    (None, "/ce-que-nous-faisons/"),
    (None, "/accessibilite/"),
    (None, "/compte/login/"),
    (None, "/entrer/mairie/"),
    ("referent", "/mairie/"),
    ("referent", "/mairie/rendez-vous/"),
    ("referent", "/mairie/rendez-vous/passage/{visit}/"),
    ("referent", "/mairie/demandes/nouvelle/"),
    ("referent", "/mairie/coordonnees/modifier/"),
    ("referent", "/mairie/convention/"),
    ("mediator", "/terrain/"),
    ("mediator", "/terrain/jours/"),
    ("mediator", "/terrain/passages/{uid}/"),
    ("mediator", "/terrain/passages/{uid}/noter/"),
    ("mediator", "/terrain/danger/"),
    ("coordinator", "/pilotage/"),
    ("coordinator", "/pilotage/tournee/"),
    ("coordinator", "/pilotage/communes/59446/"),
    ("coordinator", "/pilotage/conventions/"),
    ("coordinator", "/pilotage/conventions/obligations/"),
]
"""The 25 pages: what a resident looks for, what a mairie and a mediator do each week, where the coordination looks first."""

NOTE_FOCUS = """() => {
  window.reached = [];
  addEventListener("focusin", event => {
    const one = event.target, style = getComputedStyle(one), place = one.getBoundingClientRect();
    const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    // Where it is on the page: the browser scrolls to it afterwards.
    reached.push({one, seen: marked && place.width > 0 && place.bottom + scrollY > 0 && place.right + scrollX > 0});
  });
}"""
TO_REACH = """() => {
  const open = one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0;
  window.awaited = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(open);
  // The keyboard stops four times in a date: day, month, year, and what opens the calendar.
  return awaited.length + 3 * awaited.filter(one => one.type === "date").length;
}"""
UNREACHED = """() => {
  const name = one => one.outerHTML.slice(0, 90);
  const got = new Set(reached.map(each => each.one));
  // The keyboard enters a group of choices once; arrows lead on.
  const group = one => one.type === "radio" && [...got].some(other => other.type === "radio" && other.name === one.name);
  return [
    ...awaited.filter(one => !got.has(one) && !group(one)).map(one => `not reached: ${name(one)}`),
    ...reached.filter(each => !each.seen).map(each => `focus not seen: ${name(each.one)}`),
  ];
}"""
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter(one => {
  const style = getComputedStyle(one);
  const cuts = side => ["hidden", "clip"].includes(style[`overflow${side}`]);
  const hides = one.matches(".hidden, .visually-hidden") || !one.innerText?.trim() || !one.checkVisibility();
  const wide = cuts("X") && one.scrollWidth > one.clientWidth + 1;
  const high = cuts("Y") && one.scrollHeight > one.clientHeight + 1;
  return !hides && (wide || high);
}).map(one => `cut: ${one.outerHTML.slice(0, 90)}`)"""
HELD_FAST = """() => [...document.querySelectorAll("body *")].filter(one => {
  const height = one.getBoundingClientRect().height;
  return ["fixed", "sticky"].includes(getComputedStyle(one).position) && height > innerHeight / 2;
}).map(one => `stays in the way: ${one.outerHTML.slice(0, 90)}`)"""
MOVES = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0);
}).map(one => `moves: ${one.outerHTML.slice(0, 90)}`)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What was found on one page, proof by proof: nothing, or what is wrong."""

    who: str
    path: str
    found: dict[str, list[str]]


def by_keyboard(page: Page) -> list[str]:
    """Return what Tab alone does not reach, and where the focus cannot be seen."""
    page.evaluate(NOTE_FOCUS)
    for _ in range(page.evaluate(TO_REACH) + 2):
        page.keyboard.press("Tab")
    told: list[str] = page.evaluate(UNREACHED)
    return told


def at_320_px(page: Page) -> list[str]:
    """Return what makes a page of 320 px scroll sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    return _sideways(page)


def at_400_percent(page: Page) -> list[str]:
    """Return what is in the way when a window of 1280 by 1024 px is enlarged four times: 320 by 256 px, each drawn with 4 by 4.

    That is what the zoom of a browser does to a page; the pinch of a telephone, which enlarges without reflow, is another thing.
    """
    page.set_viewport_size({"width": 320, "height": 256})
    screen = page.context.new_cdp_session(page)
    enlarged = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
    screen.send("Emulation.setDeviceMetricsOverride", enlarged)
    seen = page.evaluate("[innerWidth, innerHeight, devicePixelRatio]")
    found = [*_sideways(page), *page.evaluate(HELD_FAST)]
    screen.detach()
    return found if seen == [320, 256, 4] else [*found, f"not enlarged: {seen}"]


def with_spaced_text(page: Page) -> list[str]:
    """Return what is cut when the reader spaces lines, words and letters out (WCAG 1.4.12), narrow and wide."""
    page.evaluate(SPACE_OUT)
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += [*_sideways(page), *page.evaluate(CLIPPED)]
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def with_reduced_motion(page: Page) -> list[str]:
    """Return what still moves when the reader asks for none."""
    page.emulate_media(reduced_motion="reduce")
    told: list[str] = page.evaluate(MOVES)
    return told


def with_a_thumb(page: Page) -> list[str]:
    """Return the targets that are too small and too near to others (WCAG 2.2, 2.5.8)."""
    # The link that skips to the content lies over others as long as the keyboard is on it.
    page.evaluate("document.activeElement.blur()")
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += axe.judge(page, axe.TARGETS)
    return found


PROOFS: dict[str, Proof] = {
    "keyboard": by_keyboard,
    "320 px": at_320_px,
    "400 %": at_400_percent,
    "spacing": with_spaced_text,
    "motion": with_reduced_motion,
    "targets": with_a_thumb,
}
WITHOUT_SCRIPTS = "scripts"


def prove(walk: Walk, path: str, user: User | None) -> dict[str, list[str]]:
    """Return what each proof finds on a page: nothing, or what keeps someone from using it."""
    page = walk.open(path, user=user)
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    said = page.locator("main").inner_text()
    found = {name: proof(page) for name, proof in PROOFS.items()}
    page.context.close()
    plain = walk.open(path, user=user, scripts=False)
    found[WITHOUT_SCRIPTS] = _unsaid(said, plain)
    plain.context.close()
    return found


def _sideways(page: Page) -> list[str]:
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls {excess} px sideways"] if excess > 0 else []


def _unsaid(said: str, plain: Page) -> list[str]:
    """Return the lines of a page that are missing without scripts. What is folded counts as said: it unfolds without them."""
    there = plain.locator("main").text_content() or ""
    kept = "".join(there.split())
    return [f"not said without scripts: {line}" for line in said.splitlines() if "".join(line.split()) not in kept]


class Table:
    """Collects what the tests prove, and writes it down."""

    def __init__(self) -> None:
        self.rows: list[Proved] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a test has proved of its pages."""
        if report.when == "call":
            self.rows += [
                Proved(**value) for name, value in report.user_properties if name == "proved" and isinstance(value, dict)
            ]

    def lines(self) -> list[str]:
        """Return the table, and below it what was found."""
        names = [*PROOFS, WITHOUT_SCRIPTS]
        width = max((len(row.path) for row in self.rows), default=0)
        lines = [f"{'':11} {'':{width}} " + " ".join(f"{name:>8}" for name in names)]
        for row in self.rows:
            told = " ".join(f"{'fails' if row.found[name] else 'holds':>8}" for name in names)
            lines.append(f"{row.who:11} {row.path:{width}} {told}")
        whole = sum(not any(row.found.values()) for row in self.rows)
        faults = [
            f"{row.path} [{name}] {fault}" for row in self.rows for name, faults in row.found.items() for fault in faults[:3]
        ]
        return [*lines, "", f"{whole} of {len(PAGES)} pages hold in every way.", *faults]


def main() -> int:
    """Prove the pages, print the table, and return 0 when all of them hold."""
    table = Table()
    module = Path(__file__).with_name("test_access.py")
    options: list[Any] = [str(module), "-q", "-n", "0", "-p", "no:randomly", "--no-header", "--tb=no", "-r", "N"]
    code = pytest.main(options, plugins=[table])
    sys.stdout.write("\n".join(table.lines()) + "\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
