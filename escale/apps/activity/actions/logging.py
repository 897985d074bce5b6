"""Write down what was done, correct it, take it away: what is sent twice is one record."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.activity.ground import mediator_of, require_source
from escale.apps.activity.ledger import Ledger, Outcome
from escale.apps.activity.models import Record, Source
from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.core.activity.records import RecordEntry

EVENTS = {True: "activity.logged", False: "activity.corrected"}


class RecordConflict(ValidationError):  # noqa: N818 -- a conflict is no mistake: both versions are shown
    """A record was corrected meanwhile, and says something else: `kept` is what stands, `given` what came after."""

    def __init__(self, kept: Record, given: RecordEntry) -> None:
        told = "Cette fiche a été corrigée entre-temps, sur un autre appareil ou une autre page ; choisir la version à garder."
        super().__init__({"version": told})
        self.kept, self.given = kept, given


@transaction.atomic
def log_record(*, actor: Actor, record: RecordEntry) -> Record:
    """Write an activity down, or the next version of one. The same again is the same row.

    Whoever has an appointment and a record came: their appointment is marked so. Raise RecordConflict when another version was
    written meanwhile, and ValidationError, by field, for what cannot be.
    """
    mediator = mediator_of(actor, lock=True)
    require_source(mediator, Source.ESCALE)
    ledger = Ledger(actor, mediator, [record])
    outcome, row = ledger.put(record, device_time=record.entered_at)
    if outcome is Outcome.CONFLICT:
        raise RecordConflict(row, record)
    if outcome is Outcome.ACCEPTED:
        is_new = row.pk is None
        ledger.save()
        events.record(EVENTS[is_new], actor=actor, epci=mediator.epci.siren, subject=row, visit=row.visit_id, kind=row.kind)
    return row


def correct_record(*, actor: Actor, row: Record, record: RecordEntry) -> Record:
    """Correct a record: `record` has its key, and the version after the one that was read."""
    if record.key != row.key:
        raise ValueError(f"{record.key} is not the key of {row.key}")
    return log_record(actor=actor, record=record)


@transaction.atomic
def remove_record(*, actor: Actor, row: Record) -> None:
    """Take away a record that was written by mistake."""
    mediator = mediator_of(actor, lock=True)
    ledger = Ledger(actor, mediator, [], [row.key])
    if ledger.remove(row.key) is Outcome.ACCEPTED:
        ledger.save()
        events.record("activity.removed", actor=actor, epci=mediator.epci.siren, subject=row, visit=row.visit_id)
