"""What the pages that change a draft show: the draft laid open, an answer to what is typed, the cheapest half-days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from escale.apps.audit.actors import require
from escale.apps.schedule.edits import Edit, Judgement, Place, exchanged
from escale.apps.schedule.models import Plan, PlanChange
from escale.apps.schedule.wording import place_words
from escale.apps.schedule.workbench import Workbench, workbench_of
from escale.core.planning.agreed import usual_words
from escale.core.planning.explaining.usual import usual_day
from escale.core.planning.faults import ProblemError
from escale.core.planning.plan import Visit
from escale.web.journeys import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of the half-day that is typed; `exchange` is what may be done instead with whoever has it."""

    judged: Judgement
    exchange: Judgement | None = None
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A half-day that is offered: what it is, by whom, what it costs, and the address that tries it."""

    words: str
    post: str
    cost: str
    query: str


def draft_seen_by(visitor: Visitor, number: int) -> Plan:
    """Return a plan of the EPCI by its number, for whoever may see drafts; else 403 or 404."""
    require(visitor.user, "schedule.draft", visitor.epci)
    return get_object_or_404(Plan.objects.visible_to(visitor.user).select_related("epci"), epci=visitor.epci, number=number)


def on_bench(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the plan laid open; while the territory or the team lacks something, say what instead."""

    @wraps(view)
    def laid(request: HttpRequest, visitor: Visitor, number: int, **parts: object) -> HttpResponse:
        plan = draft_seen_by(visitor, number)
        try:
            bench = workbench_of(plan)
        except ProblemError as error:
            seen = {"visitor": visitor, "plan": plan, "error": error}
            return render(request, "steering/changing/unready.html", seen)
        return view(request, visitor, bench, **parts)

    return laid


def answer_of(bench: Workbench, edit: Edit) -> Answer:
    """Judge what is typed, and the exchange when another visit has the place."""
    judged = bench.judge(edit)
    holder = next((refusal.holder for refusal in judged.refusals if refusal.holder), None)
    if holder is None or not edit.gone:
        return Answer(judged=judged)
    swap = bench.judge(exchanged(edit.gone[0], holder))
    return Answer(judged=judged, exchange=swap, other=bench.problem.commune(holder.commune).name)


def exchange_at(bench: Workbench, visit: Visit, place: Place) -> Edit | None:
    """Return the exchange of a visit with the one that has a place."""
    holder = bench.holder(place)
    return None if holder is None or holder == visit else exchanged(visit, holder)


def choices_of(bench: Workbench, judged: Iterable[Judgement]) -> list[Choice]:
    """Return half-days as the page offers them."""
    found = []
    for one in judged:
        visit = one.after[0]
        query = urlencode({"date": visit.date.isoformat(), "half": visit.half.value, "post": visit.mediator})
        post = bench.post_names[visit.mediator]
        cost = " ".join((one.delta_words, *one.avenants))
        found.append(Choice(words=place_words(visit), post=post, cost=cost, query=query))
    return found


def usual_of(bench: Workbench, code: str) -> str:
    """Return the usual day of a commune in the plan, in words; nothing without a visit."""
    day = usual_day(bench.tour, code)
    return "" if day is None else usual_words(day.nth, day.window)


def changes_since(plan: Plan, typed: str | None) -> Sequence[PlanChange]:
    """Return what was changed after the version that a form was shown with, the oldest first."""
    if typed is None or not typed.isdecimal() or int(typed) >= plan.version:
        return ()
    return list(plan.changes.filter(version__gt=int(typed)))
