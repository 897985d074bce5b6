"""One visit of a draft: where it could go, at what cost, and the change itself; each answer comes before anything is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.schedule.actions.editing import edit_plan, last_change, undo_change
from escale.apps.schedule.edits import Edit, Place, added, moved, taken_away
from escale.apps.schedule.models import PlannedVisit
from escale.apps.schedule.wording import place_words
from escale.apps.schedule.workbench import Workbench, visit_of
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.planning.plan import Visit
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.changing.benches import (
    answer_of,
    changes_since,
    choices_of,
    draft_seen_by,
    exchange_at,
    on_bench,
    usual_of,
)
from escale.web.steering.changing.forms import PlaceForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
@on_bench
def edit_visit(request: HttpRequest, visitor: Visitor, bench: Workbench, key: int) -> HttpResponse:
    """Show one visit of a draft, say what a move would do, and move it."""
    number = bench.plan.number
    row = bench.row(key)
    if row is None:
        return _gone(request, number)
    visit = visit_of(row)
    here = Place(date=visit.date, half=visit.half, post=visit.mediator)
    form = PlaceForm(_typed(request), bench=bench, place=here)
    # Before the action: a field that it refuses is no longer among what was typed.
    answer = answer_of(bench, moved(visit, form.place)) if _tells(form) and form.place != here else None
    edit = _edit(request, bench, visit, form)
    if edit and _is_done(request, visitor, bench, form, edit):
        # A drag begins on the page of the tour, and ends there.
        back = request.POST.get("back") == "plan"
        return redirect("steering:plan", number) if back else redirect("steering:edit_visit", number, key)
    seen = _seen(request, visitor, bench, form)
    seen |= {
        "row": row,
        "by": bench.post_names.get(visit.mediator, row.post),
        "commune": row.commune,
        "title": f"{row.commune}, {place_words(visit)}",
        "usual": usual_of(bench, visit.commune),
        "answer": answer,
        "choices": choices_of(bench, bench.cheapest_moves(visit, visit.month)),
        "month_words": month_words(visit.month),
    }
    return render(request, "steering/changing/edit_visit.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
@on_bench
def add_visit(request: HttpRequest, visitor: Visitor, bench: Workbench, code: str, month: str) -> HttpResponse:
    """Add the visit of a month to a draft, in that month or as a make-up of it."""
    number = bench.plan.number
    promised = _month(bench, code, month)
    form = PlaceForm(_typed(request), bench=bench)
    answer = answer_of(bench, added(code, form.place, promised)) if _tells(form) else None
    if request.POST.get("do") == "add" and form.is_valid():
        edit = added(code, form.place, promised)
        if _is_done(request, visitor, bench, form, edit):
            return _to_new(visitor, number, edit)
    held = [row for row in bench.rows if row.commune.code == code and row.for_month == month]
    seen = _seen(request, visitor, bench, form)
    seen |= {
        "name": bench.problem.commune(code).name,
        "held": [(row, place_words(visit_of(row))) for row in held],
        "answer": answer,
        "choices": choices_of(bench, bench.cheapest_additions(code, promised, promised)),
        "late": choices_of(bench, bench.cheapest_additions(code, promised.next, promised)),
        "month_words": month_words(promised),
        "next_words": month_words(promised.next),
        "usual": usual_of(bench, code),
    }
    return render(request, "steering/changing/add_visit.html", seen)


@require_POST
@enter(Journey.STEERING)
@on_bench
def take_visit_away(request: HttpRequest, visitor: Visitor, bench: Workbench, key: int) -> HttpResponse:
    """Take a visit out of a draft, and offer to give it back."""
    number = bench.plan.number
    row = bench.row(key)
    if row is None:
        return _gone(request, number)
    if _tried(request, visitor, bench, taken_away(visit_of(row))):
        return redirect("steering:add_visit", number, row.commune.code, row.for_month)
    return redirect("steering:edit_visit", number, key)


@require_POST
@enter(Journey.STEERING)
def undo_edit(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Take back the last edit of a draft."""
    plan = draft_seen_by(visitor, number)
    try:
        change = undo_change(actor=visitor.user, plan=plan, version=_version(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"C’est annulé. {change.words}")
    return redirect("steering:plan", number)


def _edit(request: HttpRequest, bench: Workbench, visit: Visit, form: PlaceForm) -> Edit | None:
    """Return the edit that a button asks for."""
    do = request.POST.get("do")
    if do not in {"move", "exchange"} or not form.is_valid():
        return None
    return moved(visit, form.place) if do == "move" else exchange_at(bench, visit, form.place)


def _is_done(request: HttpRequest, visitor: Visitor, bench: Workbench, form: PlaceForm, edit: Edit) -> bool:
    def act() -> None:
        change = edit_plan(actor=visitor.user, plan=bench.plan, version=_version(request), edit=edit)
        messages.success(request, f"C’est fait. {change.words}")

    return accepted(form, act)


def _tried(request: HttpRequest, visitor: Visitor, bench: Workbench, edit: Edit) -> bool:
    try:
        change = edit_plan(actor=visitor.user, plan=bench.plan, version=_version(request), edit=edit)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, f"C’est fait. {change.words}")
    return True


def _seen(request: HttpRequest, visitor: Visitor, bench: Workbench, form: PlaceForm) -> dict[str, Any]:
    """Return what both pages show."""
    return {
        "visitor": visitor,
        "plan": bench.plan,
        "form": form,
        "changes": changes_since(bench.plan, request.POST.get("version")),
        "last": last_change(bench.plan),
    }


def _typed(request: HttpRequest) -> Any:
    """Return what is typed in the form, or in the address by one of the choices; None while nothing is."""
    if request.method == "POST":
        return request.POST
    return request.GET if "date" in request.GET else None


def _tells(form: PlaceForm) -> bool:
    """Tell whether there is a half-day to speak of."""
    return form.is_bound and form.is_valid()


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0


def _month(bench: Workbench, code: str, text: str) -> Month:
    """Return a month of the plan, for one of its communes."""
    try:
        month = Month.parse(text)
    except ValueError as error:
        raise Http404 from error
    if month not in bench.problem.months or code not in {commune.code for commune in bench.problem.communes}:
        raise Http404
    return month


def _gone(request: HttpRequest, number: int) -> HttpResponse:
    """Say that somebody took the visit away meanwhile: what was asked is no longer possible."""
    if request.method != "POST":
        raise Http404
    messages.warning(request, "Ce passage a été retiré de la tournée entre-temps ; rien n’a été changé.")
    return redirect("steering:plan", number)


def _to_new(visitor: Visitor, number: int, edit: Edit) -> HttpResponseRedirect:
    visit = edit.come[0]
    row = PlannedVisit.objects.get(
        plan=draft_seen_by(visitor, number), commune__code=visit.commune, date=visit.date, half=visit.half.value
    )
    return redirect("steering:edit_visit", number, row.pk)
