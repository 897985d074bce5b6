"""The journal of a convention: chained, closed to changes even in the database, and free of personal data."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.conventions.journal import first_broken_line, record
from escale.apps.conventions.models import Convention, JournalEntry
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention(epci: Epci, oisy: Commune, coordinator: User) -> Convention:
    """One with three lines in its journal."""
    row = written(epci, oisy)
    row.save()
    with transaction.atomic():
        for number in (1, 2, 3):
            record("conventions.noted", actor=coordinator, convention=row, on=day("2026-01-05"), number=number, what="« reçu »")
    return row


def test_each_line_follows_the_one_before_and_the_audit_log_tells_the_same(convention: Convention, coordinator: User) -> None:
    first, second, third = JournalEntry.objects.order_by("number")

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert (second.previous_sha256, third.previous_sha256) == (first.sha256, second.sha256)
    assert first_broken_line(convention) is None
    assert Entry.objects.filter(event="conventions.noted", actor=coordinator.actor_id).count() == 3


@pytest.mark.parametrize("change", ["update", "delete"])
def test_nobody_changes_a_line_or_takes_it_away(convention: Convention, change: str) -> None:
    lines = JournalEntry.objects.filter(number=2)

    with pytest.raises(IntegrityError, match="journal_is_append_only"), transaction.atomic():
        lines.update(on=day("2020-01-01")) if change == "update" else lines.delete()

    assert JournalEntry.objects.count() == 3


def test_a_line_that_was_forged_below_the_database_is_found(convention: Convention) -> None:
    table = JournalEntry._meta.db_table
    off = ["DROP TRIGGER journal_is_append_only_update"]
    if connection.vendor == "postgresql":
        off = ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {table} DISABLE TRIGGER USER"]
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
        cursor.execute(f"UPDATE {table} SET actor = 'autre' WHERE number = 2")

    assert first_broken_line(convention) == 2


def test_a_name_is_refused(convention: Convention, coordinator: User) -> None:
    with pytest.raises(ValueError, match="no personal data"):
        record("conventions.noted", actor=coordinator, convention=convention, on=day("2026-01-05"), last_name="Dubois")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_a_test_that_commits_leaves_an_empty_journal_that_is_closed_again(convention: Convention, time: int) -> None:
    assert JournalEntry.objects.count() == 3, f"wiped away before time {time}"

    with pytest.raises(IntegrityError, match="journal_is_append_only"):
        JournalEntry.objects.all().delete()
