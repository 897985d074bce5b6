"""The questions, as a task of the queue; one that is run again answers anew, and its first answer stays."""

from __future__ import annotations

import time
from typing import Any

from django_tasks import task

from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.answering import begin_question, fail_question, finish_question
from escale.apps.schedule.actions.asking import standing_of
from escale.apps.schedule.drafts import plan_of
from escale.apps.schedule.models import Plan, Question, QuestionKind
from escale.apps.schedule.problems import build_problem
from escale.apps.schedule.questions import disruption_from, explanation_to, repair_to, within
from escale.apps.schedule.standing import lived
from escale.apps.schedule.trials import TrialKind, trial_to
from escale.apps.territory import clock
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import PresetName

EXPLAIN_SECONDS, REPAIR_SECONDS, TRIAL_SECONDS = 1.0, 3.0, 8.0


@task()
def answer_question(entry: int) -> None:
    """Answer the question that an entry of the log asks."""
    key = Entry.objects.filter(pk=entry).values_list("subject_id", flat=True).first()
    if key is not None:
        answer(int(key))


def answer(key: int) -> None:
    """Ask the planner, and keep what it says; a problem that cannot be read is told as it is."""
    question = begin_question(key=key)
    if question is None:
        return
    ask = {QuestionKind.EXPLAIN: _explain, QuestionKind.REPAIR: _repair, QuestionKind.TRIAL: _try}[QuestionKind(question.kind)]
    try:
        finish_question(question=question, answer=ask(question))
    except ProblemError as error:
        fail_question(question=question, reason=error.message)
    except Exception as error:
        fail_question(question=question, reason=f"La réponse n’a pas pu être calculée ({type(error).__name__}).")
        raise


def _explain(question: Question) -> dict[str, Any]:
    # Here, not above: pages import this module too, and must not wait for the compiler.
    from escale.core.planning.explain import explain

    plan = question.plan
    if plan.version != question.plan_version:
        raise ProblemError(place="question", message="La tournée a changé entre-temps : poser la question de nouveau.")
    months = _ahead(plan)
    whole = plan_of(plan)
    found = explain(
        build_problem(plan.epci, months, preset=PresetName(plan.preset)),
        within(whole, months),
        commune=question.asked["commune"],
        window=Window.parse(question.asked["window"]),
        clock=time.monotonic,
        seconds=EXPLAIN_SECONDS,
    )
    return explanation_to(found, begun=within(whole, set(plan.months) - set(months)))


def _ahead(plan: Plan) -> tuple[Month, ...]:
    """Return the months that have not begun: usual days change from a month on, and no past visit moves."""
    today = clock.today(plan.epci)
    months = tuple(month for month in plan.months if month.first > today)
    if not months:
        raise ProblemError(
            place="question", message="Tous les mois de cette tournée ont commencé : il n’y a plus rien à déplacer."
        )
    return months


def _repair(question: Question) -> dict[str, Any]:
    from escale.core.planning.repair.repair import repair

    standing = standing_of(question)
    known = build_problem(question.epci, standing.months, preset=PresetName(question.plan.preset))
    problem = lived(known, clock.today(question.epci))
    disruption = disruption_from(question.asked)
    return repair_to(repair(problem, standing.tour, disruption, clock=time.monotonic, seconds=REPAIR_SECONDS))


def _try(question: Question) -> dict[str, Any]:
    from escale.core.planning import trial

    began, asked = time.monotonic(), question.asked
    months = tuple(Month.parse(month) for month in asked["months"])
    problem = build_problem(question.epci, months, preset=PresetName(question.plan.preset))
    tour, code = within(standing_of(question).tour, months), asked["commune"] or trial.median_commune(problem)
    name = problem.commune(code).name
    limits: Any = {"clock": time.monotonic, "seconds": TRIAL_SECONDS}
    match TrialKind(asked["kind"]):
        case TrialKind.VISITS:
            found = trial.try_visits(problem, tour, commune=code, visits=asked["visits"], **limits)
        case TrialKind.WINDOW:
            found = trial.try_window(problem, tour, commune=code, window=Window.parse(asked["window"]), **limits)
        case TrialKind.MEDIATOR:
            found = trial.try_mediator(problem, tour, **limits)
        case TrialKind.COMMUNE:
            found = trial.try_commune(problem, tour, like=code, **limits)
    return trial_to(found, asked, name=name, seconds=time.monotonic() - began)
