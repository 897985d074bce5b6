"""The log forgets what is older than its retention, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from escale.apps.audit.actions import purge_entries
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry

pytestmark = pytest.mark.django_db


def entry(at: str) -> Entry:
    return Entry.objects.create(at=dt.datetime.fromisoformat(at), event="visit.moved", actor="system", subject_id=at)


def test_entries_are_kept_twelve_months_to_the_day() -> None:
    gone = entry("2025-11-21T23:59+01:00")
    kept = entry("2025-11-22T00:00+01:00")

    deleted = purge_entries(actor=SYSTEM, on=dt.date(2026, 11, 22))

    assert deleted == 1
    assert list(Entry.objects.all()) == [kept]
    assert not Entry.objects.filter(pk=gone.pk).exists()


def test_a_day_that_the_older_month_lacks_counts_as_its_last(settings: Settings) -> None:
    settings.AUDIT_MONTHS = 6
    entry("2026-02-27T12:00+01:00")
    kept = entry("2026-02-28T12:00+01:00")

    purge_entries(actor=SYSTEM, on=dt.date(2026, 8, 31))

    assert list(Entry.objects.all()) == [kept]


def test_a_second_purge_on_the_same_day_finds_nothing() -> None:
    entry("2020-01-01T12:00+01:00")

    assert [purge_entries(actor=SYSTEM, on=dt.date(2026, 1, 1)) for _ in range(2)] == [1, 0]
