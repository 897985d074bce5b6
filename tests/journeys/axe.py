"""What axe says of an open page: WCAG 2.0 to 2.2, A and AA, and its good practices."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that read a colour: what else axe judges is the same in both schemes."""
TARGETS = ["target-size"]
"""The one rule of WCAG 2.2, which axe leaves off unless asked for (2.5.8)."""

JUDGE = """async ([only, asked]) => {
  // A bar that stays at the bottom covers what can be scrolled away from it: each target is judged as if it were uncovered.
  const stuck = [...document.querySelectorAll("main *")].filter(one => getComputedStyle(one).position === "sticky");
  for (const one of stuck) one.style.position = "static";
  const which = only ? {runOnly: only} : {rules: Object.fromEntries(asked.map(rule => [rule, {enabled: true}]))};
  // Without preload: axe would copy our sheets into inline ones, which the policy rightly refuses.
  const judged = await axe.run({preload: false, resultTypes: ["violations"], ...which});
  for (const one of stuck) one.style.position = "";
  return judged.violations.flatMap(fault => fault.nodes.slice(0, 4).map(node => `${fault.id}: ${node.html.slice(0, 160)}`));
}"""


def judge(page: Page, only: list[str] | None = None) -> list[str]:
    """Return what breaks the rules on a page as it is shown: all of them, or `only` some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    told: list[str] = page.evaluate(JUDGE, [only, TARGETS])
    return told
