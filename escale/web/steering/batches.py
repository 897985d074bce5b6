"""Batches of documents as the steering follows them, whatever they are of."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from escale.apps.audit.actors import require
from escale.apps.documents.batches import KEPT_FOR
from escale.apps.documents.labels import BATCH_STATES
from escale.apps.documents.models import Batch, BatchQuerySet, BatchState
from escale.web.attachments import attached_file
from escale.web.journeys import Visitor
from escale.web.steering.tour.drafts import who

SHOWN = 10


def batches_of(visitor: Visitor, kind: str) -> BatchQuerySet:
    """Return the batches of a kind that a visitor may see."""
    return Batch.objects.visible_to(visitor.user).filter(epci=visitor.epci, kind=kind)


def last_batches(visitor: Visitor, kind: str) -> dict[str, Any]:
    """Return what the list of the last batches shows: the one that runs, then each with who asked for it and its state."""
    batches = list(batches_of(visitor, kind)[:SHOWN])
    names = who(batch.asked_by for batch in batches)
    return {
        "running": next((batch for batch in batches if batch.is_under_way), None),
        "batches": [(batch, names[batch.asked_by], BATCH_STATES[BatchState(batch.state)]) for batch in batches],
    }


def one_batch(visitor: Visitor, kind: str, pk: int) -> dict[str, Any]:
    """Return what the page of a batch shows: how far it is, what could not be made, until when its archive is there."""
    batch = _batch(visitor, kind, pk)
    return {
        "batch": batch,
        "name": who([batch.asked_by])[batch.asked_by],
        "words": BATCH_STATES[BatchState(batch.state)],
        "made": batch.done - len(batch.failures),
        "until": localdate(batch.finished_at + KEPT_FOR) if batch.finished_at else None,
    }


def archive_of(visitor: Visitor, kind: str, pk: int) -> HttpResponse:
    """Give the archive of a batch."""
    batch = _batch(visitor, kind, pk)
    if batch.archive is None:
        raise Http404
    return attached_file(batch.archive)


def _batch(visitor: Visitor, kind: str, pk: int) -> Batch:
    require(visitor.user, "documents.batch", visitor.epci)
    return get_object_or_404(batches_of(visitor, kind).select_related("archive"), pk=pk)
