"""How a worker makes a batch: its documents one after the other into one archive, telling how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from escale.apps.audit.models import Entry
from escale.apps.documents.archives import Archived, Piece, Unmade, archived
from escale.apps.documents.batches import begin_batch, fail_batch, finish_batch, report_batch
from escale.apps.documents.models import Batch

LOOK_SECONDS = 1.0
"""How often a batch writes how far it is."""


def asked_batch(entry: int, kind: str) -> int | None:
    """Return the key of the batch that an entry of the log asks for; None when it is of another kind, or gone."""
    subject = Entry.objects.filter(pk=entry).values_list("subject_id", flat=True).first()
    return Batch.objects.filter(pk=subject, kind=kind).values_list("pk", flat=True).first() if subject else None


def make_batch(key: int, pieces: Callable[[Batch], Iterable[Piece | Unmade]], *, refusals: tuple[type[Exception], ...]) -> None:
    """Make the documents of a batch and keep their archive; `refusals` are the errors whose words are meant for people."""
    batch = begin_batch(key=key)
    if batch is None:
        return
    try:
        watch = _Watch(batch=batch)
        archive, told = archived(pieces(batch), refusals=refusals, tell=watch.tell)
        finish_batch(batch=batch, archive=archive, done=told.done, failures=told.failures)
    except Exception as error:
        fail_batch(batch=batch, reason=f"{type(error).__name__} : {error}")
        raise


@dataclass(slots=True, kw_only=True)
class _Watch:
    """Speaks with the database once a second at most."""

    batch: Batch
    told_at: float = field(init=False, default=float("-inf"))

    def tell(self, told: Archived) -> bool:
        """Write how far the batch is; return whether it is still this attempt's to make."""
        now = time.monotonic()
        if now - self.told_at < LOOK_SECONDS:
            return True
        self.told_at = now
        return report_batch(batch=self.batch, done=told.done, failures=told.failures)
