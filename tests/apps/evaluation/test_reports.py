"""Reports: counted by hand, frozen, sent when their day comes, read, and put right without losing what was sent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.actions import (
    acknowledge_report,
    count_again,
    hold_report,
    prepare_due_reports,
    prepare_reports,
    rectify_report,
    send_due_reports,
    send_report,
)
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.gathering import gather
from escale.apps.evaluation.holders import ReportHolder, find_report
from escale.apps.evaluation.models import Report
from escale.apps.evaluation.queries import has_drifted, report_lines
from escale.apps.evaluation.wording import essentials
from escale.apps.messaging.models import Message
from escale.apps.obligations.kept import Status
from escale.apps.obligations.queries import kept_on
from escale.apps.territory import clock as days
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.activity.records import RecordEntry
from escale.core.calendar.periods import Period
from tests.apps.activity.writing import entry
from tests.apps.booking.service import Clock

FIRST = Period(2027, 1)


def figures(epci: Epci, commune: Commune) -> Figures:
    return gather(epci, [commune], FIRST, days.today(epci))[commune.code].figures


def accounted_for(commune: Commune) -> tuple[Status, str]:
    convention = Convention.objects.get(commune=commune)
    kept = kept_on([convention], days.today(convention.epci))[convention.pk]
    [one] = [line for line in kept if line.obligation.id == "C-3.2-9"]
    return one.status, one.told


def late() -> RecordEntry:
    """Someone who was helped in March, and is written down in April."""
    return entry(None, commune="59446", entered_at=dt.datetime(2027, 3, 30, 9, tzinfo=dt.UTC))


def prepared(coordinator: User, epci: Epci, commune: Commune) -> Report:
    prepare_reports(actor=coordinator, epci=epci, period=FIRST)
    return Report.objects.select_related("epci", "commune").get(commune=commune)


def test_the_figures_are_those_that_one_counts_by_hand(told: Visit, epci: Epci, oisy: Commune) -> None:
    found = figures(epci, oisy)

    # Months due: January to March; only January's half-day was ever promised.
    assert (found.count("due"), found.count("proposed"), found.count("held")) == (3, 1, 1)
    # Nine people alone, six in one workshop.
    assert (found.count("people"), found.count("by_appointment"), found.count("walk_in"), found.count("in_workshops")) == (
        15,
        1,
        8,
        6,
    )
    assert [month.people for month in found.months] == [15, 0, 0]
    assert (found.count("slots_open"), found.count("slots_taken"), found.count("left")) == (2, 1, 1)
    assert (found.count("checks_done"), found.count("checks_right")) == (2, 1)
    assert essentials(found)[:2] == [
        "1 demi-journée proposée sur 3 dues, 1 tenue (art. 4).",
        "15 accompagnements : 1 sur rendez-vous, 8 sans rendez-vous, 6 en atelier.",
    ]


def test_what_the_commune_gives_up_never_counts_against_the_service(told: Visit, epci: Epci, bousignies: Commune) -> None:
    assert essentials(figures(epci, bousignies))[:2] == [
        "1 demi-journée proposée sur 3 dues, 0 tenue ; 1 annulée par la commune (art. 4).",
        "Aucun accompagnement n’a été noté.",
    ]


def test_a_small_number_is_told_neither_by_its_cell_nor_by_the_others(told: Visit, epci: Epci, oisy: Commune) -> None:
    Commune.objects.filter(pk=oisy.pk).update(population=12_000)
    oisy.refresh_from_db()

    cells = {cell.label: cell.count for cell in figures(epci, oisy).tables["theme"]}

    assert cells["Santé"] is None
    assert cells["E-mail"] in (13, None)
    ages = [cell.count for cell in figures(epci, oisy).tables["age"]]
    assert all(count is None or count == 0 or count >= 5 for count in ages)


def test_a_report_waits_for_the_end_of_its_period(told: Visit, epci: Epci, coordinator: User, clock: Clock) -> None:
    clock.go("2027-03-31")

    with pytest.raises(ValidationError, match="Le premier trimestre 2027 finit le 31 mars 2027"):
        prepare_reports(actor=coordinator, epci=epci, period=FIRST)

    assert not Report.objects.exists()


@pytest.fixture
def sent(told: Visit, epci: Epci, oisy: Commune, coordinator: User) -> Report:
    """The report of Oisy, before its mairie."""
    return send_report(actor=coordinator, report=prepared(coordinator, epci, oisy))


def test_reports_prepare_themselves_at_ten_days_and_leave_at_fifteen(told: Visit, coordinator: User, clock: Clock) -> None:
    rounds = (("2027-04-09", 0, 0), ("2027-04-10", 2, 0), ("2027-04-14", 0, 0), ("2027-04-15", 0, 1), ("2027-04-16", 0, 0))
    for day, made, gone in rounds:
        clock.go(day)
        assert prepare_due_reports(actor=SYSTEM, now=clock.now) == made
        if made:
            hold_report(actor=coordinator, report=Report.objects.get(commune__code="59100"), because="À relire.")
        assert send_due_reports(actor=SYSTEM, now=clock.now) == gone

    [message] = Message.objects.all()
    report = Report.objects.get(commune__code="59446")
    assert (message.to, report.sent_to) == ("paul@exemple.fr", 1)
    assert f"/rapport/{report.key}/" in message.body
    assert "15 accompagnements" in message.body


def test_a_report_prepared_late_leaves_the_next_day_so_that_it_can_be_held(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, clock: Clock
) -> None:
    clock.go("2027-06-01")
    report = prepared(coordinator, epci, oisy)

    assert report.leaves_on == dt.date(2027, 6, 2)
    assert send_due_reports(actor=SYSTEM, now=clock.now) == 0


def test_what_was_sent_never_changes_and_a_late_record_makes_a_rectification(
    sent: Report, epci: Epci, oisy: Commune, coordinator: User, ines: User
) -> None:
    with pytest.raises(ValidationError, match="Rien n’a changé"):
        rectify_report(actor=coordinator, report=sent, because="Pour voir.")
    log_record(actor=ines, record=late())

    assert has_drifted(sent, days.today(epci))
    with pytest.raises(ValidationError, match="déjà envoyé"):
        count_again(actor=coordinator, report=sent)
    put_right = rectify_report(actor=coordinator, report=sent, because="Un accompagnement noté en retard.")

    sent.refresh_from_db()
    assert sent.is_intact
    assert (sent.contents.count("people"), put_right.contents.count("people"), put_right.number) == (15, 16, 1)
    shown = {line.commune.code: line.report for line in report_lines(coordinator, epci, FIRST, days.today(epci))}
    assert shown["59446"] == put_right


def test_a_report_that_nobody_was_sent_is_counted_again(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, ines: User
) -> None:
    report = prepared(coordinator, epci, oisy)
    log_record(actor=ines, record=late())

    again = count_again(actor=coordinator, report=report)

    assert (again.contents.count("people"), again.number, again.is_intact) == (16, 0, True)


def test_what_was_sent_keeps_the_promise_to_account_for_the_service(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, clock: Clock
) -> None:
    report = prepared(coordinator, epci, oisy)
    assert accounted_for(oisy) == (Status.NOT_MEASURED, "pas encore mesuré : aucun rapport n’est encore envoyé")
    send_report(actor=coordinator, report=report)

    clock.go("2027-04-15")
    assert accounted_for(oisy) == (Status.MET, "1 rapport envoyé sur 1 dû")
    assert accounted_for(Commune.objects.get(code="59100"))[0] is Status.LATE
    clock.go("2027-07-15")
    assert accounted_for(oisy) == (Status.LATE, "1 rapport envoyé sur 2 dus ; manque le deuxième trimestre 2027")


def test_the_mairie_says_once_that_it_read(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, referent_oisy: User
) -> None:
    report = prepared(coordinator, epci, oisy)
    assert find_report(report.key) is None
    with pytest.raises(PermissionDenied):
        acknowledge_report(actor=ReportHolder(report=report), report=report)
    send_report(actor=coordinator, report=report)

    first = acknowledge_report(actor=ReportHolder(report=report), report=report)
    again = acknowledge_report(actor=referent_oisy, report=report)

    assert first.acknowledged_by == again.acknowledged_by == f"report:{report.pk}"


def test_only_the_coordination_leads_reports(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, referent_oisy: User, referent_bousignies: User
) -> None:
    report = prepared(coordinator, epci, oisy)

    with pytest.raises(PermissionDenied):
        send_report(actor=referent_oisy, report=report)
    assert not Report.objects.visible_to(referent_oisy).exists()
    send_report(actor=coordinator, report=report)
    assert Report.objects.visible_to(referent_oisy).get() == report
    assert not Report.objects.visible_to(referent_bousignies).exists()


def test_the_quarters_and_the_year_together_give_no_small_number_away(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, clock: Clock
) -> None:
    Commune.objects.filter(pk=oisy.pk).update(population=12_000)
    quarter = prepared(coordinator, epci, oisy)
    clock.go("2028-01-12")
    for number in (2, 3, 4):
        prepare_reports(actor=coordinator, epci=epci, period=Period(2027, number))
    prepare_reports(actor=coordinator, epci=epci, period=Period(2027))

    year = Report.objects.get(commune=oisy, period="2027")

    for name, cells in quarter.contents.tables.items():
        masked = {cell.label for cell in cells if cell.count is None}
        told_later = {cell.label: cell.count for cell in year.contents.tables[name]}
        # Nothing else happened that year: a cell that the quarter hid, and the year showed, would be known.
        assert all(told_later[label] is None for label in masked)


def test_a_rectification_does_not_tell_what_the_one_person_who_was_added_came_for(
    told: Visit, epci: Epci, oisy: Commune, coordinator: User, ines: User
) -> None:
    Commune.objects.filter(pk=oisy.pk).update(population=12_000)
    first = send_report(actor=coordinator, report=prepared(coordinator, epci, oisy))
    log_record(actor=ines, record=late())

    put_right = rectify_report(actor=coordinator, report=first, because="Une personne de plus.")

    for name, cells in first.contents.tables.items():
        after = {cell.label: cell.count for cell in put_right.contents.tables[name]}
        pairs = {cell.label: (cell.count, after[cell.label]) for cell in cells}
        changed = {label for label, (old, new) in pairs.items() if None not in (old, new) and old != new}
        # Who did not answer says nothing of anyone.
        assert changed <= {"Non communiqué", "Non communiqué ou hétérogène", "non renseigné"}
