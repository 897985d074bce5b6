"""Who is on call: derived from the weeks, the absences and the visits."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_at_office
from escale.apps.team.models import Leave, Mediator, Occupancy, WeeklyTemplate
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.apps.urgencies.roster import on_call, roster_between
from escale.apps.workshops.actions import prepare_workshop
from escale.core.urgencies.calling import Place
from tests.apps.booking.service import Clock, resident, take_part
from tests.apps.urgencies.service import send_out
from tests.apps.workshops.service import plan_for

PARIS = ZoneInfo("Europe/Paris")
Team = dict[str, Mediator]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def called(epci: Epci, text: str = "2026-11-24T15:00") -> list[str]:
    duty = on_call(epci, at(text))
    assert duty is not None
    return [each.mediator.first_name for each in duty.people]


def test_both_are_there_and_one_is_called_first(epci: Epci, team: Team) -> None:
    assert sorted(called(epci)) == ["Inès", "Tom"]
    assert called(epci) == called(epci)[::1]
    assert called(epci, "2026-12-01T15:00") == called(epci)[::-1]


def test_the_one_in_a_hall_is_called_last(epci: Epci, oisy: Commune, team: Team) -> None:
    for out, free in (("Inès", "Tom"), ("Tom", "Inès")):
        visit = send_out(team[out], oisy)

        assert called(epci) == [free, out]
        visit.delete()


def test_a_visit_that_was_cancelled_keeps_nobody_away(epci: Epci, oisy: Commune, team: Team) -> None:
    visit = send_out(team["Inès"], oisy)
    visit.state = "cancelled"
    visit.save()

    duty = on_call(epci, at("2026-11-24T15:00"))

    assert duty is not None
    assert {each.place for each in duty.people} == {Place.OFFICE}


def test_with_both_in_a_hall_it_says_in_the_field_and_spares_appointments(
    epci: Epci, oisy: Commune, bousignies: Commune, team: Team
) -> None:
    send_out(team["Inès"], oisy)
    send_out(team["Tom"], bousignies)

    early, late = on_call(epci, at("2026-11-24T14:30")), on_call(epci, at("2026-11-24T16:30"))

    assert early is not None
    assert late is not None
    assert early.in_field
    assert {each.place for each in early.people} == {Place.HALL}
    assert {each.place for each in late.people} == {Place.APPOINTMENTS}
    assert {each.commune for each in late.people} == {oisy, bousignies}


def test_whoever_receives_someone_at_the_office_is_called_last(
    clock: Clock, epci: Epci, oisy: Commune, desk_oisy: User, team: Team
) -> None:
    clock.go("2026-11-24", "12:00")
    take_part(epci, oisy)
    post = team["Inès"].occupancies.get().post
    book_at_office(actor=desk_oisy, commune=oisy, post=post, date=dt.date(2026, 11, 24), slot=3, who=resident())
    send_out(team["Tom"], oisy)

    before, meanwhile = on_call(epci, at("2026-11-24T14:30")), on_call(epci, at("2026-11-24T15:10"))

    assert before is not None
    assert meanwhile is not None
    assert [each.mediator.first_name for each in before.people] == ["Inès", "Tom"]
    assert not before.is_busy
    assert [each.mediator.first_name for each in meanwhile.people] == ["Tom", "Inès"]
    assert meanwhile.is_busy
    assert not meanwhile.in_field
    assert meanwhile.people[1].where == "en rendez-vous au bureau"


def test_whoever_leads_a_workshop_is_in_the_field(epci: Epci, oisy: Commune, team: Team) -> None:
    take_part(epci, oisy)
    post = team["Inès"].occupancies.get().post
    hours = {"starts": dt.time(14, 30), "ends": dt.time(16, 30)}
    prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post, date=dt.date(2026, 11, 25), **hours))

    duty = on_call(epci, at("2026-11-25T15:00"))

    assert duty is not None
    assert [each.where for each in duty.people] == ["", "en atelier, Oisy"]


def test_whoever_is_away_is_not_called(epci: Epci, team: Team) -> None:
    day = dt.date(2026, 11, 24)
    Leave.objects.create(mediator=team["Inès"], starts=day, ends=day)

    assert called(epci) == ["Tom"]


def test_a_post_that_does_not_work_that_half_day_is_not_called(epci: Epci, team: Team) -> None:
    post = team["Tom"].occupancies.get().post
    WeeklyTemplate.objects.create(post=post, half_days="WED_PM THU_PM", starts=dt.date(2026, 1, 1))

    assert called(epci) == ["Inès"]
    assert sorted(called(epci, "2026-11-25T15:00")) == ["Inès", "Tom"]


def test_outside_the_windows_it_is_the_next_one_in_words(epci: Epci, team: Team) -> None:
    duty = on_call(epci, at("2026-11-23T10:00"))

    assert duty is not None
    assert not duty.is_now
    assert duty.words == "mardi 24 novembre 2026 après-midi, 14\u202fh – 17\u202fh"


def test_a_holiday_has_nobody_on_call(epci: Epci, team: Team) -> None:
    duty = on_call(epci, at("2026-11-11T15:00"))

    assert duty is not None
    assert duty.when.day == dt.date(2026, 11, 12)


def test_the_windows_are_a_choice_of_the_epci(epci: Epci, team: Team) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="ON_CALL_WINDOWS", value="THU_PM")

    assert [duty.when.day.weekday() for duty in roster_between(epci, dt.date(2026, 11, 23), dt.date(2026, 12, 6))] == [3, 3]


def test_an_afternoon_without_anyone_is_a_gap(epci: Epci, team: Team) -> None:
    for mediator in team.values():
        Leave.objects.create(mediator=mediator, starts=dt.date(2026, 11, 25), ends=dt.date(2026, 11, 25))

    week = roster_between(epci, dt.date(2026, 11, 23), dt.date(2026, 11, 29))

    assert [bool(duty.first) for duty in week] == [True, False, True, True]
    assert not week[1].in_field


def test_a_vacant_post_calls_nobody(epci: Epci, team: Team, coordinator: User) -> None:
    Occupancy.objects.filter(mediator=team["Tom"]).update(ends=dt.date(2026, 11, 1))

    assert called(epci) == ["Inès"]


def test_a_year_asks_no_more_than_a_week(epci: Epci, oisy: Commune, team: Team, django_assert_max_num_queries: Any) -> None:
    send_out(team["Inès"], oisy)
    with django_assert_max_num_queries(20) as one:
        roster_between(epci, dt.date(2026, 11, 23), dt.date(2026, 11, 29))
    for week in range(1, 12):
        send_out(team["Inès"], oisy, str(dt.date(2026, 11, 24) + dt.timedelta(weeks=week)))
    with django_assert_max_num_queries(len(one)):
        roster_between(epci, dt.date(2026, 11, 23), dt.date(2027, 11, 22))
