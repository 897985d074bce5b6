"""What is due is done once for each minute and each day, by whoever comes first; a failure is tried again."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from escale.apps.audit.models import Entry
from escale.config import due
from escale.config.models import Round
from escale.config.rounds import run_each

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
DONE: list[dt.datetime] = []


def note(now: dt.datetime) -> None:
    DONE.append(now)


def break_down(_now: dt.datetime) -> None:
    Entry.objects.create(event="installation.seen", actor="system", subject_id="half")
    raise RuntimeError("half-way")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    DONE.clear()


@pytest.mark.django_db
def test_a_turn_is_done_once_and_the_next_one_again() -> None:
    for turn in ("12:00", "12:00", "12:01"):
        assert run_each((note,), now=NOON, turn=turn) == []

    assert len(DONE) == 2


@pytest.mark.django_db
def test_what_fails_leaves_nothing_half_written_hinders_no_other_and_is_tried_again() -> None:
    names = [run_each((break_down, note), now=NOON, turn="12:00") for _ in range(2)]

    assert names == [[f"{__name__}.break_down"]] * 2
    assert len(DONE) == 1
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_do_it_once() -> None:
    together = threading.Barrier(2)

    def tick() -> None:
        together.wait()
        try:
            run_each((note,), now=NOON, turn="12:00")
        finally:
            connection.close()

    threads = [threading.Thread(target=tick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(DONE) == 1


@pytest.mark.django_db
def test_a_tick_does_the_round_of_the_day_at_its_first_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "EVERY_MINUTE", ())
    monkeypatch.setattr(due, "EVERY_DAY", (note,))

    for minutes in (0, 1, 24 * 60):
        due.tick(NOON + dt.timedelta(minutes=minutes))

    assert [now.date().isoformat() for now in DONE] == ["2026-11-22", "2026-11-23"]


@pytest.mark.django_db
def test_the_round_of_the_day_clears_what_is_over() -> None:
    Entry.objects.create(at=NOON - dt.timedelta(days=400), event="visit.moved", actor="system", subject_id="1")
    session = SessionStore()
    session.create()
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(days=1))

    call_command("daily", "--on", "2026-11-22")
    call_command("daily", "--on", "2026-11-22")

    assert not Entry.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_a_command_takes_a_day_and_names_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "EVERY_DAY", (note, break_down))

    with pytest.raises(CommandError, match="break_down"):
        call_command("daily", "--on", "2027-01-31")

    assert [now.date() for now in DONE] == [dt.date(2027, 1, 31)]


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="2027-02-30"):
        call_command("tick", "--on", "2027-02-30")


@pytest.mark.django_db
def test_a_frozen_day_is_the_day_of_the_tick(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 3, 1)
    monkeypatch.setattr(due, "EVERY_DAY", (note,))

    call_command("tick")

    assert [now.date() for now in DONE] == [dt.date(2027, 3, 1)]
    assert Round.objects.filter(turn="2027-03-01").exists()


@pytest.mark.django_db
def test_what_takes_long_is_left_to_the_queue_once_a_day() -> None:
    for minutes in (0, 1):
        due.tick(NOON + dt.timedelta(minutes=minutes))

    queued = sorted(task.task_path for task in DBTaskResult.objects.filter(task_path__startswith="escale.config.tasks."))
    assert queued == ["escale.config.tasks.lead_evaluations", "escale.config.tasks.lead_reports"]
