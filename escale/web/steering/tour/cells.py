"""The cells of a year as HTML: written here, not in a template, because a page holds up to two thousand of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from escale.apps.schedule.models import Plan
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.web.steering.tour.year import Cell, Gap, Line, Shown, YearVisit
from escale.web.templatetags.french import SHORT_DAYS, SHORT_MONTHS

SHORT_HALVES = {Half.AM.value: "matin", Half.PM.value: "ap.-midi"}
EMPTY = {Gap.UNSERVED: "–", Gap.MADE_UP: "→", Gap.OUT: "–", Gap.UNPUBLISHED: "·"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the cells lead; an address is worked out once, and only its end is written for each cell."""

    visit: str
    add: str = ""
    source: str = ""

    @classmethod
    def to_days(cls, plan: Plan | None = None) -> Links:
        """Lead from each visit to the day of its mediator, as it is published or as a plan has it."""
        source = f"?brouillon={plan.number}" if plan else ""
        return cls(visit=reverse("steering:day", kwargs={"day": "DAY", "post": 0}).removesuffix("DAY/0/"), source=source)

    @classmethod
    def to_edits(cls, plan: Plan) -> Links:
        """Lead from each visit of a draft to its move, and from each empty month to a new visit."""
        return cls(
            visit=reverse("steering:edit_visit", kwargs={"number": plan.number, "key": 0}).removesuffix("0/"),
            add=reverse("steering:add_visit", kwargs={"number": plan.number, "code": "CODE", "month": "MONTH"}),
        )

    def of_visit(self, visit: YearVisit) -> str:
        """Return where a visit leads."""
        return f"{self.visit}{visit.key}/" if self.add else f"{self.visit}{visit.date.isoformat()}/{visit.post}/{self.source}"

    def of_month(self, line: Line, month: Month) -> str:
        """Return where an empty month leads; nothing where it cannot be filled."""
        return self.add.replace("CODE", line.code).replace("MONTH", str(month))


def explain_address(plan: Plan) -> str:
    """Return where « pourquoi ce jour ? » is asked, without the code of the commune that ends it."""
    return reverse("steering:explain", kwargs={"number": plan.number, "code": "CODE"}).removesuffix("CODE/")


def month_label(month: Month, *, with_year: bool) -> str:
    """Return « janv. », « janv. 2028 »."""
    return SHORT_MONTHS[month.number - 1] + (f" {month.year}" if with_year else "")


def cells_of(line: Line, links: Links) -> SafeString:
    """Return the cells of a commune, one for each month."""
    # Plain texts put together once: what `format_html` does for each part takes most of the time of a page of this size.
    return SafeString("".join(_cell(line, cell, links) for cell in line.cells))


def _cell(line: Line, cell: Cell, links: Links) -> str:
    inner = " ".join(_visit(line, shown, links) for shown in cell.visits)
    if cell.gap is not None:
        inner += _gap(line, cell, links)
    start = f'<td role="cell" data-label="{SHORT_MONTHS[cell.month.number - 1]}"'
    if not links.add:
        return f"{start}>{inner}</td>"
    held = f' data-visit="{cell.visits[0].visit.key}" draggable="true"' if cell.visits else ""
    return f'{start} data-commune="{escape(line.code)}" data-month="{cell.month}"{held}>{inner}</td>'


def _visit(line: Line, shown: Shown, links: Links) -> str:
    visit, address = shown.visit, links.of_visit(shown.visit)
    if shown.is_usual and not shown.fragile:
        return f'<a href="{address}">{visit.date.day}</a>'
    fragile = f"date fragile : {shown.fragile}" if shown.fragile else ""
    if shown.is_usual:
        return _link("fragile", address, str(visit.date.day), fragile)
    look = "mark soon fragile" if fragile else "mark soon"
    return _link(look, address, _moved_words(line, visit), " ; ".join(filter(None, (shown.reason, fragile))))


def _link(look: str, address: str, words: str, why: str) -> str:
    """Return a link whose reason is told to those who point at it and to those who hear it."""
    told = escape(why)
    return f'<a class="{look}" href="{escape(address)}" title="{told}">{words}<span class="hidden"> ({told})</span></a>'


def _moved_words(line: Line, visit: YearVisit) -> str:
    """Return « jeu 8 »; the half when it is all that differs from the usual day."""
    if line.usual and visit.pattern[:2] == line.usual[:2]:
        return f"{visit.date.day} {SHORT_HALVES[visit.half]}"
    return f"{SHORT_DAYS[visit.date.weekday()].removesuffix('.')} {visit.date.day}"


def _gap(line: Line, cell: Cell, links: Links) -> str:
    sign = EMPTY[cell.gap] if cell.gap else ""
    owed = cell.gap is Gap.UNSERVED
    if owed and (address := links.of_month(line, cell.month)):
        return _link("mark late", address, sign, cell.note)
    look, told = "mark late" if owed else "none", escape(cell.note)
    return f'<span class="{look}" title="{told}">{sign}<span class="hidden"> ({told})</span></span>'
