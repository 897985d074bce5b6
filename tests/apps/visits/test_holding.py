"""A half-day is begun on arrival and closed once: the same report again is the same row, another one shows both versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.visits.actions import HoldingConflict, begin_holding, cancel_visit, close_holding, correct_holding
from escale.apps.visits.answers import HoldingChecks, HoldingReport
from escale.apps.visits.models import Holding, Visit
from escale.core.visits.life import Cause, Side
from tests.apps.booking.service import Clock

pytestmark = pytest.mark.django_db

PARIS = dt.timezone(dt.timedelta(hours=1))
START, END = dt.datetime(2027, 1, 5, 14, 5, tzinfo=PARIS), dt.datetime(2027, 1, 5, 16, 55, tzinfo=PARIS)
REPORT = HoldingReport(started_at=START, ended_at=END, checks=HoldingChecks(was_heated=False, is_kit_complete=True))


def test_what_was_found_on_arrival_stays_when_the_half_day_is_closed(visit: Visit, on_the_day: dt.date, ines: User) -> None:
    begin_holding(actor=ines, visit=visit, started_at=START, checks=HoldingChecks(was_opened=True))

    held = close_holding(actor=ines, visit=visit, report=REPORT)

    assert (held.was_opened, held.was_heated, held.is_kit_complete, held.had_network) == (True, False, True, None)
    assert Visit.objects.get(pk=visit.pk).state == "held"
    assert held.closed_by == ines.actor_id


def test_the_same_report_again_is_the_same_row(visit: Visit, on_the_day: dt.date, ines: User, tom: User) -> None:
    first = close_holding(actor=ines, visit=visit, report=REPORT)

    again = close_holding(actor=tom, visit=visit, report=replace(REPORT, device_time=END))

    assert (first.pk, again.closed_by) == (again.pk, ines.actor_id)
    assert Entry.objects.filter(event="visits.held").count() == 1


def test_another_report_shows_both_versions_and_the_first_one_stands(
    visit: Visit, on_the_day: dt.date, ines: User, tom: User
) -> None:
    close_holding(actor=ines, visit=visit, report=REPORT)
    other = replace(REPORT, is_shortened=True)

    with pytest.raises(HoldingConflict, match="Inès Carlier") as conflict:
        close_holding(actor=tom, visit=visit, report=other)

    assert (conflict.value.kept.is_shortened, conflict.value.given) == (False, other)
    assert Holding.objects.get().is_shortened is False


def test_whoever_has_read_both_versions_may_choose_the_other_one(
    visit: Visit, on_the_day: dt.date, ines: User, tom: User
) -> None:
    close_holding(actor=ines, visit=visit, report=REPORT)

    held = correct_holding(actor=tom, visit=visit, report=replace(REPORT, is_shortened=True))

    assert (held.is_shortened, held.closed_by) == (True, tom.actor_id)
    assert Entry.objects.get(event="visits.holding_corrected").details["changed"] == ["is_shortened"]


def test_an_open_half_day_has_nothing_to_choose_between(visit: Visit, on_the_day: dt.date, ines: User) -> None:
    begin_holding(actor=ines, visit=visit, started_at=START)

    with pytest.raises(ValidationError, match="pas encore clos"):
        correct_holding(actor=ines, visit=visit, report=REPORT)


@pytest.mark.parametrize(
    ("report", "field"),
    [
        (replace(REPORT, ended_at=START), "ended_at"),
        (replace(REPORT, started_at=START - dt.timedelta(days=1)), "started_at"),
        (replace(REPORT, ended_at=END + dt.timedelta(hours=3)), "ended_at"),
        (replace(REPORT, words="son mot de passe : soleil"), "words"),
    ],
    ids=["an end before the start", "another day", "an hour to come", "a password"],
)
def test_a_report_that_cannot_be_is_refused_beside_its_field(
    visit: Visit, on_the_day: dt.date, ines: User, report: HoldingReport, field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        close_holding(actor=ines, visit=visit, report=report)

    assert list(refusal.value.message_dict) == [field]
    assert not Holding.objects.exists()
    assert Visit.objects.get(pk=visit.pk).state == "planned"


def test_a_visit_is_not_held_before_its_day_nor_by_a_mairie_nor_once_it_is_given_up(
    visit: Visit, clock: Clock, ines: User, desk_oisy: User
) -> None:
    with pytest.raises(ValidationError, match="pas encore passée"):
        close_holding(actor=ines, visit=visit, report=REPORT)
    clock.go("2027-01-05", "18:00")
    with pytest.raises(PermissionDenied):
        close_holding(actor=desk_oisy, visit=visit, report=REPORT)
    cancel_visit(actor=ines, visit=visit, side=Side.SERVICE, cause=Cause.VEHICLE)
    with pytest.raises(ValidationError, match="annulé"):
        begin_holding(actor=ines, visit=visit, started_at=START)
    with pytest.raises(ValidationError, match="annulé"):
        close_holding(actor=ines, visit=visit, report=REPORT)


def test_a_half_day_that_was_forgotten_is_closed_later(visit: Visit, clock: Clock, ines: User) -> None:
    clock.go("2027-01-09")

    close_holding(actor=ines, visit=visit, report=REPORT)

    assert Visit.objects.get(pk=visit.pk).state == "held"


def test_the_database_alone_refuses_hours_the_wrong_way_round_and_a_closing_by_nobody(visit: Visit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(visit=visit, started_at=END, ended_at=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(visit=visit, started_at=START, ended_at=END, closed_at=timezone.now())
