"""Two plans side by side."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.comparison import Compared, Comparison, compare
from escale.apps.schedule.drafts import plan_of, problem_of
from escale.apps.schedule.labels import PLAN_ORIGINS, PLAN_STATES
from escale.apps.schedule.models import Plan, PlanOrigin, PlanState, Publication
from escale.apps.schedule.queries import months_words
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import PRESETS, PresetName
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.STEERING)
def compare_plans(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Choose two plans, and show what differs."""
    require(visitor.user, "schedule.draft", visitor.epci)
    plans = Plan.objects.visible_to(visitor.user).filter(epci=visitor.epci).exclude(state=PlanState.DISCARDED.value)
    by_number = {str(plan.number): plan for plan in plans.select_related("epci")}
    one, other = (by_number.get(request.GET.get(name, "")) for name in ("de", "a"))
    if one and "a" not in request.GET:
        other = _in_force(one)
    seen = {
        "visitor": visitor,
        "choices": [(plan.number, plan_told(plan)) for plan in by_number.values()],
        "one": one,
        "other": other,
        "error": _missing(request, one, other),
    }
    if one and other and one != other:
        try:
            seen["found"] = _compared(one, other)
        except ProblemError as error:
            seen["error"] = error.message
    return render(request, "steering/changing/compare.html", seen)


def plan_told(plan: Plan) -> str:
    """Return « n° 3, 2027, brouillon (recherche) »."""
    state, origin = PLAN_STATES[PlanState(plan.state)], PLAN_ORIGINS[PlanOrigin(plan.origin)]
    return f"n° {plan.number}, {months_words(plan.months)}, {state} ({plan.note or origin})"


def _in_force(plan: Plan) -> Plan | None:
    """Return the other plan that is published for the months of a plan, the first of them."""
    months = [str(month) for month in plan.months]
    published = Publication.objects.filter(epci=plan.epci, month__in=months).exclude(plan=plan).current().order_by("month")
    first = published.select_related("plan__epci").first()
    return None if first is None else first.plan


def _compared(one: Plan, other: Plan) -> Comparison:
    first = problem_of(one)
    # The same months make the same problem, but for what each wish weighs.
    second = (
        replace(first, weights=PRESETS[PresetName(other.preset)].weights) if one.months == other.months else problem_of(other)
    )
    return compare(
        Compared(problem=first, plan=plan_of(one), lower_bound=one.lower_bound),
        Compared(problem=second, plan=plan_of(other), lower_bound=other.lower_bound),
    )


def _missing(request: HttpRequest, one: Plan | None, other: Plan | None) -> str:
    if "a" not in request.GET:
        return ""
    if one is None or other is None:
        return "Choisir deux tournées de la liste."
    return "C’est deux fois la même tournée : en choisir une autre d’un côté." if one == other else ""
