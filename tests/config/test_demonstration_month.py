"""The demonstration lives the month before and after today: past half-days are held, people come, wait, and are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from escale.apps.activity.figures import NOTHING, figures_by_commune
from escale.apps.activity.models import EaseCount, Record, TouchedMonth
from escale.apps.activity.queries import activity_counts, counts_of
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.models import Appointment, Demande
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Holding, Point, Visit, VisitState
from escale.apps.workshops.models import Registration, Workshop
from escale.config.demonstration import ACTOR, load
from escale.config.demonstration.accounts import DENAIN
from escale.config.demonstration.month import fill_workshops, live_the_month
from escale.config.demonstration.month.living import AROUND
from escale.config.demonstration.past import answer_the_question, live_the_past
from escale.core.activity.figures import total
from escale.core.calendar.months import Month

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = dt.date(2026, 11, 23)
OCTOBER = Month(2026, 10)
BOUSIGNIES = "59100"


def test_the_month_around_today_is_lived_once(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    epci = load("sept mots tirés au sort")
    plan = first_draft(actor=ACTOR, epci=epci, months=Month.range("2026-10..2026-11"))
    publish_plan(actor=ACTOR, plan=plan, version=plan.version)
    written: list[tuple[int, ...]] = []

    for _ in range(2):
        live_the_month(epci)
        live_the_past(epci)
        answer_the_question(epci)
        fill_workshops(epci)
        written.append(tuple(rows.objects.count() for rows in (Appointment, Record, Demande, Workshop, EaseCount)))

    october = figures_by_commune(epci, OCTOBER, OCTOBER)
    village, town = (october.get(Commune.objects.get(code=code).pk, NOTHING) for code in (BOUSIGNIES, DENAIN))
    assert village.participations < town.participations
    assert counts_of(total(october.values())) == activity_counts(SYSTEM, epci, OCTOBER.first, OCTOBER.last)
    assert not TouchedMonth.objects.filter(month__lt=OCTOBER.first).exists()
    past = Visit.objects.filter(date__lt=TODAY, date__gte=TODAY - AROUND)
    assert set(past.values_list("state", flat=True)) == {VisitState.HELD, VisitState.CANCELLED}
    assert Visit.objects.filter(state=VisitState.CONFIRMED, date__gte=TODAY).exists()
    assert Holding.objects.filter(closed_at__isnull=True).count() == 0
    assert all(number > 0 for number in written[0])
    assert written[0] == written[1]
    assert Point.objects.count() == 1
    asked = Demande.objects.filter(origin="public", state="to_confirm")
    assert {row.commune.name for row in asked} == {"Oisy", "Denain"}
    assert asked.filter(call_back=True).count() == asked.filter(agreed_at__isnull=False).count() == 2
    assert {"held", "open", "draft"} == set(Workshop.objects.values_list("state", flat=True))
    assert set(Workshop.objects.values_list("public", flat=True)) == {"habitants", "agents_communaux"}
    assert Workshop.objects.filter(cycle__isnull=False).count() == 3
    assert Registration.objects.waiting().count() == 2
    assert settings.ESCALE_TODAY == TODAY
    named = Appointment.objects.filter(person_forgotten=False).values_list("name", flat=True)
    assert named
    assert all("(démonstration)" in name for name in named)
