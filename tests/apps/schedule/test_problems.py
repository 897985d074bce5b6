"""The problem that the database describes: members on dates, distances, days off, half-days, holidays, agreed days."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import agree_on_visits, annex_pattern
from escale.apps.schedule.models import Inquiry, Participation, Standing, Wish
from escale.apps.schedule.problems import build_problem, mediator_id
from escale.apps.team.actions import leave_post, record_leave, set_week
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.actions import merge_commune, set_setting
from escale.apps.territory.models import Closure, Commune, Epci, Membership, Premises, TerritoryClosure
from escale.core.calendar.halfdays import Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import PRESETS, PresetName
from escale.core.planning.problem import Annex
from escale.core.planning.readings import WINDOWS, Reading
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
MONTHS = Month.range("2027-01..2027-03")
Team = list[tuple[Post, Mediator]]


def test_it_holds_the_communes_the_team_the_half_days_and_the_holidays(
    epci: Epci, communes: dict[str, Commune], team: Team
) -> None:
    problem = build_problem(epci, MONTHS)

    assert [commune.code for commune in problem.communes] == list(communes)
    assert [mediator.id for mediator in problem.mediators] == [mediator_id(post) for post, _ in team]
    assert problem.windows == WINDOWS[Reading.R1]
    assert problem.holidays == {day("2027-01-01"), day("2027-03-29")}
    assert problem.visits_due == 9
    assert problem.base_hm[1] == 0
    assert problem.between_hm[0][2] == problem.between_hm[2][0] > 0


def test_the_reading_of_article_4_and_the_holidays_are_those_of_the_epci(epci: Epci, team: Team) -> None:
    set_setting(actor=SYSTEM, epci=epci, key="ART4_READING", value="R2")
    set_setting(actor=SYSTEM, epci=epci, key="HOLIDAY_AREA", value="ALSACE_MOSELLE")

    problem = build_problem(epci, MONTHS)

    assert problem.windows == WINDOWS[Reading.R2]
    assert day("2027-03-26") in problem.holidays


def test_a_preset_gives_the_weights(epci: Epci, team: Team) -> None:
    assert build_problem(epci, MONTHS, preset=PresetName.SHORT).weights == PRESETS[PresetName.SHORT].weights


def test_leave_and_a_vacant_post_are_days_off(epci: Epci, team: Team) -> None:
    (first, camille), (second, _) = team
    record_leave(actor=SYSTEM, mediator=camille, starts=day("2027-02-02"), ends=day("2027-02-04"))
    leave_post(actor=SYSTEM, occupancy=Occupancy.objects.get(post=second), ends=day("2027-02-28"))

    problem = build_problem(epci, MONTHS)

    assert problem.mediator(mediator_id(first)).away == {day("2027-02-02"), day("2027-02-03"), day("2027-02-04")}
    assert problem.mediator(mediator_id(second)).away == set(Month(2027, 3).days())


def test_a_post_that_nobody_holds_is_left_out(epci: Epci, team: Team) -> None:
    leave_post(actor=SYSTEM, occupancy=Occupancy.objects.get(post=team[1][0]), ends=day("2026-12-31"))

    problem = build_problem(epci, MONTHS)

    assert [mediator.id for mediator in problem.mediators] == [mediator_id(team[0][0])]


def test_a_week_that_gives_up_a_weekday_makes_it_a_day_off(epci: Epci, team: Team) -> None:
    kept = {window for window in WINDOWS[Reading.R1] if window.weekday.name != "FRI"}
    set_week(actor=SYSTEM, post=team[0][0], windows=kept)

    problem = build_problem(epci, MONTHS)

    fridays = {date for month in MONTHS for date in month.days() if date.weekday() == 4}
    assert problem.mediator(mediator_id(team[0][0])).away == fridays
    assert problem.windows == WINDOWS[Reading.R1]


def test_a_half_day_that_every_week_gives_up_is_no_half_day_of_the_service(epci: Epci, team: Team) -> None:
    kept = WINDOWS[Reading.R1] - {Window.parse("FRI_PM")}
    for post, _ in team:
        set_week(actor=SYSTEM, post=post, windows=kept)

    problem = build_problem(epci, MONTHS)

    assert problem.windows == kept
    assert all(not mediator.away for mediator in problem.mediators)


def test_nobody_goes_beyond_a_week_that_keeps_a_part_of_a_day(epci: Epci, team: Team) -> None:
    set_week(actor=SYSTEM, post=team[0][0], windows=WINDOWS[Reading.R1] - {Window.parse("TUE_PM")})

    problem = build_problem(epci, MONTHS)

    assert day("2027-01-05") in problem.mediator(mediator_id(team[0][0])).away
    assert day("2027-01-05") not in problem.mediator(mediator_id(team[1][0])).away


def test_a_commune_that_joins_or_leaves_takes_part_on_its_dates(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    Membership.objects.filter(commune=communes["59001"]).update(starts=day("2027-02-10"))
    Membership.objects.filter(commune=communes["59003"]).update(ends=day("2027-01-31"))

    problem = build_problem(epci, MONTHS)

    assert problem.commune("59001").starts == day("2027-02-10")
    assert problem.commune("59003").until == day("2027-01-31")
    assert [problem.commune(code).visits_due(Month(2027, 2)) for code in communes] == [0, 1, 0]


def test_a_commune_is_closed_when_all_its_places_are(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    hall, school = (
        Premises.objects.create(commune=communes["59001"], name=name, rank=rank) for rank, name in ((1, "Mairie"), (2, "École"))
    )
    Closure.objects.create(premises=hall, starts=day("2027-01-05"), ends=day("2027-01-08"))
    Closure.objects.create(premises=school, starts=day("2027-01-08"), ends=day("2027-01-12"))

    problem = build_problem(epci, MONTHS)

    assert problem.commune("59001").closed == {day("2027-01-08")}


def test_the_agreed_day_in_force_is_annexed(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    old, new = Annex(nth=1, window=Window.parse("TUE_AM")), Annex(nth=2, window=Window.parse("THU_PM"))
    for pattern, starts in ((old, "2026-01-01"), (new, "2027-01-01"), (old, "2027-09-01")):
        annex_pattern(actor=SYSTEM, epci=epci, commune=communes["59001"], pattern=pattern, starts=day(starts))

    problem = build_problem(epci, MONTHS)

    assert [commune.annex for commune in problem.communes] == [new, None, None]


def test_missing_positions_are_named(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    Commune.objects.filter(code__in=["59001", "59003"]).update(latitude=None, longitude=None)

    with pytest.raises(ProblemError, match="Abscon, Condé"):
        build_problem(epci, MONTHS)


def test_an_epci_without_communes_or_without_a_team_says_what_to_do(epci: Epci, elsewhere: Epci) -> None:
    with pytest.raises(ProblemError, match="aucune commune"):
        build_problem(elsewhere, MONTHS)
    from tests.apps.schedule.team import place_communes

    place_communes(epci)
    with pytest.raises(ProblemError, match="personne n’occupe de poste"):
        build_problem(epci, MONTHS)


def test_a_tour_without_any_participation_says_what_to_say_first(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    Participation.objects.all().delete()

    with pytest.raises(ProblemError, match="dire d’abord quelles communes participent"):
        build_problem(epci, MONTHS)


def test_a_participation_says_from_when_to_when_a_commune_is_planned_firm_or_expected(
    epci: Epci, communes: dict[str, Commune], team: Team
) -> None:
    Participation.objects.filter(commune=communes["59001"]).update(starts=day("2027-02-10"), standing=Standing.EXPECTED)
    Participation.objects.filter(commune=communes["59003"]).update(ends=day("2026-12-31"))

    problem = build_problem(epci, MONTHS)

    assert [commune.code for commune in problem.communes] == ["59001", "59002"]
    assert problem.commune("59001").starts == day("2027-02-10")


def test_the_closures_of_the_territory_close_every_commune(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    TerritoryClosure.objects.create(epci=epci, reason="Élections", starts=day("2027-02-02"), ends=day("2027-02-03"))

    problem = build_problem(epci, MONTHS)

    assert {commune.closed for commune in problem.communes} == {frozenset({day("2027-02-02"), day("2027-02-03")})}


def test_what_a_mairie_answers_shuts_its_half_days_and_dates(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    inquiry = Inquiry.objects.create(epci=epci, first_month="2027-01", last_month="2027-12", closes_on=day("2026-12-01"))
    Wish.objects.create(
        inquiry=inquiry,
        epci=epci,
        commune=communes["59001"],
        impossible=["TUE_AM", "WED_PM"],
        wished=["THU_AM"],
        closed_days=["2027-01-14"],
    )

    problem = build_problem(epci, MONTHS)

    asked = problem.commune("59001")
    assert asked.windows == WINDOWS[Reading.R1] - {Window.parse("TUE_AM"), Window.parse("WED_PM")}
    assert asked.preferred_weekday == Weekday.THU
    assert asked.closed == {day("2027-01-14")}
    assert problem.commune("59002").windows == WINDOWS[Reading.R1]


def test_it_asks_the_database_as_often_for_one_commune_as_for_many(
    epci: Epci, communes: dict[str, Commune], team: Team, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as many:
        build_problem(epci, MONTHS)
    Membership.objects.exclude(commune=communes["59001"]).update(ends=dt.date(2026, 1, 1))
    with CaptureQueriesContext(connection) as one:
        build_problem(epci, MONTHS)

    assert len(one) == len(many)


def test_a_commune_that_has_merged_is_served_where_it_was_as_long_as_it_takes_part(
    epci: Epci, communes: dict[str, Commune], team: Team
) -> None:
    merge_commune(actor=SYSTEM, commune=communes["59001"], into=communes["59002"], on=day("2027-02-01"))

    problem = build_problem(epci, MONTHS)

    assert {commune.code: commune.until for commune in problem.communes} == dict.fromkeys(communes, dt.date.max)
    assert problem.visits_due == 9


def test_half_days_that_an_avenant_adds_are_owed_from_its_month_on(epci: Epci, communes: dict[str, Commune], team: Team) -> None:
    agree_on_visits(actor=SYSTEM, epci=epci, commune=communes["59002"], visits=2, starts=day("2027-02-01"))

    commune = build_problem(epci, MONTHS).commune("59002")

    assert [commune.visits_due(month) for month in MONTHS] == [1, 2, 2]
