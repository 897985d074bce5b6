"""What a mediator writes down is one record, however often it is sent; only theirs, only in time, without anyone's identity."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.activity.actions import (
    RecordConflict,
    choose_source,
    correct_record,
    log_record,
    note_incident,
    remove_record,
    tally,
)
from escale.apps.activity.models import Record, Source, Tally
from escale.apps.activity.queries import counts_of_visits, records_of
from escale.apps.audit.models import Entry
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Bound, IncidentKind, TallyKind, Theme
from escale.core.booking.states import AppointmentState
from tests.apps.activity.writing import entry
from tests.apps.booking.service import Clock, book

NIR = 2550859446001
"""A number of social security that is nobody's, without its key."""


def test_a_record_is_of_its_half_day_and_of_its_mediator(ines: User, visit: Visit, mediator: Mediator) -> None:
    row = log_record(actor=ines, record=entry(visit))

    assert (row.commune, row.date, row.mediator, set(row.theme_set)) == (visit.commune, visit.date, mediator, {Theme.EMAIL})
    assert Entry.objects.filter(event="activity.logged", subject_id=row.pk).count() == 1


def test_the_same_sent_three_times_is_one_record(ines: User, visit: Visit) -> None:
    record = entry(visit)

    rows = {log_record(actor=ines, record=record).pk for _ in range(3)}

    assert len(rows) == Record.objects.count() == 1


def test_the_database_takes_a_key_once_with_the_actions_bypassed(ines: User, visit: Visit) -> None:
    row = log_record(actor=ines, record=entry(visit))
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.bulk_create([row])


@pytest.mark.parametrize(
    "change",
    [
        {"procedures": "|logement|"},
        {"posture": "fait_a_la_place"},
        {"mandate": "papier"},
        {"people": 2},
        {"people": 0, "kind": "collectif", "age": ""},
        {"kind": "autre"},
        {"minutes": 0},
        {"age": "vieux"},
    ],
)
def test_the_database_refuses_what_cannot_be(ines: User, visit: Visit, change: dict[str, object]) -> None:
    log_record(actor=ines, record=entry(visit))

    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.update(**change)


def test_a_correction_is_the_next_version(ines: User, visit: Visit) -> None:
    first = entry(visit)
    row = log_record(actor=ines, record=first)

    corrected = correct_record(actor=ines, row=row, record=replace(first, minutes=45, version=2))

    assert (corrected.pk, corrected.minutes, corrected.version) == (row.pk, 45, 2)


def test_two_corrections_of_one_version_show_both(ines: User, visit: Visit) -> None:
    first = entry(visit)
    log_record(actor=ines, record=first)
    log_record(actor=ines, record=replace(first, minutes=45, version=2))

    with pytest.raises(RecordConflict) as conflict:
        log_record(actor=ines, record=replace(first, minutes=60, version=2))

    assert (conflict.value.kept.minutes, conflict.value.given.minutes) == (45, 60)


def test_what_was_removed_does_not_come_back(ines: User, visit: Visit) -> None:
    record = entry(visit)
    remove_record(actor=ines, row=log_record(actor=ines, record=record))

    log_record(actor=ines, record=record)

    assert records_of(ines, [visit]) == []


def test_a_colleague_corrects_no_record_of_another(ines: User, tom: User, epci: object, visit: Visit) -> None:
    Mediator.objects.create(epci=visit.epci, first_name="Tom", last_name="Delattre", user=tom)
    first = entry(visit)
    row = log_record(actor=ines, record=first)

    with pytest.raises(PermissionDenied):
        log_record(actor=tom, record=replace(first, minutes=45, version=2))
    with pytest.raises(PermissionDenied):
        remove_record(actor=tom, row=row)


def test_nobody_but_a_mediator_writes(
    coordinator: User, referent_oisy: User, desk_oisy: User, tom: User, stranger: User, visit: Visit
) -> None:
    for someone in (coordinator, referent_oisy, desk_oisy, tom, stranger):
        with pytest.raises(PermissionDenied):
            log_record(actor=someone, record=entry(visit))


def test_a_mairie_reads_the_records_of_its_commune_alone(
    ines: User, referent_oisy: User, referent_bousignies: User, stranger: User, desk_oisy: User, visit: Visit
) -> None:
    row = log_record(actor=ines, record=entry(visit))

    assert records_of(referent_oisy, [visit]) == [row]
    assert [records_of(other, [visit]) for other in (referent_bousignies, stranger, desk_oisy)] == [[], [], []]


