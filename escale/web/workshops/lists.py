"""The workshops that come, and the page of each."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from escale.apps.territory import clock
from escale.apps.workshops.labels import NEWS
from escale.apps.workshops.models import Workshop
from escale.apps.workshops.queries import people_to_tell, workshop_lines
from escale.core.workshops.states import STANDING, News
from escale.web.workshops.reading import shown_workshop
from escale.web.workshops.table import WorkTable, shown

OVER_SHOWN = 30


@require_safe
def list_workshops(request: HttpRequest, table: WorkTable) -> HttpResponse:
    """Show the workshops that come, or those that are over; to a mairie, whom it has to tell something first."""
    today = clock.today(table.epci)
    is_over = request.GET.get("voir") == "passes"
    rows = table.workshops
    chosen = rows.filter(date__lt=today).order_by("-date", "-starts") if is_over else rows.from_day(today)
    page = Paginator(chosen, OVER_SHOWN).get_page(request.GET.get("page"))
    seen = {
        "lines": workshop_lines(table.workshops.filter(pk__in=[row.pk for row in page]).order_by(*chosen.query.order_by)),
        "page": page,
        "is_over": is_over,
        "today": today,
        "now": clock.moment(table.epci),
        "mine": table.mine if table.is_field else frozenset(),
        "to_tell": [(row, NEWS[News(row.news)]) for row in people_to_tell(table.visitor.user, table.commune)]
        if table.commune
        else [],
    }
    return shown(request, table, "list", **seen)


@require_safe
def show_workshop(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Show a workshop: what it is, who comes, who waits, what can be done."""
    found = shown_workshop(table, table.line(uid))
    today = clock.today(table.epci)
    has_begun = clock.moment(table.epci) >= found.workshop.begins_at
    seen = {
        "may_register": found.workshop.is_open and not has_begun,
        "may_close": found.workshop.is_open and found.workshop.date <= today,
        "others": _other_sessions(table, found.workshop),
        "nobody_named": bool(found.registered) and not any(person.name for person in found.registered),
    }
    return shown(request, table, "workshop", found=found, **seen)


def _other_sessions(table: WorkTable, workshop: Workshop) -> list[Workshop]:
    """Return the other sessions of the cycle of a workshop that may be seen from here, in the order of time."""
    if workshop.cycle is None:
        return []
    standing = table.workshops.filter(cycle=workshop.cycle, state__in=[state.value for state in STANDING])
    return list(standing.exclude(pk=workshop.pk).order_by("date", "starts"))
