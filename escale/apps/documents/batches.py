"""Batches of documents: asked for, made one after the other into one archive, given up when nobody makes them, cleared away.

Only the last attempt at a batch may write: a task may be run again while its first worker, cut off from the database, lives on.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.audit.models import Entry
from escale.apps.documents.files import drop_file, keep_file
from escale.apps.documents.models import Batch, BatchState
from escale.apps.territory.models import Epci

ACTOR = SystemActor(actor_id="documents")
LIVE = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
KEPT_FOR = dt.timedelta(days=7)
"""How long an archive can be fetched: all that is in it can be made again."""
ZIP_TYPE = "application/zip"

Failure = dict[str, str]


@transaction.atomic
def request_batch(*, actor: Actor, epci: Epci, kind: str, label: str, wanted: dict[str, Any], total: int) -> Batch:
    """Ask for documents; a worker makes them. Raise ValidationError while another batch of the EPCI is under way."""
    require(actor, "documents.batch", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    batch = Batch(epci=epci, kind=kind, label=label, wanted=wanted, total=total, asked_by=actor.actor_id)
    batch.full_clean()
    batch.save(force_insert=True)
    events.record("documents.batch_requested", actor=actor, epci=epci.siren, subject=batch, kind=kind, total=total)
    return batch


@transaction.atomic
def begin_batch(*, actor: SystemActor = ACTOR, key: int) -> Batch | None:
    """Take a batch, for the first time or again: it starts anew. Return nothing when it has ended."""
    batch = Batch.objects.select_for_update().filter(pk=key).under_way().first()
    if batch is None:
        return None
    batch.attempt += 1
    batch.state, batch.done, batch.failures = BatchState.RUNNING.value, 0, []
    batch.save(update_fields=["attempt", "state", "done", "failures"])
    events.record("documents.batch_begun", actor=actor, epci=batch.epci.siren, subject=batch, attempt=batch.attempt)
    return batch


def report_batch(*, batch: Batch, done: int, failures: list[Failure]) -> bool:
    """Tell how far a batch is; no audit line, since nothing is decided. Return whether this attempt still counts."""
    mine = Batch.objects.filter(pk=batch.pk, attempt=batch.attempt, state=BatchState.RUNNING.value)
    return bool(mine.update(done=done, failures=failures))


@transaction.atomic
def finish_batch(*, actor: SystemActor = ACTOR, batch: Batch, archive: bytes, done: int, failures: list[Failure]) -> bool:
    """Keep the archive of a batch, none when nothing could be made; return whether this attempt was the one to say so."""
    mine = _mine(batch)
    if mine is None:
        return False
    if archive:
        name = f"{slugify(mine.label)}.zip"
        mine.archive = keep_file(actor=actor, epci=mine.epci, name=name, content=archive, media_type=ZIP_TYPE)
    mine.state = (BatchState.DONE if archive else BatchState.FAILED).value
    mine.done, mine.failures, mine.finished_at = done, failures, timezone.now()
    mine.save()
    told = {"done": done, "failed": len(failures)}
    events.record("documents.batch_finished", actor=actor, epci=mine.epci.siren, subject=mine, **told)
    return True


@transaction.atomic
def fail_batch(*, actor: SystemActor = ACTOR, batch: Batch, reason: str) -> None:
    """Say that a batch came to nothing, and why."""
    mine = _mine(batch)
    if mine is None:
        return
    mine.state, mine.finished_at = BatchState.FAILED.value, timezone.now()
    mine.failures = [*mine.failures, {"name": mine.label, "why": reason}]
    mine.save(update_fields=["state", "finished_at", "failures"])
    events.record("documents.batch_failed", actor=actor, epci=mine.epci.siren, subject=mine)


@transaction.atomic
def give_up_lost_batches(*, actor: Actor) -> int:
    """Fail the batches whose task was given up because its workers died one after the other; return how many."""
    require(actor, "documents.give_up", "installation")
    waiting = {str(batch.pk): batch for batch in Batch.objects.under_way()}
    asked = Entry.objects.filter(event="documents.batch_requested", subject_id__in=waiting)
    living = DBTaskResult.objects.filter(status__in=LIVE).values_list("args_kwargs", flat=True) if waiting else ()
    entries = {entry for call in living for entry in call["args"]}
    lost = [waiting[entry.subject_id] for entry in asked if entry.pk not in entries]
    for batch in lost:
        fail_batch(batch=batch, reason="ses processus sont morts l’un après l’autre ; demander un nouveau lot")
    return len(lost)


@transaction.atomic
def clear_archives(*, actor: Actor, now: dt.datetime) -> int:
    """Forget the archives whose days are over; the line of the batch stays. Return how many."""
    require(actor, "documents.purge", "installation")
    old = Batch.objects.select_for_update(of=("self",)).filter(finished_at__lt=now - KEPT_FOR, archive__isnull=False)
    cleared = list(old.select_related("archive"))
    for batch in cleared:
        archive, batch.archive = batch.archive, None
        batch.save(update_fields=["archive"])
        if archive is not None:
            drop_file(archive)
    return len(cleared)


def _mine(batch: Batch) -> Batch | None:
    return Batch.objects.select_for_update().filter(pk=batch.pk, attempt=batch.attempt).under_way().first()
