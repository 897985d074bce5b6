"""Batches: each problem planned once, the rest taken up again, an older attempt never heard."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions.batching import (
    Budget,
    begin_item,
    enqueue_batch,
    fail_item,
    finish_item,
    gather_batch,
    give_up_lost_items,
)
from escale.apps.schedule.actions.keeping import IllegalPlanError
from escale.apps.schedule.models import Batch, BatchItem
from escale.apps.schedule.tasks import plan_item
from escale.core.planning.check import check
from escale.core.planning.files import plan_from
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit

pytestmark = pytest.mark.django_db
BUDGET = Budget(work_per_commune=1_000)
SMALL, LARGE = a_problem(a_commune("59001")), a_problem(a_commune("59001"), a_commune("59002"))


def gather(*problems: tuple[str, Problem], budget: Budget = BUDGET) -> Batch:
    return gather_batch(actor=SYSTEM, name="pays", problems=problems, budget=budget)


@pytest.fixture
def batch() -> Batch:
    return gather(("a", SMALL), ("b", LARGE))


def states(batch: Batch) -> dict[str, str]:
    return dict(batch.items.values_list("key", "state"))


def test_each_problem_becomes_one_task_and_a_legal_plan(batch: Batch) -> None:
    assert enqueue_batch(actor=SYSTEM, batch=batch) == 2

    for item in batch.items.all():
        plan_item.call(item.pk)

    assert states(batch) == {"a": "done", "b": "done"}
    large = batch.items.get(key="b")
    assert check(LARGE, plan_from(large.plan)) == ()
    assert (large.result["visits"], large.result["lower_bound"]) == (4, 0.0)


def test_a_problem_that_is_planned_is_never_planned_again(batch: Batch) -> None:
    enqueue_batch(actor=SYSTEM, batch=batch)
    first = batch.items.get(key="a")
    plan_item.call(first.pk)

    again = gather(("a", SMALL), ("b", LARGE))

    assert again == batch
    assert states(again) == {"a": "done", "b": "queued"}
    assert enqueue_batch(actor=SYSTEM, batch=again) == 0, "the task of the other one still waits"
    assert begin_item(key=first.pk) is None


def test_a_problem_that_changed_or_another_budget_is_planned_anew(batch: Batch) -> None:
    for item in batch.items.all():
        plan_item.call(item.pk)

    assert states(gather(("a", LARGE), ("b", LARGE))) == {"a": "queued", "b": "done"}
    assert states(gather(("a", LARGE), ("b", LARGE), budget=Budget(seconds=0.5))) == {"a": "queued", "b": "queued"}
    assert states(gather(("b", LARGE), budget=Budget(seconds=0.5))) == {"b": "queued"}


def test_a_proof_comes_when_it_is_asked_for() -> None:
    batch = gather(("a", SMALL), budget=Budget(work_per_commune=1_000, prove=True))

    plan_item.call(batch.items.get().pk)

    assert batch.items.get().result["lower_bound"] > 0


def test_a_problem_whose_task_is_gone_gets_another(batch: Batch) -> None:
    enqueue_batch(actor=SYSTEM, batch=batch)
    item = batch.items.get(key="a")
    begin_item(key=item.pk)
    DBTaskResult.objects.filter(pk=item.task).delete()

    assert enqueue_batch(actor=SYSTEM, batch=batch) == 1
    assert DBTaskResult.objects.filter(pk=batch.items.get(key="a").task).exists()


def test_an_older_attempt_writes_nothing(batch: Batch) -> None:
    key = batch.items.get(key="a").pk
    late, current = begin_item(key=key), begin_item(key=key)
    assert late is not None
    assert current is not None
    visits = (a_visit("59001", "2026-01-06"),)
    answer = {"visits": 1}

    assert not finish_item(item=late, problem=SMALL, plan=a_plan(), result=answer)
    fail_item(item=late, reason="trop tard")
    assert finish_item(item=current, problem=SMALL, plan=a_plan(*visits), result=answer)

    assert plan_from(batch.items.get(key="a").plan).visits == visits


def test_an_illegal_plan_is_never_kept(batch: Batch) -> None:
    item = begin_item(key=batch.items.get(key="a").pk)
    assert item is not None

    with pytest.raises(IllegalPlanError):
        finish_item(item=item, problem=SMALL, plan=Plan(visits=(a_visit("59001", "2026-01-01"),)), result={})

    assert batch.items.get(key="a").plan is None


def test_a_problem_that_cannot_be_planned_says_why_and_hinders_no_other(batch: Batch) -> None:
    BatchItem.objects.filter(key="a").update(problem={})

    with pytest.raises(ValueError, match="name"):
        plan_item.call(batch.items.get(key="a").pk)

    failed = batch.items.get(key="a")
    assert (failed.state, "name" in failed.error) == ("failed", True)


def test_a_problem_whose_workers_all_died_is_given_up_and_may_be_asked_for_again(batch: Batch) -> None:
    enqueue_batch(actor=SYSTEM, batch=batch)
    begin_item(key=batch.items.get(key="a").pk)
    assert give_up_lost_items(actor=SYSTEM, batch=batch) == 0
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, started_at=timezone.now(), finished_at=timezone.now() + dt.timedelta(seconds=1)
    )

    assert give_up_lost_items(actor=SYSTEM, batch=batch) == 2
    assert states(batch) == {"a": "failed", "b": "failed"}
    assert enqueue_batch(actor=SYSTEM, batch=batch) == 2


def test_a_batch_is_the_business_of_the_installation_alone(coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        gather_batch(actor=coordinator, name="pays", problems=[("a", SMALL)], budget=BUDGET)


@pytest.mark.parametrize("change", [{"state": "done"}, {"state": "lost"}, {"plan": {}}, {"key": ""}, {"fingerprint": ""}])
def test_the_database_refuses_what_must_not_be(batch: Batch, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.items.filter(key="a").update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(seconds=1)
