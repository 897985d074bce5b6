"""A visit that is dragged onto a half-day or onto another visit: what that would do, told before anything is done."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.schedule.edits import Edit, Place, exchanged, moved
from escale.apps.schedule.workbench import Workbench, visit_of
from escale.core.planning.plan import Visit
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.changing.benches import on_bench
from escale.web.steering.changing.forms import PlaceForm


@require_safe
@enter(Journey.STEERING)
@on_bench
def try_drop(request: HttpRequest, visitor: Visitor, bench: Workbench, key: int) -> HttpResponse:
    """Answer a drag: a fragment with the judgement, and the button that does it."""
    row = bench.row(key)
    if row is None or not bench.plan.is_open:
        raise Http404
    edit = _edit(request, bench, visit_of(row))
    there = edit.come[0]
    seen = {
        "plan": bench.plan,
        "row": row,
        "judged": bench.judge(edit),
        "names": " et ".join(dict.fromkeys(bench.problem.commune(entry.commune).name for entry in edit.gone)),
        "place": Place(date=there.date, half=there.half, post=there.mediator),
        "words": edit.words,
        "do": "exchange" if len(edit.gone) > 1 else "move",
    }
    return render(request, "steering/changing/_dropped.html", seen)


def _edit(request: HttpRequest, bench: Workbench, visit: Visit) -> Edit:
    """Return the exchange with the visit that is named, or the move to the half-day that is given."""
    if "onto" in request.GET:
        text = request.GET["onto"]
        other = bench.row(int(text)) if text.isdecimal() else None
        if other is None or visit_of(other) == visit:
            raise Http404
        return exchanged(visit, visit_of(other))
    form = PlaceForm(request.GET, bench=bench)
    if not form.is_valid():
        raise Http404
    return moved(visit, form.place)
