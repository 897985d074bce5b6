"""The board of the conventions: where each one stands, what comes next, when, and who owes it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.texts import model_named
from escale.apps.territory import clock
from escale.apps.territory.names import normalised
from escale.core.convention.faults import ModelError
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.forms import BoardForm
from escale.web.steering.conventions.rows import LIVING, board_rows, communes_without, led, matching, of_state, state_counts

LINES = 100
"""How many conventions a page shows."""

BY_DATE = "date"


@require_safe
@enter(Journey.STEERING)
def show_board(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the conventions of the EPCI, filtered by what the address says, and the communes that have none."""
    today = clock.today(visitor.epci)
    rows = board_rows(visitor, today)
    form = BoardForm(request.GET, models=_models(row.convention for row in rows))
    form.full_clean()
    by_date, is_led = request.GET.get("tri") == BY_DATE, visitor.manages_conventions
    judges_acts = is_led and (by_date or bool(form.asked.owed_by or form.asked.what))
    found = matching(led(rows, today) if judges_acts else rows, form)
    state = request.GET.get("etat") or LIVING
    shown = of_state(found, state)
    if by_date:
        shown.sort(key=lambda row: row.when)
    page = Paginator(shown, LINES).get_page(request.GET.get("page"))
    if is_led and not judges_acts:
        page.object_list = led(page.object_list, today)
    without = communes_without(visitor, rows, today) if is_led else []
    words = normalised(form.asked.words).split()
    seen = {
        "visitor": visitor,
        "form": form,
        "is_filtered": any(form[name].value() for name in form.fields),
        "has_any": bool(rows),
        "counts": state_counts(found),
        "state": state,
        "by_date": by_date,
        "page": page,
        "without": [commune for commune in without if all(word in commune.search for word in words)],
    }
    return render(request, "steering/conventions/board.html", seen)


def _models(conventions: Iterable[Convention]) -> list[tuple[str, str]]:
    """Return the models that these conventions were made from, by their names in French."""
    return [(name, _label(name)) for name in sorted({convention.model for convention in conventions})]


def _label(name: str) -> str:
    try:
        return model_named(name).label
    except ModelError:
        return name
