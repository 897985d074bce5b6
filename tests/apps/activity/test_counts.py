"""The evaluation counts activities and people over a time, with as many questions for ten records as for a thousand."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.accounts.models import User
from escale.apps.activity.actions import forget_device_notes, forget_links, log_record, note_incident, tally
from escale.apps.activity.models import EaseCount, EaseKey, Incident, Record, SyncBatch
from escale.apps.activity.queries import ActivityCounts, activity_counts
from escale.apps.activity.sync import receive_batch
from escale.apps.audit.actors import SYSTEM
from escale.apps.visits.models import Visit
from escale.core.activity.records import People
from escale.core.activity.vocabulary import ActivityKind, AgeBand, Bound, IncidentKind, Mission, Procedure, TallyKind, Theme
from tests.apps.activity.writing import batch, entry, item
from tests.apps.booking.service import Clock, book

YEAR = dt.date(2027, 1, 1), dt.date(2027, 12, 31)


def counted(actor: User, visit: Visit) -> ActivityCounts:
    return activity_counts(actor, visit.epci, *YEAR)


def test_people_and_activities_are_counted_apart(ines: User, coordinator: User, visit: Visit) -> None:
    log_record(actor=ines, record=entry(visit, themes=frozenset({Theme.EMAIL, Theme.HEALTH}), is_first_time=True))
    people = People(total=6, ages={AgeBand.FROM_60: 2, AgeBand.FROM_70: 3})
    log_record(actor=ines, record=entry(visit, kind=ActivityKind.COLLECTIVE, people=people, age=None, minutes=90))
    tally(actor=ines, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4())
    tally(actor=ines, visit=visit, kind=TallyKind.OUT_OF_BOUNDS, key=uuid.uuid4(), reason=Bound.LEGAL)

    found = counted(coordinator, visit)

    assert (found.activities, found.participations, found.minutes) == (2, 7, 105)
    assert (found.left, found.out_of_bounds) == (1, {Bound.LEGAL: 1})
    assert found.themes == {Theme.EMAIL: 2, Theme.HEALTH: 1}
    assert found.ages == {AgeBand.FROM_60: 3, AgeBand.FROM_70: 3}
    assert found.missions == {Mission.QUALITY_OF_LIFE: 2, Mission.AWARENESS: 1}
    assert found.first_time == {True: 1, False: 0}


def test_the_counts_are_of_a_period_and_of_what_the_reader_sees(
    ines: User, coordinator: User, referent_bousignies: User, visit: Visit
) -> None:
    log_record(actor=ines, record=entry(visit, themes=frozenset({Theme.PROCEDURES}), procedures=frozenset({Procedure.HOUSING})))

    assert activity_counts(coordinator, visit.epci, *YEAR, commune=visit.commune).procedures == {Procedure.HOUSING: 1}
    assert activity_counts(coordinator, visit.epci, dt.date(2026, 1, 1), dt.date(2026, 12, 31)).activities == 0
    assert counted(referent_bousignies, visit).activities == 0


def test_the_counts_ask_the_same_for_one_record_as_for_many(ines: User, coordinator: User, visit: Visit) -> None:
    receive_batch(actor=ines, batch=batch(item(visit)))
    counted(coordinator, visit)  # what the coordinator may see is asked once
    with CaptureQueriesContext(connection) as one:
        counted(coordinator, visit)
    receive_batch(actor=ines, batch=batch(*(item(visit) for _ in range(50))))

    with CaptureQueriesContext(connection) as many:
        found = counted(coordinator, visit)

    assert (found.activities, len(many)) == (51, len(one))


def test_the_link_to_a_person_is_cut_after_twelve_months(ines: User, desk_oisy: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-04")
    appointment = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")
    log_record(actor=ines, record=entry(visit, appointment=appointment.uid))

    assert forget_links(actor=SYSTEM, on=dt.date(2028, 1, 5)) == 0
    assert forget_links(actor=SYSTEM, on=dt.date(2028, 1, 6)) == 1
    assert Record.objects.get().appointment is None


def test_what_devices_left_and_the_words_of_incidents_go_after_ninety_days(ines: User, visit: Visit) -> None:
    note_incident(actor=ines, kind=IncidentKind.OTHER, words="la porte a claqué", visit=visit)
    receive_batch(actor=ines, batch=batch(item(visit), item(visit, "ease", answer=4)))

    assert forget_device_notes(actor=SYSTEM, on=dt.date(2027, 4, 5)) == 0
    assert forget_device_notes(actor=SYSTEM, on=dt.date(2027, 4, 6)) == 2
    assert (Incident.objects.get().words, SyncBatch.objects.count(), Record.objects.count()) == ("", 0, 1)
    assert forget_device_notes(actor=SYSTEM, on=dt.date(2027, 5, 1)) == 0
    assert forget_device_notes(actor=SYSTEM, on=dt.date(2027, 5, 2)) == 1, "the key of an answer, ninety days after its month"
    assert (EaseKey.objects.count(), EaseCount.objects.count()) == (0, 1)
