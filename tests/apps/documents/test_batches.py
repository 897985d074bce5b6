"""A batch of documents ends well, whoever dies, and its archive goes away in time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.documents.batches import (
    KEPT_FOR,
    begin_batch,
    clear_archives,
    fail_batch,
    finish_batch,
    give_up_lost_batches,
    report_batch,
    request_batch,
)
from escale.apps.documents.labels import BATCH_STATES
from escale.apps.documents.models import Batch, BatchState, FileContent, StoredFile
from escale.apps.territory.models import Epci


def asked(epci: Epci) -> Batch:
    return request_batch(
        actor=SYSTEM, epci=epci, kind="conventions", label="Conventions, PDF", wanted={"conventions": []}, total=2
    )


def begun(batch: Batch) -> Batch:
    found = begin_batch(key=batch.pk)
    assert found is not None
    return found


def test_every_state_has_its_words() -> None:
    assert set(BATCH_STATES) == set(BatchState)


def test_a_batch_that_is_asked_for_has_a_task(epci: Epci) -> None:
    asked(epci)

    tasks = DBTaskResult.objects.values_list("task_path", flat=True)
    assert "escale.apps.conventions.tasks.make_requested_documents" in tasks


def test_two_batches_at_a_time_are_refused(epci: Epci, elsewhere: Epci) -> None:
    asked(epci)

    with pytest.raises(ValidationError, match="déjà en cours"):
        asked(epci)
    assert asked(elsewhere).epci == elsewhere


def test_the_database_refuses_two_batches_at_a_time(epci: Epci) -> None:
    asked(epci)

    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.create(epci=epci, kind="conventions", label="Deux", total=1, asked_by="tests")


def test_a_mediator_asks_for_no_batch(epci: Epci, ines: User) -> None:
    with pytest.raises(PermissionDenied):
        request_batch(actor=ines, epci=epci, kind="conventions", label="Conventions", wanted={"conventions": []}, total=1)


def test_a_batch_that_ends_keeps_its_archive_and_its_failures(epci: Epci) -> None:
    batch = begun(asked(epci))
    report_batch(batch=batch, done=1, failures=[])

    assert finish_batch(batch=batch, archive=b"zip", done=2, failures=[{"name": "a.pdf", "why": "vide"}])

    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.failures) == (BatchState.DONE, 2, [{"name": "a.pdf", "why": "vide"}])
    assert batch.archive is not None
    assert batch.archive.name == "conventions-pdf.zip"


def test_a_batch_of_which_nothing_is_made_fails(epci: Epci) -> None:
    batch = begun(asked(epci))

    finish_batch(batch=batch, archive=b"", done=2, failures=[{"name": "a.pdf", "why": "vide"}])

    batch.refresh_from_db()
    assert (batch.state, batch.archive) == (BatchState.FAILED, None)


def test_a_worker_that_comes_back_from_the_dead_writes_nothing(epci: Epci) -> None:
    batch = asked(epci)
    first, second = begun(batch), begun(batch)

    assert not report_batch(batch=first, done=1, failures=[])
    assert not finish_batch(batch=first, archive=b"first", done=2, failures=[])
    fail_batch(batch=first, reason="mort")
    assert finish_batch(batch=second, archive=b"second", done=2, failures=[])

    batch.refresh_from_db()
    assert (batch.state, batch.failures, StoredFile.objects.count()) == (BatchState.DONE, [], 1)
    assert begin_batch(key=batch.pk) is None


def test_a_batch_that_is_begun_again_starts_anew(epci: Epci) -> None:
    batch = asked(epci)
    report_batch(batch=begun(batch), done=2, failures=[{"name": "a", "why": "b"}])

    again = begun(batch)

    assert (again.done, again.failures, again.attempt) == (0, [], 2)


def test_a_batch_whose_task_is_gone_fails_and_another_may_be_asked_for(epci: Epci) -> None:
    batch = begun(asked(epci))
    assert give_up_lost_batches(actor=SYSTEM) == 0
    DBTaskResult.objects.all().delete()

    assert give_up_lost_batches(actor=SYSTEM) == 1

    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert asked(epci).pk != batch.pk


def test_an_archive_goes_away_after_seven_days_and_its_line_stays(epci: Epci) -> None:
    batch = begun(asked(epci))
    finish_batch(batch=batch, archive=b"zip", done=2, failures=[])
    now = timezone.now()

    assert clear_archives(actor=SYSTEM, now=now + KEPT_FOR - dt.timedelta(hours=1)) == 0
    assert clear_archives(actor=SYSTEM, now=now + KEPT_FOR + dt.timedelta(hours=1)) == 1
    assert clear_archives(actor=SYSTEM, now=now + KEPT_FOR + dt.timedelta(hours=1)) == 0

    batch.refresh_from_db()
    assert (batch.state, batch.archive) == (BatchState.DONE, None)
    assert (StoredFile.objects.count(), FileContent.objects.count()) == (0, 0)
