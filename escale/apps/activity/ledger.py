"""The book into which records are written, one or a thousand at once: what is new, what was there, what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from escale.apps.activity.ground import require_open
from escale.apps.activity.lists import written
from escale.apps.activity.models import Record
from escale.apps.activity.touched import Place, mark_touched, place_of
from escale.apps.audit.actors import Actor
from escale.apps.booking.actions import mark_honoured
from escale.apps.booking.models import Appointment
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.core.activity.records import RecordEntry
from escale.core.booking.states import AppointmentState

AT_ONCE = 500


class Outcome(StrEnum):
    """What becomes of what was sent."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Ledger:
    """The records of one mediator that some entries touch, held until the transaction ends; `save` writes what changed."""

    def __init__(
        self, actor: Actor, mediator: Mediator, entries: Collection[RecordEntry], removed: Collection[UUID] = ()
    ) -> None:
        self.actor, self.mediator, self.now = actor, mediator, clock.moment(mediator.epci)
        keys = {entry.key for entry in entries} | set(removed)
        rows = Record.objects.select_for_update(of=("self",)).filter(key__in=keys)
        self.rows = {row.key: row for row in rows.select_related("visit", "commune", "mediator")}
        visits = Visit.objects.filter(epci=mediator.epci, uid__in={entry.visit for entry in entries if entry.visit})
        self.visits = {visit.uid: visit for visit in visits.select_related("commune", "epci")}
        asked = {entry.appointment for entry in entries if entry.appointment}
        self.appointments = {row.uid: row for row in Appointment.objects.filter(uid__in=asked).select_related("visit")}
        taken = Record.objects.standing().filter(appointment__in=asked).values_list("appointment", "key")
        self.taken = {appointment: key for appointment, key in taken if appointment is not None}
        self.changed: dict[UUID, Record] = {}
        self.touched: set[Place] = set()

    def put(self, entry: RecordEntry, *, device_time: dt.datetime) -> tuple[Outcome, Record]:
        """Write a record down; one that is there already is left, corrected, or held against this one.

        Raise ValidationError, by field, and PermissionDenied for a record of someone else.
        """
        row = self.rows.get(entry.key)
        if row is None:
            row = Record(key=entry.key, mediator=self.mediator, epci=self.mediator.epci, received_at=self.now)
            self._write(row, entry, device_time)
            return Outcome.ACCEPTED, row
        self.require_own(row)
        if row.removed_at is not None or row.entry.says_the_same_as(entry):
            return Outcome.DUPLICATE, row
        if entry.version != row.version + 1:
            return Outcome.CONFLICT, row
        self._write(row, entry, device_time)
        return Outcome.ACCEPTED, row

    def remove(self, key: UUID) -> Outcome:
        """Take a record away; its key stays taken, so that no device brings it back."""
        row = self.rows.get(key)
        if row is None or row.removed_at is not None:
            return Outcome.DUPLICATE
        self.require_own(row)
        require_open(row.date, self.now.date())
        if row.appointment is not None:
            self.taken.pop(row.appointment, None)
        row.removed_at, row.appointment, row.version = self.now, None, row.version + 1
        self.touched.add(place_of(row))
        self.changed[key] = row
        return Outcome.ACCEPTED

    def require_own(self, row: Record) -> None:
        """Refuse (PermissionDenied) a record of someone else of the team."""
        if row.mediator_id != self.mediator.pk:
            raise PermissionDenied("Cette fiche est d’une autre personne de l’équipe.")

    def save(self) -> tuple[int, int]:
        """Write what changed; return how many records are new, and how many changed."""
        new = [row for row in self.changed.values() if row.pk is None]
        old = [row for row in self.changed.values() if row.pk is not None]
        Record.objects.bulk_create(new, batch_size=AT_ONCE)
        for row in old:
            row.save()
        mark_touched(self.touched)
        self._mark_present(self.changed.values())
        self.changed.clear()
        self.touched.clear()
        return len(new), len(old)

    def _write(self, row: Record, entry: RecordEntry, device_time: dt.datetime) -> None:
        visit, commune, day = self._place_of(entry)
        require_open(day, self.now.date())
        self._take_appointment(entry, visit)
        if row.pk is not None:
            self.touched.add(place_of(row))
        values = values_of(entry)
        values.update(visit=visit, commune=commune, date=day, device_time=device_time)
        for name, value in values.items():
            setattr(row, name, value)
        self.touched.add(place_of(row))
        self.rows[row.key] = self.changed[row.key] = row

    def _place_of(self, entry: RecordEntry) -> tuple[Visit | None, Commune, dt.date]:
        if entry.visit is not None:
            visit = self.visits.get(entry.visit)
            if visit is None:
                raise refuse("visit", "Ce passage n’existe pas ; recharger la page du jour.")
            if not visit.stands:
                raise refuse("visit", "Ce passage n’a pas eu lieu : il a été annulé.")
            return visit, visit.commune, visit.date
        day = entry.entered_at.astimezone(self.now.tzinfo).date()
        commune = Commune.objects.members_of(self.mediator.epci, day, day).filter(code=entry.commune).first()
        if commune is None:
            raise refuse("commune", "Cette commune n’est pas du territoire ; en choisir une autre.")
        return None, commune, day

    def _take_appointment(self, entry: RecordEntry, visit: Visit | None) -> None:
        if entry.appointment is None:
            return
        row = self.appointments.get(entry.appointment)
        if row is None or visit is None or row.visit_id != visit.pk or row.state == AppointmentState.CANCELLED:
            raise refuse("appointment", "Ce rendez-vous n’est pas de ce passage, ou il est annulé ; recharger la page du jour.")
        if self.taken.setdefault(entry.appointment, entry.key) != entry.key:
            raise refuse("appointment", "Ce rendez-vous a déjà sa fiche ; la corriger.")

    def _mark_present(self, rows: Iterable[Record]) -> None:
        for row in rows:
            appointment = self.appointments.get(row.appointment) if row.appointment else None
            if appointment is not None and appointment.state == AppointmentState.BOOKED:
                mark_honoured(actor=self.actor, appointment=appointment)


def values_of(entry: RecordEntry) -> dict[str, Any]:
    """Return what a record says by the names of its columns."""
    people = entry.people
    counts = {name: getattr(people, name) for name in ("ages", "genders", "statuses") if getattr(people, name)}
    plain = ("version", "entered_at", "asked_at", "appointment", "workshop", "minutes")
    answers = ("is_first_time", "is_solved", "took_pix")
    one_of = (
        "kind",
        "place",
        "mode",
        "public",
        "autonomy",
        "orientation",
        "level",
        "age",
        "gender",
        "status",
        "posture",
        "mandate",
    )
    many = ("themes", "procedures", "devices", "missions")
    return {
        **{name: getattr(entry, name) for name in (*plain, *answers)},
        **{name: str(getattr(entry, name) or "") for name in one_of},
        **{name: written(getattr(entry, name)) for name in many},
        "had_appointment": entry.appointment is not None,
        "people": people.total,
        "known": people.known,
        "counts": {name: {str(key): count for key, count in some.items()} for name, some in counts.items()},
    }
