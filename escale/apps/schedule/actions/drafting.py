"""Make drafts of a tour: the first plan at once, that of a search when it ends, a copy; and throw one away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.keeping import require_legal
from escale.apps.schedule.drafts import plan_of, problem_of, write_visits
from escale.apps.schedule.figures import proved_bound, reckon
from escale.apps.schedule.models import Plan, PlanOrigin, PlanState, Run
from escale.apps.schedule.problems import build_problem
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse
from escale.core.calendar.months import Month
from escale.core.planning import plan as tour
from escale.core.planning.agreed import keep_agreed
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from, problem_from
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Problem
from escale.core.planning.rules.legality import broken_rules

PLANNER = SystemActor(actor_id="planner")


@transaction.atomic
def store_plan(
    *,
    actor: Actor,
    epci: Epci,
    problem: Problem,
    visits: tour.Plan,
    preset: PresetName,
    origin: PlanOrigin,
    run: Run | None = None,
    parent: Plan | None = None,
    note: str = "",
    lower_bound: float | None = None,
    since: dt.date | None = None,
) -> Plan:
    """Keep a tour as a draft, under the next number of its EPCI.

    Raise IllegalPlanError when it breaks a rule of the problem; with `since`, what was lived before that day is not judged again.
    """
    require(actor, "schedule.draft", epci)
    # Locked, so that two drafts never ask for the same number.
    Epci.objects.select_for_update().get(pk=epci.pk)
    require_legal(problem, visits, since=since)
    plan = Plan(
        epci=epci,
        number=(Plan.objects.filter(epci=epci).aggregate(last=Max("number"))["last"] or 0) + 1,
        first_month=str(problem.months[0]),
        last_month=str(problem.months[-1]),
        preset=preset.value,
        origin=origin.value,
        run=run,
        parent=parent,
        note=note,
        figures=reckon(problem, visits),
        lower_bound=lower_bound,
        created_by=actor.actor_id,
    )
    plan.full_clean()
    plan.save()
    write_visits(plan, visits)
    told = {"number": plan.number, "origin": origin.value, "months": [plan.first_month, plan.last_month]}
    events.record("schedule.plan_drafted", actor=actor, epci=epci.siren, subject=plan, **told)
    return plan


def draft_from_run(run: Run) -> Plan:
    """Keep the plan of a search that has ended as a draft, judged against the problem that was searched."""
    return store_plan(
        actor=PLANNER,
        epci=run.epci,
        problem=problem_from(run.problem),
        visits=plan_from(run.plan),
        preset=PresetName(run.preset),
        origin=PlanOrigin.RUN,
        run=run,
        lower_bound=run.lower_bound,
    )


def draft_finished_run(entry: Entry) -> None:
    """Make the draft of the search that an entry of the log says to have ended."""
    draft_from_run(Run.objects.select_related("epci").get(pk=entry.subject_id))


@transaction.atomic
def first_draft(*, actor: Actor, epci: Epci, months: Sequence[Month], preset: PresetName = PresetName.BALANCED) -> Plan:
    """Draft the months at once, without any search: as many visits as can be, agreed days kept where they are free."""
    require(actor, "schedule.draft", epci)
    # Here, not above: pages import this module too, and should not wait for arrays.
    from escale.core.planning.greedy import first_plan
    from escale.core.planning.grid import build_grid
    from escale.core.planning.grid import plan_of as plan_of_grid

    try:
        problem = build_problem(epci, months, preset=preset)
    except ProblemError as error:
        raise ValidationError(str(error)) from error
    grid = build_grid(keep_agreed(problem))
    visits = plan_of_grid(problem, grid, first_plan(grid))
    return store_plan(actor=actor, epci=epci, problem=problem, visits=visits, preset=preset, origin=PlanOrigin.FIRST)


@transaction.atomic
def copy_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Return a draft with the visits of a plan; those that have become impossible are left out, and the note says how many."""
    require(actor, "schedule.draft", plan)
    try:
        problem = problem_of(plan)
    except ProblemError as error:
        raise ValidationError(str(error)) from error
    before = plan_of(plan)
    visits = possible_part(problem, before)
    lost = len(before.entries()) - len(visits.entries())
    note = f"copie de la tournée n° {plan.number}"
    if lost:
        note += f", moins {lost} passage{'s' if lost > 1 else ''} qui ne peu{'vent' if lost > 1 else 't'} plus se tenir"
    return store_plan(
        actor=actor,
        epci=plan.epci,
        problem=problem,
        visits=visits,
        preset=PresetName(plan.preset),
        origin=PlanOrigin.COPY,
        parent=plan,
        note=note,
        lower_bound=proved_bound(plan, problem),
    )


def possible_part(problem: Problem, plan: tour.Plan) -> tour.Plan:
    """Return a plan that was legal once without the visits that are legal no more."""
    communes = {commune.code: commune for commune in problem.communes}
    mediators = {mediator.id: mediator for mediator in problem.mediators}

    def holds(visit: tour.Visit) -> bool:
        commune, mediator = communes.get(visit.commune), mediators.get(visit.mediator)
        if commune is None or mediator is None:
            return False
        return not any(broken_rules(problem, commune, mediator, visit.date, visit.half))

    return tour.Plan(visits=tuple(filter(holds, plan.visits)), make_ups=tuple(filter(holds, plan.make_ups)))


@transaction.atomic
def discard_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Put a draft aside: it is kept, and can be neither edited nor published any more."""
    require(actor, "schedule.draft", plan)
    locked = Plan.objects.select_for_update().select_related("epci").get(pk=plan.pk)
    if locked.state == PlanState.PUBLISHED:
        raise refuse("state", "Cette tournée a été publiée : elle reste, pour qu’on sache ce qui a été promis.")
    if locked.state == PlanState.DISCARDED:
        return locked
    locked.state = PlanState.DISCARDED.value
    locked.save(update_fields=["state"])
    events.record("schedule.plan_discarded", actor=actor, epci=locked.epci.siren, subject=locked, number=locked.number)
    return locked
