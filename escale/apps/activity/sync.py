"""Receive what a device kept: each item is accepted, known already, held against another version, or refused with its reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.activity.actions.asking import count_ease
from escale.apps.activity.actions.counting import tally
from escale.apps.activity.contested import hold_beside, note_the_choice
from escale.apps.activity.ground import mediator_of, refuse_source, source_of
from escale.apps.activity.ledger import Ledger, Outcome
from escale.apps.activity.models import Record, Source, SyncBatch, Tally
from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.actions import mark_absent, mark_honoured
from escale.apps.booking.models import Appointment
from escale.apps.team.models import Mediator
from escale.apps.territory.saving import refuse
from escale.apps.visits.actions import HoldingConflict, close_holding, correct_holding
from escale.apps.visits.answers import HoldingChecks, HoldingReport
from escale.apps.visits.models import Holding, Visit
from escale.core.activity.clocks import Clocks, with_our_times
from escale.core.activity.entries import FOUND, Batch, ClosingEntry, EaseEntry, Item, MarkEntry, RemovalEntry, TallyEntry
from escale.core.activity.parsing import fields_of
from escale.core.activity.records import RecordEntry
from escale.core.booking.states import AppointmentState

MARKED = (AppointmentState.HONOURED, AppointmentState.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """What became of one item; `reasons` by field when it is refused, both versions when they differ."""

    key: str
    outcome: Outcome
    reasons: Mapping[str, str] = field(default_factory=dict)
    conflict: int | None = None
    kept: Mapping[str, Any] | None = None
    given: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchAnswer:
    """What became of a batch, item by item, and how far the clock of the device is from ours, in seconds."""

    key: str
    received_at: dt.datetime
    offset_seconds: int
    items: tuple[ItemAnswer, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many items there are of each outcome."""
        return Counter(item.outcome for item in self.items)


@transaction.atomic
def receive_batch(*, actor: Actor, batch: Batch) -> BatchAnswer:
    """Write down what a device sent; sent again, it is answered again and changes nothing.

    Raise PermissionDenied, and keep nothing, for someone who is no mediator any more, or a batch of someone else.
    """
    mediator = mediator_of(actor, lock=True)
    clocks = Clocks(device=batch.sent_at, server=timezone.now())
    trace, is_new = SyncBatch.objects.get_or_create(
        key=batch.key,
        defaults={
            "user_id": mediator.user_id,
            "received_at": clocks.server,
            "device_time": clocks.device,
            "items": len(batch.items),
        },
    )
    if trace.user_id != mediator.user_id:
        raise PermissionDenied("Cet envoi est d’un autre compte.")
    answers = _Receiving(actor, mediator, clocks, batch).answers()
    found = BatchAnswer(
        key=str(batch.key),
        received_at=clocks.server,
        offset_seconds=round(clocks.offset.total_seconds()),
        items=tuple(answers),
    )
    counts = found.counts
    if is_new:
        trace.accepted, trace.duplicates = counts[Outcome.ACCEPTED], counts[Outcome.DUPLICATE]
        trace.conflicts, trace.refused = counts[Outcome.CONFLICT], counts[Outcome.REFUSED]
        trace.save()
        told = {outcome.value: counts[outcome] for outcome in Outcome}
        events.record("activity.received", actor=actor, epci=mediator.epci.siren, subject=trace, **told)
    return found


