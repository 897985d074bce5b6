"""Oisy and Bousignies have their conventions; Inès held the afternoon of 5 January 2027 in Oisy: the quarter is over in April."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record, tally
from escale.apps.territory.models import Commune, Epci, Referent
from escale.apps.visits.models import Cancellation, Holding, Visit
from escale.core.activity.records import People
from escale.core.activity.vocabulary import ActivityKind, AgeBand, Bound, TallyKind, Theme
from escale.core.visits.life import VisitState
from tests.apps.activity.conftest import clock, mediator, next_door, post, promised_visit, visit
from tests.apps.activity.writing import entry
from tests.apps.booking.service import Clock, book
from tests.apps.conventions.paper import in_force
from tests.cast import SINCE

__all__ = ["clock", "mediator", "next_door", "post", "promised_visit", "visit"]

THEMES = [Theme.EMAIL] * 7 + [Theme.HEALTH] * 2


@pytest.fixture
def told(epci: Epci, oisy: Commune, bousignies: Commune, visit: Visit, next_door: Visit, ines: User, clock: Clock) -> Visit:
    """A quarter in two villages: nine people alone, a workshop of six, one tap; Bousignies gave its half-day up."""
    for commune in (oisy, bousignies):
        in_force(epci, commune)
    Referent.objects.create(commune=oisy, first_name="Paul", last_name="Dubois", email="paul@exemple.fr", starts=SINCE)
    clock.go("2026-12-10")
    booked = book(ines, visit)
    clock.go("2027-01-05", "16:50")
    log_record(actor=ines, record=entry(visit, appointment=booked.uid, themes=frozenset({THEMES[0]})))
    for theme in THEMES[1:]:
        log_record(actor=ines, record=entry(visit, themes=frozenset({theme})))
    people = People(total=6, ages={AgeBand.FROM_60: 6})
    log_record(actor=ines, record=entry(visit, kind=ActivityKind.COLLECTIVE, people=people, age=None, minutes=90))
    tally(actor=ines, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4())
    tally(actor=ines, visit=visit, kind=TallyKind.OUT_OF_BOUNDS, key=uuid.uuid4(), reason=Bound.LEGAL)
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.HELD.value)
    noon = dt.datetime(2027, 1, 5, 13, tzinfo=dt.UTC)
    Holding.objects.create(visit=visit, started_at=noon, ended_at=noon + dt.timedelta(hours=3), was_opened=True, was_heated=False)
    Visit.objects.filter(pk=next_door.pk).update(state=VisitState.CANCELLED.value)
    Cancellation.objects.create(
        visit=next_door, side="commune", cause="room", is_owed=False, written_by="test", written_at=clock.now
    )
    clock.go("2027-04-12")
    return visit
