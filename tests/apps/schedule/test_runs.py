"""Searches: asked for once, performed by a task, told while they run, stopped, done again after a dead worker."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions import annex_pattern, plan_year, request_run, stop_run
from escale.apps.schedule.actions.keeping import IllegalPlanError
from escale.apps.schedule.actions.performing import begin_run, fail_run, finish_run, give_up_lost_runs, stop_is_asked
from escale.apps.schedule.labels import ITEM_STATES, PHASES, PLAN_ORIGINS, PLAN_STATES, REMARK_STATES, RUN_STATUSES, STANDINGS
from escale.apps.schedule.models import ItemState, PlanOrigin, PlanState, RemarkState, Run, RunStatus, Standing
from escale.apps.schedule.problems import build_problem
from escale.apps.schedule.queries import gap_words, latest_plan, latest_run, served_words
from escale.apps.schedule.tasks import perform, perform_requested_run
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.check import check
from escale.core.planning.files import plan_from, problem_from
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Annex
from escale.core.planning.progress import Phase
from tests.core.planning.builders import a_visit

pytestmark = pytest.mark.django_db
MONTHS = Month.range("2027-01..2027-02")
Team = list[tuple[Post, Mediator]]


@pytest.fixture
def run(epci: Epci, team: Team, coordinator: User) -> Run:
    return request_run(actor=coordinator, epci=epci, months=MONTHS, seconds=1)


def entry_of(run: Run) -> int:
    return Entry.objects.get(event="schedule.run_requested", subject_id=str(run.pk)).pk


def test_every_state_and_phase_has_its_words() -> None:
    assert set(RUN_STATUSES) == set(RunStatus)
    assert set(PLAN_STATES) == set(PlanState)
    assert set(PLAN_ORIGINS) == set(PlanOrigin)
    assert set(STANDINGS) == set(Standing)
    assert set(REMARK_STATES) == set(RemarkState)
    assert set(PHASES) == set(Phase)
    assert set(ITEM_STATES) == set(ItemState)


def test_a_request_keeps_the_problem_and_puts_one_task_in_the_queue(run: Run, coordinator: User) -> None:
    assert problem_from(run.problem).visits_due == 6
    assert len(run.fingerprint) == 64
    assert set(run.versions) == {"python", "numba", "numpy", "highspy"}
    assert (run.status, run.requested_by) == ("queued", coordinator.actor_id)
    task = DBTaskResult.objects.get(task_path=perform_requested_run.module_path)
    assert task.args_kwargs["args"] == [entry_of(run)]


def test_only_the_coordinator_of_the_epci_may_ask(epci: Epci, team: Team, lawyer: User, stranger: User) -> None:
    for actor in (lawyer, stranger):
        with pytest.raises(PermissionDenied):
            request_run(actor=actor, epci=epci, months=MONTHS)


def test_the_same_months_are_not_searched_twice_at_once(run: Run, epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="déjà en cours"):
        request_run(actor=coordinator, epci=epci, months=MONTHS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            epci=epci, first_month="2027-01", last_month="2027-02", problem={}, fingerprint="0" * 64, requested_by="x"
        )


def test_a_problem_that_cannot_be_built_is_told_and_nothing_is_kept(epci: Epci, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="aucune commune"):
        request_run(actor=coordinator, epci=epci, months=MONTHS)

    assert not Run.objects.exists()


def test_a_freed_commune_must_be_known(epci: Epci, team: Team, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="59999"):
        request_run(actor=coordinator, epci=epci, months=MONTHS, freed=["59999"])


def test_a_performed_search_keeps_a_legal_plan_and_its_answer(run: Run) -> None:
    perform_requested_run.call(entry_of(run))

    run.refresh_from_db()
    plan = plan_from(run.plan)
    assert (run.status, run.attempt, run.share) == ("done", 1, 1.0)
    assert check(problem_from(run.problem), plan) == ()
    assert len(plan.visits) == run.result["visits"] == 6
    assert run.cost == run.result["cost"]
    assert run.lower_bound == run.result["lower_bound"] <= run.cost
    events = Entry.objects.filter(subject_type="schedule.run", subject_id=str(run.pk)).order_by("pk")
    assert list(events.values_list("event", flat=True)) == [
        "schedule.run_requested",
        "schedule.run_begun",
        "schedule.run_finished",
    ]


def test_a_search_that_is_done_is_not_done_again(run: Run) -> None:
    perform(run.pk)
    before = Run.objects.values().get(pk=run.pk)

    perform(run.pk)

    assert Run.objects.values().get(pk=run.pk) == before


def test_a_search_whose_worker_died_starts_anew_and_ends_well(run: Run) -> None:
    begin_run(key=run.pk)

    perform(run.pk)

    run.refresh_from_db()
    assert (run.status, run.attempt) == ("done", 2)


def test_a_worker_that_lost_its_search_to_another_writes_nothing(run: Run) -> None:
    late = begin_run(key=run.pk)
    begin_run(key=run.pk)
    assert late is not None
    problem = problem_from(run.problem)

    kept = finish_run(run=late, problem=problem, plan=Plan(visits=()), result={"status": "feasible"})
    fail_run(run=late, reason="trop tard")

    run.refresh_from_db()
    assert not kept
    assert (run.status, run.plan, run.error) == ("running", None, "")
    assert stop_is_asked(run=late)


def test_an_illegal_plan_is_never_kept(run: Run) -> None:
    begun = begin_run(key=run.pk)
    assert begun is not None
    on_a_holiday = Plan(visits=(a_visit("59001", "2027-01-01", mediator="P0"),))

    with pytest.raises(IllegalPlanError):
        finish_run(run=begun, problem=problem_from(run.problem), plan=on_a_holiday, result={"status": "feasible"})

    assert not Run.objects.planned().exists()


def test_a_search_that_is_stopped_before_it_begins_never_begins(run: Run, coordinator: User) -> None:
    stop_run(actor=coordinator, run=run)

    perform(run.pk)

    run.refresh_from_db()
    assert (run.status, run.attempt, run.plan) == ("stopped", 0, None)
    with pytest.raises(ValidationError, match="déjà finie"):
        stop_run(actor=coordinator, run=run)


def test_a_search_that_is_stopped_while_it_runs_keeps_its_best_plan(
    run: Run, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Run.objects.filter(pk=run.pk).update(seconds=600)
    begin = begin_run

    def begin_then_stop(*, key: int) -> Run | None:
        begun = begin(key=key)
        stop_run(actor=coordinator, run=run)
        return begun

    monkeypatch.setattr("escale.apps.schedule.tasks.begin_run", begin_then_stop)

    perform(run.pk)

    run.refresh_from_db()
    assert (run.status, run.result["status"]) == ("stopped", "stopped")
    assert check(problem_from(run.problem), plan_from(run.plan)) == ()


def test_a_search_that_fails_says_why(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(problem={"name": "cassé"})

    with pytest.raises(ValueError, match="base_hm"):
        perform(run.pk)

    run.refresh_from_db()
    assert run.status == "failed"
    assert "base_hm" in run.error


def test_a_search_whose_workers_all_died_is_given_up(run: Run) -> None:
    begin_run(key=run.pk)
    assert give_up_lost_runs(actor=SYSTEM) == 0

    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, started_at=timezone.now(), finished_at=timezone.now() + dt.timedelta(seconds=1)
    )

    assert give_up_lost_runs(actor=SYSTEM) == 1
    run.refresh_from_db()
    assert (run.status, run.error[:16]) == ("failed", "ses processus so")


def test_a_freed_commune_that_moves_is_named_with_its_avenant(
    epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    for code in ("59001", "59003"):
        agreed = Annex(nth=1 if code == "59001" else 3, window=Window.parse("TUE_AM"))
        annex_pattern(actor=coordinator, epci=epci, commune=communes[code], pattern=agreed, starts=MONTHS[0].first)
    Commune.objects.filter(code="59003").update(latitude=50.301)
    run = request_run(actor=coordinator, epci=epci, months=MONTHS, freed=["59003"], seconds=1)

    perform(run.pk)

    run.refresh_from_db()
    assert [changed["commune"] for changed in run.result["changed_days"]] == ["59003"]
    assert run.result["parts"]["annex"] == 0


def test_a_later_search_knows_the_last_visits_of_the_one_before(run: Run, epci: Epci) -> None:
    perform(run.pk)
    run.refresh_from_db()
    february = {visit.commune: visit.date for visit in plan_from(run.plan).visits if visit.month == MONTHS[1]}

    problem = build_problem(epci, Month.range("2027-03..2027-04"))

    assert {commune.code: commune.before for commune in problem.communes} == {code: (date,) for code, date in february.items()}


def test_a_year_is_asked_for_once(epci: Epci, team: Team, coordinator: User) -> None:
    first = plan_year(actor=coordinator, epci=epci, year=2027, seconds=1)
    assert first is not None
    assert plan_year(actor=coordinator, epci=epci, year=2027) is None

    perform(first.pk)

    assert plan_year(actor=coordinator, epci=epci, year=2027) is None
    assert plan_year(actor=coordinator, epci=epci, year=2028) is not None


def test_the_first_screen_reads_what_is_kept_and_what_is_proved(run: Run, epci: Epci) -> None:
    waiting = latest_run(epci, 2027)
    assert waiting is not None
    assert (waiting.status_words, waiting.served_words, waiting.is_under_way) == ("en attente", "", True)
    assert latest_run(epci, 2028) is None
    assert latest_plan(epci, 2027) is None

    perform(run.pk)

    done = latest_run(epci, 2027)
    assert done is not None
    assert (done.status_words, done.months_words) == ("terminée", "de janvier 2027 à février 2027")
    assert done.served_words == "6 demi-journées sur 6 dues (art.\u00a04)"
    assert done.unserved == done.changed_days == ()
    assert latest_plan(epci, 2027) == run


@pytest.mark.parametrize(
    ("cost", "bound", "words"),
    [
        (100.0, 100.0, "aucun plan ne fait mieux (démontré)"),
        (100.0, 99.0, "au mieux, on gagnerait encore 1\u00a0% (démontré)"),
        (100.0, 98.76, "au mieux, on gagnerait encore 1,3\u00a0% (démontré)"),
        (100.0, 99.99, "au mieux, on gagnerait encore 0,1\u00a0% (démontré)"),
        (100.0, 3.0, ""),
        (0.0, 0.0, "aucun plan ne fait mieux (démontré)"),
    ],
)
def test_a_gap_is_told_in_words_and_never_too_small(cost: float, bound: float, words: str) -> None:
    assert gap_words(cost, bound) == words


def test_one_half_day_is_told_in_the_singular() -> None:
    assert served_words(1, 1) == "1 demi-journée sur 1 due (art.\u00a04)"


def test_a_run_is_seen_in_its_epci_alone(run: Run, coordinator: User, reader: User, stranger: User, referent_oisy: User) -> None:
    seen = {person: Run.objects.visible_to(person).count() for person in (coordinator, reader, stranger, referent_oisy)}

    assert seen == {coordinator: 1, reader: 1, stranger: 0, referent_oisy: 0}


@pytest.mark.parametrize(
    "change",
    [
        {"status": "lost"},
        {"status": "done", "finished_at": timezone.now()},
        {"status": "running", "finished_at": timezone.now()},
        {"plan": {"visits": []}},
        {"share": 1.5},
        {"first_month": "2027-03"},
        {"status": "failed", "finished_at": timezone.now()},
        {"preset": "cheap"},
        {"fingerprint": "short"},
    ],
)
def test_the_database_refuses_what_must_not_be(run: Run, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**change)
