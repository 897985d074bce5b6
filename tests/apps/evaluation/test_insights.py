"""The rules read what the house records: half-days held, appointments, requests, accompaniments, roads."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.booking.models import Demande
from escale.apps.evaluation.insights import insights_of, seen_in
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci, HandDistance
from escale.apps.visits.models import Visit
from escale.core.booking.motives import Motive
from escale.core.evaluation.counts import Slots
from escale.core.evaluation.insights import Insight, Kind
from escale.core.visits.life import VisitState
from tests.apps.conventions.paper import in_force
from tests.cast import make_commune

ON = dt.date(2027, 4, 12)
ASKED = dt.datetime(2027, 3, 20, 9, tzinfo=dt.UTC)


def dated(code: str) -> dict[str, object]:
    day = dt.date(2027, 2, int(code[-1]))
    return {"date": day, "half": "AM", "for_month": "2027-02", "origin_date": day, "origin_half": "AM"}


def unmet(epci: Epci) -> list[Insight]:
    return [one for one in insights_of(epci, ON) if one.kind is Kind.DEMAND]


def test_what_was_recorded_of_a_quarter_is_what_the_rules_read(told: Visit, epci: Epci) -> None:
    seen = {one.name: one for one in seen_in(epci, ON)}
    oisy, bousignies = seen["Oisy"], seen["Bousignies"]

    assert (oisy.de, oisy.at, oisy.sessions, oisy.months) == ("d’Oisy", "à Oisy", 1, 3)
    assert oisy.slots == (Slots(open=2, booked=1),)
    assert (oisy.requests, oisy.unserved) == (1, 0)
    assert (oisy.received, oisy.left, oisy.accompaniments) == (9, 1, 15)
    assert oisy.km == 0  # the base is there
    assert (bousignies.slots, bousignies.accompaniments) == ((), 0)


def test_who_waits_longer_than_the_setting_was_not_served(told: Visit, epci: Epci, oisy: Commune) -> None:
    written = {"asked_at": ASKED, "written_at": ASKED, "written_by": "test", "written_as": Agent.COMMUNE.value}
    for name in ("Un", "Deux", "Trois"):
        Demande.objects.create(
            epci=epci, commune=oisy, name=name, motive=Motive.PAPERS.value, channel=Channel.MAIRIE.value, **written
        )

    assert unmet(epci) == []
    set_setting(actor=SYSTEM, epci=epci, key="INSIGHT_WAIT_DAYS", value="21")
    assert unmet(epci)[0].lines[0].words.startswith("3 demandes sans rendez-vous sur 4")


def test_a_day_of_two_communes_is_driven_once_and_parted_in_two(
    told: Visit, next_door: Visit, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    first, second = sorted([oisy, bousignies], key=lambda commune: commune.pk)
    HandDistance.objects.create(epci=epci, first=first, second=second, hectometres=80)
    Visit.objects.filter(pk=next_door.pk).update(state=VisitState.HELD.value)
    apart = {one.name: one.km for one in seen_in(epci, ON)}
    Visit.objects.filter(pk=next_door.pk).update(date=told.date, half="AM")
    together = {one.name: one.km for one in seen_in(epci, ON)}

    # The base is in Oisy, eight kilometres from Bousignies.
    assert apart == {"Oisy": 0, "Bousignies": 16}
    assert together == {"Oisy": 8, "Bousignies": 8}


def test_more_communes_take_no_more_queries(told: Visit, epci: Epci) -> None:
    with CaptureQueriesContext(connection) as few:
        insights_of(epci, ON)
    for code in ("59001", "59002", "59003"):
        village = make_commune(epci, code, f"Village {code}", latitude=50.3, longitude=3.2)
        in_force(epci, village)
        Visit.objects.create(epci=epci, commune=village, post=told.post, state=VisitState.HELD.value, **dated(code))
    with CaptureQueriesContext(connection) as many:
        insights_of(epci, ON)

    assert len(seen_in(epci, ON)) == 5
    assert len(many) == len(few)
