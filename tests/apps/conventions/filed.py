"""Papers on file and batches of documents, for the tests that need one."""

from __future__ import annotations

from typing import Any

from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.conventions.actions.filing import file_paper
from escale.apps.conventions.models import Convention, Paper, PaperKind, Party
from escale.apps.documents.batches import begin_batch, finish_batch, request_batch
from escale.apps.documents.models import Batch
from escale.apps.territory.models import Epci
from tests.apps.documents.scans import pdf


def filed(
    convention: Convention, kind: PaperKind = PaperKind.SIGNED, *, actor: Actor = SYSTEM, words: str = "", **facts: Any
) -> Paper:
    """Return a paper of the commune, as a PDF that differs with its words."""
    values = {"filed_for": Party.COMMUNE, "name": f"{kind}.pdf", "media_type": "application/pdf", **facts}
    return file_paper(actor=actor, convention=convention, kind=kind, content=pdf(words), **values)


def finished_batch(epci: Epci, kind: str = "conventions") -> Batch:
    """Return a batch with its archive."""
    asked = request_batch(actor=SYSTEM, epci=epci, kind=kind, label="Documents", wanted={"conventions": []}, total=1)
    batch = begin_batch(key=asked.pk)
    assert batch is not None
    finish_batch(batch=batch, archive=b"archive", done=1, failures=[])
    batch.refresh_from_db()
    return batch
