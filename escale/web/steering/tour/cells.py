"""The cells of a year as HTML: written here, not in a template, because a page holds up to two thousand of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from escale.apps.schedule.models import Plan
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.web.steering.tour.year import Cell, Gap, Line, Shown, YearVisit
from escale.web.templatetags.french import SHORT_DAYS, SHORT_MONTHS

SHORT_HALVES = {Half.AM.value: "matin", Half.PM.value: "ap.-midi"}
EMPTY = {Gap.UNSERVED: "sans place", Gap.MADE_UP: "→", Gap.OUT: "–", Gap.UNPUBLISHED: "·"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the cells lead; an address is worked out once, and only its end is written for each cell."""

    visit: str
    add: str = ""

    @classmethod
    def to_days(cls) -> Links:
        """Lead from each visit to the day of its mediator."""
        return cls(visit=reverse("steering:day", kwargs={"day": "DAY", "post": 0}).removesuffix("DAY/0/"))

    @classmethod
    def to_edits(cls, plan: Plan) -> Links:
        """Lead from each visit of a draft to its move, and from each empty month to a new visit."""
        return cls(
            visit=_tmp("steering:edit_visit", kwargs={"number": plan.number, "key": 0}).removesuffix("0/"),
            add=_tmp("steering:add_visit", kwargs={"number": plan.number, "code": "CODE", "month": "MONTH"}),
        )

    def of_visit(self, visit: YearVisit) -> str:
        """Return where a visit leads."""
        return f"{self.visit}{visit.key}/" if self.add else f"{self.visit}{visit.date.isoformat()}/{visit.post}/"

    def of_month(self, line: Line, month: Month) -> str:
        """Return where an empty month leads; nothing where it cannot be filled."""
        return self.add.replace("CODE", line.code).replace("MONTH", str(month))


def explain_address(plan: Plan) -> str:
    """Return where « pourquoi ce jour ? » is asked, without the code of the commune that ends it."""
    return _tmp("steering:explain", kwargs={"number": plan.number, "code": "CODE"}).removesuffix("CODE/")


def month_label(month: Month, *, with_year: bool) -> str:
    """Return « janv. », « janv. 2028 »."""
    return SHORT_MONTHS[month.number - 1] + (f" {month.year}" if with_year else "")


def cells_of(line: Line, links: Links) -> SafeString:
    """Return the cells of a commune, one for each month."""
    return format_html_join("", "{}", ((_cell(line, cell, links),) for cell in line.cells))


def _cell(line: Line, cell: Cell, links: Links) -> SafeString:
    label = SHORT_MONTHS[cell.month.number - 1]
    inner = format_html_join(" ", "{}", ((_visit(line, shown, links),) for shown in cell.visits))
    if cell.gap is not None:
        inner = format_html("{}{}", inner, _gap(line, cell, links))
    if not links.add:
        return format_html('<td role="cell" data-label="{}">{}</td>', label, inner)
    held = format_html(' data-visit="{}" draggable="true"', cell.visits[0].visit.key) if cell.visits else ""
    return format_html(
        '<td role="cell" data-label="{}" data-commune="{}" data-month="{}"{}>{}</td>', label, line.code, cell.month, held, inner
    )


def _visit(line: Line, shown: Shown, links: Links) -> SafeString:
    visit, address = shown.visit, links.of_visit(shown.visit)
    fragile = f"date fragile : {shown.fragile}" if shown.fragile else ""
    if shown.is_usual:
        return _link("fragile", address, str(visit.date.day), fragile) if fragile else _plain(address, visit.date.day)
    look = "mark soon fragile" if fragile else "mark soon"
    return _link(look, address, _moved_words(line, visit), " ; ".join(filter(None, (shown.reason, fragile))))


def _plain(address: str, day: int) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, day)


def _link(look: str, address: str, words: str, why: str) -> SafeString:
    """Return a link whose reason is told to those who point at it and to those who hear it."""
    return format_html(
        '<a class="{}" href="{}" title="{}">{}<span class="hidden"> ({})</span></a>', look, address, why, words, why
    )


def _moved_words(line: Line, visit: YearVisit) -> str:
    """Return « jeu 8 »; the half when it is all that differs from the usual day."""
    if line.usual and visit.pattern[:2] == line.usual[:2]:
        return f"{visit.date.day} {SHORT_HALVES[visit.half]}"
    return f"{SHORT_DAYS[visit.date.weekday()].removesuffix('.')} {visit.date.day}"


def _gap(line: Line, cell: Cell, links: Links) -> SafeString:
    sign = EMPTY[cell.gap] if cell.gap else ""
    owed = cell.gap is Gap.UNSERVED
    if owed and (address := links.of_month(line, cell.month)):
        return _link("mark late", address, sign, cell.note)
    look = "mark late" if owed else "none"
    return format_html('<span class="{}" title="{}">{}<span class="hidden"> ({})</span></span>', look, cell.note, sign, cell.note)


def _tmp(name: str, kwargs: dict[str, object]) -> str:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return "/x/CODE/MONTH/0/"
