"""Questions to the planner: asked once, answered by a task, failed in French; their plans kept as drafts while nothing moved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.answering import begin_question, finish_question, give_up_lost_questions
from escale.apps.schedule.actions.asking import ask_explanation, ask_repair, draft_repair, is_current, keep_explained
from escale.apps.schedule.actions.editing import edit_plan
from escale.apps.schedule.drafts import plan_of
from escale.apps.schedule.edits import taken_away
from escale.apps.schedule.models import Plan, Publication, Question, QuestionStatus
from escale.apps.schedule.problems import mediator_id
from escale.apps.schedule.question_tasks import answer, answer_question
from escale.apps.schedule.questions import disruption_asked, disruption_from
from escale.apps.team.actions import record_leave
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Window
from escale.core.planning.repair import Absence, ByHand, Closure, Disruption, Joining
from tests.apps.schedule.sketch import a_draft, a_planned_visit, as_published, take_part
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]
TUESDAY = Window.parse("TUE_PM")


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 11)


@pytest.fixture
def plan(epci: Epci, communes: dict[str, Commune], team: Team) -> Plan:
    """January to March 2027: three communes, on the third Tuesday and Thursday, all by the first post."""
    take_part(epci, communes.values())
    plan, post = a_draft(epci, months=("2027-01", "2027-03")), team[0][0]
    for month, tuesday, thursday in (("01", "19", "21"), ("02", "16", "18"), ("03", "16", "18")):
        a_planned_visit(plan, communes["59001"], post, f"2027-{month}-{tuesday}")
        a_planned_visit(plan, communes["59002"], post, f"2027-{month}-{tuesday}", "PM")
        a_planned_visit(plan, communes["59003"], post, f"2027-{month}-{thursday}")
    return plan


@pytest.fixture
def published(plan: Plan) -> Plan:
    as_published(plan)
    plan.refresh_from_db()
    return plan


def ill(team: Team, starts: str = "2027-01-18", ends: str = "2027-01-22", *, vacant: bool = False) -> Disruption:
    absence = Absence(mediator=mediator_id(team[0][0]), starts=day(starts), ends=day(ends), vacant=vacant)
    return Disruption(absences=(absence,))


def answered(question: Question) -> Question:
    answer(question.pk)
    question.refresh_from_db()
    return question


def test_what_happened_is_written_and_read_again() -> None:
    told = Disruption(
        absences=(Absence(mediator="P1", starts=day("2027-01-18"), ends=day("2027-01-22"), vacant=True),),
        closures=(Closure(commune="59001", starts=day("2027-01-18"), ends=day("2027-01-22"), other_room=True),),
        joinings=(Joining(commune="59002", date=day("2027-02-01")),),
        by_hand=(
            ByHand(commune="59003", was=day("2027-01-21"), date=day("2027-01-22"), half=Half.PM, mediator="P1"),
            ByHand(commune="59002", was=None, date=day("2027-01-26"), half=Half.AM, mediator="P1"),
        ),
        since=day("2027-01-11"),
    )

    assert disruption_from(disruption_asked(told)) == told
    assert disruption_from(disruption_asked(Disruption())) == Disruption()


def test_a_question_is_put_in_the_queue_once(plan: Plan, coordinator: User) -> None:
    question = ask_explanation(actor=coordinator, plan=plan, commune="59003", window=TUESDAY)

    assert ask_explanation(actor=coordinator, plan=plan, commune="59003", window=TUESDAY) == question
    task = DBTaskResult.objects.get(task_path=answer_question.module_path)
    entry = Entry.objects.get(event="schedule.question_asked")
    assert task.args_kwargs["args"] == [entry.pk]
    answer_question.call(entry.pk)
    question.refresh_from_db()
    assert question.status == QuestionStatus.DONE


def test_an_explanation_is_answered_and_its_plan_kept_as_a_draft(plan: Plan, coordinator: User) -> None:
    question = answered(ask_explanation(actor=coordinator, plan=plan, commune="59003", window=TUESDAY))
    assert question.answer["allowed"], question.error
    assert question.answer["words"].startswith("Possible le mardi après-midi")

    draft = keep_explained(actor=coordinator, question=question, exchange=False)

    assert (draft.number, draft.origin, draft.parent) == (2, "copy", plan)
    assert "Condé le mardi après-midi" in draft.note
    kept = plan_of(draft)
    assert [visit.window for visit in kept.by_commune["59003"]][1:] == [TUESDAY, TUESDAY]
    assert [visit for visit in kept.visits if visit.month.number == 1] == [
        visit for visit in plan_of(plan).visits if visit.month.number == 1
    ], "a month that has begun stays as it is"
    assert keep_explained(actor=coordinator, question=question, exchange=False) == draft
    assert Plan.objects.count() == 2


def test_a_plan_that_changed_since_the_explanation_is_not_copied(plan: Plan, coordinator: User) -> None:
    question = answered(ask_explanation(actor=coordinator, plan=plan, commune="59003", window=TUESDAY))
    edit_plan(actor=coordinator, plan=plan, version=1, edit=taken_away(plan_of(plan).visits[0]))

    with pytest.raises(ValidationError, match="poser de nouveau"):
        keep_explained(actor=coordinator, question=question, exchange=False)


def test_a_rule_that_forbids_is_told_and_gives_no_plan(plan: Plan, coordinator: User) -> None:
    question = answered(ask_explanation(actor=coordinator, plan=plan, commune="59003", window=Window.parse("MON_AM")))

    assert (question.status, question.answer["allowed"]) == ("done", False)
    with pytest.raises(ValidationError, match="pas de plan à garder"):
        keep_explained(actor=coordinator, question=question, exchange=False)


def test_a_question_that_cannot_be_answered_says_why(plan: Plan, coordinator: User, settings: Settings) -> None:
    unknown = answered(ask_explanation(actor=coordinator, plan=plan, commune="59999", window=TUESDAY))
    settings.ESCALE_TODAY = dt.date(2027, 3, 1)
    late = answered(ask_explanation(actor=coordinator, plan=plan, commune="59003", window=TUESDAY))

    assert (unknown.status, unknown.error) == ("failed", "la commune 59999 n'est pas dans le problème")
    assert "Tous les mois" in late.error


def test_a_repair_moves_few_visits_and_becomes_a_draft(published: Plan, team: Team, coordinator: User, epci: Epci) -> None:
    question = answered(ask_repair(actor=coordinator, epci=epci, disruption=ill(team)))
    assert question.status == QuestionStatus.DONE, question.error
    assert (len(question.answer["lost"]), len(question.answer["moves"])) == (3, 3)

    draft = draft_repair(actor=coordinator, question=question)

    assert (draft.origin, draft.parent, draft.months) == ("repair", published, published.months)
    assert draft_repair(actor=coordinator, question=question) == draft
    away = {day("2027-01-19"), day("2027-01-21")}
    assert not [v for v in plan_of(draft).visits if v.date in away and v.mediator == mediator_id(team[0][0])]
    assert {v for v in plan_of(draft).visits if v.month.number > 1} == {
        v for v in plan_of(published).visits if v.month.number > 1
    }


def test_a_repair_of_a_tour_that_was_published_meanwhile_is_refused(
    published: Plan, team: Team, coordinator: User, epci: Epci
) -> None:
    question = answered(ask_repair(actor=coordinator, epci=epci, disruption=ill(team)))
    Publication.objects.filter(month="2027-02").update(superseded_at=timezone.now())
    Publication.objects.create(epci=epci, plan=published, month="2027-02", published_by="autre")

    assert not is_current(question)
    with pytest.raises(ValidationError, match="a changé depuis cette question"):
        draft_repair(actor=coordinator, question=question)
    again = ask_repair(actor=coordinator, epci=epci, disruption=ill(team))
    assert again != question


def test_a_tour_published_while_the_worker_repairs_is_told(published: Plan, team: Team, coordinator: User, epci: Epci) -> None:
    question = ask_repair(actor=coordinator, epci=epci, disruption=ill(team))
    Publication.objects.filter(month="2027-03").update(superseded_at=timezone.now())

    assert "a changé depuis cette question" in answered(question).error


def test_a_month_that_is_not_published_is_not_repaired(
    plan: Plan, published: Plan, team: Team, coordinator: User, epci: Epci
) -> None:
    with pytest.raises(ValidationError, match="Le mois de mai 2027 n’est pas publié"):
        ask_repair(actor=coordinator, epci=epci, disruption=ill(team, "2027-05-03", "2027-05-07"))


def test_a_leave_written_down_later_does_not_lose_what_was_held(
    published: Plan, team: Team, coordinator: User, epci: Epci, settings: Settings
) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 25)
    record_leave(actor=SYSTEM, mediator=team[0][1], starts=day("2027-01-19"), ends=day("2027-01-19"))

    question = answered(ask_repair(actor=coordinator, epci=epci, disruption=ill(team, "2027-02-15", "2027-02-16")))

    assert {visit["date"] for visit in question.answer["lost"]} == {"2027-02-16"}
    assert draft_repair(actor=coordinator, question=question).visits.filter(date=day("2027-01-19")).count() == 2


def test_the_past_stays_in_a_repair(published: Plan, team: Team, coordinator: User, epci: Epci, settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 20)

    question = answered(ask_repair(actor=coordinator, epci=epci, disruption=ill(team, "2027-01-20", "2027-01-22")))

    assert [visit["commune"] for visit in question.answer["lost"]] == ["59003"]
    draft = draft_repair(actor=coordinator, question=question)
    assert draft.visits.filter(date=day("2027-01-19")).count() == 2


def test_an_answer_is_kept_once_and_a_lost_question_is_given_up(plan: Plan, coordinator: User) -> None:
    question = ask_explanation(actor=coordinator, plan=plan, commune="59003", window=TUESDAY)
    begin_question(key=question.pk)
    begin_question(key=question.pk)
    finish_question(question=question, answer={"words": "oui", "seconds": 1})
    finish_question(question=question, answer={"words": "non", "seconds": 1})
    question.refresh_from_db()
    assert question.answer["words"] == "oui"
    lost = ask_explanation(actor=coordinator, plan=plan, commune="59001", window=TUESDAY)
    assert give_up_lost_questions(actor=SYSTEM) == 0

    Question.objects.filter(pk=lost.pk).update(requested_at=timezone.now() - dt.timedelta(hours=1))

    assert give_up_lost_questions(actor=SYSTEM) == 1
    lost.refresh_from_db()
    assert "poser la question de nouveau" in lost.error


def test_only_the_coordinator_of_the_epci_asks(published: Plan, team: Team, epci: Epci, lawyer: User, stranger: User) -> None:
    for actor in (lawyer, stranger):
        with pytest.raises(PermissionDenied):
            ask_explanation(actor=actor, plan=published, commune="59003", window=TUESDAY)
        with pytest.raises(PermissionDenied):
            ask_repair(actor=actor, epci=epci, disruption=ill(team))