class _Receiving:
    """One batch on its way into the database."""

    def __init__(self, actor: Actor, mediator: Mediator, clocks: Clocks, batch: Batch) -> None:
        self.actor, self.mediator, self.clocks, self.items = actor, mediator, clocks, batch.items
        entries = [item.entry for item in batch.items]
        records = [entry for entry in entries if isinstance(entry, RecordEntry)]
        removed = [entry.key for entry in entries if isinstance(entry, RemovalEntry)]
        self.ledger = Ledger(actor, mediator, records, removed)
        self.source = source_of(mediator)
        self.marked: set[int] = set()

    def answers(self) -> list[ItemAnswer]:
        """Take each item in its order, then write the records all at once."""
        found = [self._answer(item) for item in self.items]
        new, changed = self.ledger.save()
        if new or changed:
            events.record(
                "activity.records_received",
                actor=self.actor,
                epci=self.mediator.epci.siren,
                subject=self.mediator,
                new=new,
                changed=changed,
            )
        return found

    def _answer(self, item: Item) -> ItemAnswer:
        if item.entry is None:
            return ItemAnswer(key=item.key, outcome=Outcome.REFUSED, reasons=item.reasons)
        try:
            if isinstance(item.entry, RecordEntry):
                # Nothing is written before the whole book is: there is nothing to take back.
                return self._take_record(item, item.entry)
            with transaction.atomic():
                return self._take(item)
        except ValidationError as refusal:
            reasons = {name: " ".join(words) for name, words in refusal.message_dict.items()}
        except PermissionDenied as refusal:
            reasons = {"key": str(refusal)}
        return ItemAnswer(key=item.key, outcome=Outcome.REFUSED, reasons=reasons)

    def _take(self, item: Item) -> ItemAnswer:
        match item.entry:
            case RemovalEntry() as entry:
                return ItemAnswer(key=item.key, outcome=self.ledger.remove(entry.key))
            case TallyEntry() as entry:
                return ItemAnswer(key=item.key, outcome=self._count(entry))
            case EaseEntry() as entry:
                is_new = count_ease(actor=self.actor, visit=self._visit(entry.visit), answer=entry.answer, key=entry.key)
                return ItemAnswer(key=item.key, outcome=Outcome.ACCEPTED if is_new else Outcome.DUPLICATE)
            case MarkEntry() as entry:
                return self._mark(item, entry)
            case ClosingEntry() as entry:
                return self._close(item, entry)
        raise ValueError(f"nothing to take in {item.key}")

    def _take_record(self, item: Item, entry: RecordEntry) -> ItemAnswer:
        refuse_source(self.source, Source.ESCALE)
        ours = with_our_times(entry, self.clocks)
        known = self.ledger.rows.get(entry.key)
        if known is not None and item.yields:
            self.ledger.require_own(known)
            note_the_choice(known, at=self.clocks.server)
            return ItemAnswer(key=item.key, outcome=Outcome.DUPLICATE)
        if known is not None and item.replaces:
            ours = replace(ours, version=known.version + 1)
        outcome, row = self.ledger.put(ours, device_time=entry.entered_at)
        if outcome is Outcome.ACCEPTED and item.replaces and row.pk is not None:
            note_the_choice(row, at=self.clocks.server)
        return self._held_beside(item, row, entry) if outcome is Outcome.CONFLICT else ItemAnswer(key=item.key, outcome=outcome)

    def _held_beside(self, item: Item, row: Record, entry: RecordEntry) -> ItemAnswer:
        if row.pk is None:
            raise refuse("version", "Cet envoi porte deux versions de la même fiche ; garder la dernière.")
        conflict = hold_beside(row, entry, at=self.clocks.server)
        if conflict is None:
            return ItemAnswer(key=item.key, outcome=Outcome.DUPLICATE)
        kept, given = dict(fields_of(row.entry)), dict(fields_of(entry))
        return ItemAnswer(key=item.key, outcome=Outcome.CONFLICT, conflict=conflict.pk, kept=kept, given=given)

    def _count(self, entry: TallyEntry) -> Outcome:
        visit = self._visit(entry.visit)
        if Tally.objects.filter(key=entry.key, mediator=self.mediator).exists():
            return Outcome.DUPLICATE
        entered_at = self.clocks.put_right(entry.entered_at)
        told: dict[str, Any] = {"kind": entry.kind, "key": entry.key, "delta": entry.delta, "reason": entry.reason}
        tally(actor=self.actor, visit=visit, entered_at=entered_at, **told)
        return Outcome.ACCEPTED

    def _mark(self, item: Item, entry: MarkEntry) -> ItemAnswer:
        rows = Appointment.objects.reached_with(self.actor, "booking.hold")
        row = rows.filter(uid=entry.appointment).first()
        if row is None:
            raise refuse("appointment", "Ce rendez-vous n’est pas à vous, ou n’existe plus.")
        wanted = AppointmentState.HONOURED if entry.is_present else AppointmentState.ABSENT
        if row.state == wanted:
            return ItemAnswer(key=item.key, outcome=Outcome.DUPLICATE)
        # Someone said otherwise after this tap: whoever was there chooses.
        said_since = row.state in MARKED and row.state_at > self.clocks.put_right(entry.entered_at)
        if said_since and row.pk not in self.marked and not item.replaces:
            kept, given = {"is_present": not entry.is_present}, {"is_present": entry.is_present}
            return ItemAnswer(key=item.key, outcome=Outcome.CONFLICT, kept=kept, given=given)
        (mark_honoured if entry.is_present else mark_absent)(actor=self.actor, appointment=row)
        self.marked.add(row.pk)
        return ItemAnswer(key=item.key, outcome=Outcome.ACCEPTED)

    def _close(self, item: Item, entry: ClosingEntry) -> ItemAnswer:
        visit = self._visit(entry.visit)
        report = HoldingReport(
            # People write the hours of the hall: they need no putting right.
            started_at=_moment(visit, entry.started),
            ended_at=_moment(visit, entry.ended),
            checks=HoldingChecks(**{name: getattr(entry, name) for name in FOUND}),
            is_shortened=entry.is_shortened,
            to_finish=entry.to_finish,
            words=entry.words,
            device_time=entry.entered_at,
        )
        was_closed = Holding.objects.filter(visit=visit, closed_at__isnull=False).exists()
        try:
            if item.replaces and was_closed:
                correct_holding(actor=self.actor, visit=visit, report=report)
                return ItemAnswer(key=item.key, outcome=Outcome.ACCEPTED)
            close_holding(actor=self.actor, visit=visit, report=report)
        except HoldingConflict as conflict:
            given = {name: _plain(value) for name, value in report.values.items()}
            kept = {name: _plain(getattr(conflict.kept, name)) for name in given}
            return ItemAnswer(key=item.key, outcome=Outcome.CONFLICT, kept=kept, given=given)
        return ItemAnswer(key=item.key, outcome=Outcome.DUPLICATE if was_closed else Outcome.ACCEPTED)

    def _visit(self, uid: UUID) -> Visit:
        visit = Visit.objects.filter(epci=self.mediator.epci, uid=uid).select_related("epci").first()
        if visit is None:
            raise refuse("visit", "Ce passage n’existe pas ; recharger la page du jour.")
        return visit


def _moment(visit: Visit, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(visit.date, hour, tzinfo=ZoneInfo(visit.epci.time_zone))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value