def test_a_half_day_that_has_not_come_takes_no_record(ines: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-04")

    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        log_record(actor=ines, record=entry(visit))


def test_a_half_day_that_is_long_over_takes_none_either(ines: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-03-10")

    with pytest.raises(ValidationError, match="60 jours"):
        log_record(actor=ines, record=entry(visit))


def test_a_call_between_two_visits_is_of_a_commune(ines: User, visit: Visit, oisy: Commune) -> None:
    row = log_record(actor=ines, record=entry(None, commune=oisy.code))

    assert (row.visit, row.commune, str(row.date)) == (None, oisy, "2027-01-05")


def test_a_commune_of_elsewhere_is_refused(ines: User, visit: Visit) -> None:
    with pytest.raises(ValidationError, match="pas du territoire"):
        log_record(actor=ines, record=entry(None, commune="75056"))


def test_whoever_has_a_record_came_to_the_appointment(ines: User, desk_oisy: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-04")
    appointment = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")

    log_record(actor=ines, record=entry(visit, appointment=appointment.uid))

    appointment.refresh_from_db()
    assert appointment.state == AppointmentState.HONOURED


def test_an_appointment_has_one_record(ines: User, desk_oisy: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-04")
    appointment = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")
    log_record(actor=ines, record=entry(visit, appointment=appointment.uid))

    with pytest.raises(ValidationError, match="déjà sa fiche"):
        log_record(actor=ines, record=entry(visit, appointment=appointment.uid))


def test_an_appointment_of_another_half_day_is_refused(ines: User, desk_oisy: User, visit: Visit, next_door: Visit) -> None:
    with pytest.raises(ValidationError, match="pas de ce passage"):
        log_record(actor=ines, record=entry(visit, appointment=uuid.uuid4()))


def test_a_tap_counts_once(ines: User, visit: Visit) -> None:
    key = uuid.uuid4()

    for _ in range(3):
        tally(actor=ines, visit=visit, kind=TallyKind.LEFT, key=key)

    assert counts_of_visits(ines, [visit])[visit.pk].left == 1


def test_a_tap_too_many_is_taken_back_and_no_further(ines: User, visit: Visit) -> None:
    tally(actor=ines, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4())
    tally(actor=ines, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4(), delta=-1)

    with pytest.raises(ValidationError, match="rien à retirer"):
        tally(actor=ines, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4(), delta=-1)


def test_what_is_out_of_bounds_says_why(ines: User, visit: Visit) -> None:
    counted = tally(actor=ines, visit=visit, kind=TallyKind.OUT_OF_BOUNDS, key=uuid.uuid4(), reason=Bound.LEGAL)

    assert counted.reason == Bound.LEGAL
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.update(reason="")


def test_whoever_writes_in_la_coop_keeps_only_counts_here(ines: User, visit: Visit, mediator: Mediator) -> None:
    choose_source(actor=ines, mediator=mediator, source=Source.COOP)

    tally(actor=ines, visit=visit, kind=TallyKind.HELPED, key=uuid.uuid4())

    with pytest.raises(ValidationError, match="La Coop"):
        log_record(actor=ines, record=entry(visit))
    assert counts_of_visits(ines, [visit])[visit.pk].received == 1


def test_whoever_writes_here_counts_nobody_twice(ines: User, visit: Visit) -> None:
    with pytest.raises(ValidationError, match="se font ici"):
        tally(actor=ines, visit=visit, kind=TallyKind.HELPED, key=uuid.uuid4())


def test_an_incident_names_nobody(ines: User, visit: Visit) -> None:
    note_incident(actor=ines, kind=IncidentKind.TENSION, words="une personne a crié", visit=visit)

    with pytest.raises(ValidationError, match="sécurité sociale"):
        note_incident(actor=ines, kind=IncidentKind.TENSION, words=f"{NIR}{97 - NIR % 97:02}")


def test_the_log_says_nothing_of_what_was_done(ines: User, visit: Visit) -> None:
    log_record(actor=ines, record=entry(visit))

    assert Entry.objects.get(event="activity.logged").details == {"visit": visit.pk, "kind": "individuel"}
