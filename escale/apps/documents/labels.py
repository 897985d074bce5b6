"""French words for the values of documents; a test holds each table complete."""

from __future__ import annotations

from escale.apps.documents.models import BatchState

BATCH_STATES = {
    BatchState.WAITING: "va commencer",
    BatchState.RUNNING: "en cours",
    BatchState.DONE: "prêt",
    BatchState.FAILED: "n’a pas abouti",
}
