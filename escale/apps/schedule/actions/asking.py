"""Ask the planner a question through the worker, and keep as a draft the plan that it proposes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.answering import UNDER_WAY
from escale.apps.schedule.actions.drafting import store_plan
from escale.apps.schedule.actions.keeping import IllegalPlanError
from escale.apps.schedule.drafts import posts_by_id
from escale.apps.schedule.models import Plan, PlanOrigin, Question, QuestionKind, QuestionStatus
from escale.apps.schedule.problems import build_problem
from escale.apps.schedule.questions import disruption_asked, disruption_from, explanation_asked
from escale.apps.schedule.standing import Standing, lived, published_months, standing_around
from escale.apps.team.actions import leave_post, record_leave
from escale.apps.team.models import LeaveKind, Occupancy
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse
from escale.core.calendar.french import month_words
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from
from escale.core.planning.plan import Plan as Tour
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Problem
from escale.core.planning.repair import Disruption

ASK_AGAIN = "La tournée publiée a changé depuis cette question : la poser de nouveau, la réponse tiendra compte du changement."


@transaction.atomic
def ask_explanation(*, actor: Actor, plan: Plan, commune: str, window: Window) -> Question:
    """Ask why a commune does not have its usual day in a window; asked again while it is answered, it is the same."""
    require(actor, "schedule.draft", plan)
    plan = Plan.objects.select_for_update().select_related("epci").get(pk=plan.pk)
    return ask(actor, plan, QuestionKind.EXPLAIN, explanation_asked(commune, window))


@transaction.atomic
def ask_repair(*, actor: Actor, epci: Epci, disruption: Disruption, noted: bool = False) -> Question:
    """Ask how to repair the published tour from today on; asked again while it is answered, it is the same question.

    With `noted`, the team knows of absences and of a vacant post as well, and so do later searches. Raise ValidationError when a
    month that is disturbed is not published, or when a part of an absence is written down already.
    """
    require(actor, "schedule.draft", epci)
    today = clock.today(epci)
    months = _disturbed(disruption, Month.of(today), published_months(epci))
    standing = standing_around(epci, months)
    if standing is None:
        raise refuse("starts", "Ces mois ne sont pas publiés : une tournée qui n’est pas publiée se modifie dans son brouillon.")
    plan = Plan.objects.select_for_update().select_related("epci").get(pk=standing.plan_of(months[0]).pk)
    asked = disruption_asked(disruption) | {"since": today.isoformat()}
    asked |= {"months": [str(month) for month in standing.months], "publications": standing.keys}
    if noted:
        _note_absences(actor, epci, disruption)
    return ask(actor, plan, QuestionKind.REPAIR, asked)


@transaction.atomic
def keep_explained(*, actor: Actor, question: Question, exchange: bool) -> Plan:
    """Keep as a draft the plan of an explanation, or the plainest exchange; the same draft when it is kept twice."""
    question, kept = _answered(actor, question, QuestionKind.EXPLAIN, "exchange" if exchange else "plan")
    if kept:
        return kept
    answer, plan = question.answer, question.plan
    proposed = answer["exchange"]["plan"] if exchange else answer["plan"]
    if plan.version != question.plan_version:
        raise refuse("question", "La tournée a changé depuis cette question : la poser de nouveau.")
    problem = _problem(plan.epci, plan.months, plan)
    name = problem.commune(question.asked["commune"]).name
    window = Window.parse(question.asked["window"])
    draft = _store(actor, question, problem, proposed, PlanOrigin.COPY, f"d’après le n° {plan.number} : {name} le {window.words}")
    return _note(question, "exchange" if exchange else "plan", draft)


@transaction.atomic
def draft_repair(*, actor: Actor, question: Question) -> Plan:
    """Keep a repair as a draft, to be published; the same draft when it is kept twice.

    Raise ValidationError when something was published since the question.
    """
    question, kept = _answered(actor, question, QuestionKind.REPAIR, "plan")
    if kept:
        return kept
    if not is_current(question):
        raise refuse("question", ASK_AGAIN)
    months = [Month.parse(month) for month in question.asked["months"]]
    known = lived(_problem(question.epci, months, question.plan), clock.today(question.epci))
    problem = disruption_from(question.asked).applied_to(known)
    note = f"réparation de la tournée n° {question.plan.number}"
    return _note(question, "plan", _store(actor, question, problem, question.answer["plan"], PlanOrigin.REPAIR, note))


def is_current(question: Question) -> bool:
    """Tell whether what is published is still what a repair was asked for."""
    months = [Month.parse(month) for month in question.asked["months"]]
    standing = standing_around(question.epci, months)
    asked = question.asked["publications"]
    return standing is not None and [standing.publications[month].pk for month in months] == asked


def standing_of(question: Question) -> Standing:
    """Return the published tour for which a repair was asked. Raise ProblemError when it has changed."""
    if not is_current(question):
        raise ProblemError(place="question", message=ASK_AGAIN)
    months = [Month.parse(month) for month in question.asked["months"]]
    standing = standing_around(question.epci, months)
    assert standing is not None  # noqa: S101 -- it is current
    return Standing(publications={month: standing.publications[month] for month in months})


def _disturbed(disruption: Disruption, first: Month, published: Iterable[Month]) -> list[Month]:
    """Return the published months from the present one on that the disruption reaches, else the first that it names."""
    spans = [(absence.starts, absence.ends) for absence in disruption.absences]
    spans += [(closure.starts, closure.ends) for closure in disruption.closures]
    spans += [(move.date, move.date) for move in disruption.by_hand]
    spans += [(joining.date, joining.date) for joining in disruption.joinings]
    months = {month for start, end in spans for month in max(Month.of(start), first).until(Month.of(end))}
    coming = [month for month in published if month >= first]
    if disruption.joinings:
        months |= {month for month in coming if month > min(months, default=first)}
    reached = [month for month in coming if month in months]
    wanted = sorted(months)[:1] or [first]
    if not reached or wanted[0] < reached[0]:
        told = month_words(wanted[0])
        raise refuse(
            "starts", f"Le mois de {told} n’est pas publié : une tournée qui ne l’est pas se modifie dans son brouillon."
        )
    return reached


def _note_absences(actor: Actor, epci: Epci, disruption: Disruption) -> None:
    """Write absences down as leave; whoever leaves a post vacant leaves it the day before."""
    posts = posts_by_id(epci)
    for absence in disruption.absences:
        held = Occupancy.objects.filter(post=posts.get(absence.mediator)).between(absence.starts, absence.ends)
        for row in held.select_related("mediator", "post__epci"):
            if absence.vacant:
                leave_post(actor=actor, occupancy=row, ends=absence.starts - dt.timedelta(days=1))
            # Written down already when the same question is asked twice.
            elif not row.mediator.leaves.filter(starts__lte=absence.starts, ends__gte=absence.ends).exists():
                record_leave(actor=actor, mediator=row.mediator, starts=absence.starts, ends=absence.ends, kind=LeaveKind.ABSENCE)


def ask(actor: Actor, plan: Plan, kind: QuestionKind, asked: dict[str, Any]) -> Question:
    """Write a question down for the worker, once; part of an action that has locked the plan."""
    waiting = Question.objects.filter(plan=plan, plan_version=plan.version, kind=kind.value, status__in=UNDER_WAY)
    same: list[Question] = [question for question in waiting if question.asked == asked]
    if same:
        return same[0]
    question = Question(
        epci=plan.epci, plan=plan, plan_version=plan.version, kind=kind.value, asked=asked, requested_by=actor.actor_id
    )
    question.full_clean()
    question.save()
    events.record("schedule.question_asked", actor=actor, epci=plan.epci.siren, subject=question, kind=kind.value)
    return question


def _answered(actor: Actor, question: Question, kind: QuestionKind, name: str) -> tuple[Question, Plan | None]:
    """Return a question that has its answer, locked, and the draft that was made of it already."""
    require(actor, "schedule.draft", question)
    locked = Question.objects.select_for_update().select_related("plan__epci", "epci").get(pk=question.pk)
    if locked.kind != kind or locked.status != QuestionStatus.DONE or _proposal(locked.answer, name) is None:
        raise refuse("question", "Cette question n’a pas de plan à garder.")
    number = locked.answer.get("kept", {}).get(name)
    return locked, Plan.objects.filter(epci=locked.epci, number=number).first() if number else None


def _proposal(answer: Any, name: str) -> Any:
    return (answer.get("exchange") or {}).get("plan") if name == "exchange" else answer.get("plan")


def _problem(epci: Epci, months: Iterable[Month], plan: Plan) -> Problem:
    try:
        return build_problem(epci, tuple(months), preset=PresetName(plan.preset))
    except ProblemError as error:
        raise ValidationError(str(error)) from error


def _store(actor: Actor, question: Question, problem: Problem, proposed: Any, origin: PlanOrigin, note: str) -> Plan:
    visits: Tour = plan_from(proposed)
    try:
        return store_plan(
            actor=actor,
            epci=question.epci,
            problem=problem,
            visits=visits,
            preset=PresetName(question.plan.preset),
            origin=origin,
            parent=question.plan,
            note=note,
            since=clock.today(question.epci),
        )
    except IllegalPlanError as error:
        raise refuse("question", f"Ce plan n’est plus possible ({error}) : poser la question de nouveau.") from error


def _note(question: Question, name: str, draft: Plan) -> Plan:
    question.answer["kept"] = {**question.answer.get("kept", {}), name: draft.number}
    question.save(update_fields=["answer"])
    return draft
