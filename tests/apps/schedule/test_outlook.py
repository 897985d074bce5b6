"""Can the promise be kept in a year: the answer, what breaks it, and that it is never an old one."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule import state
from escale.apps.schedule.models import Participation
from escale.apps.schedule.outlook import outlook_of
from escale.apps.schedule.problems import build_problem
from escale.apps.team.actions import record_leave
from escale.apps.team.models import Mediator, Post, WeeklyTemplate
from escale.apps.territory.actions import close_territory, set_setting
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.readings import Reading
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]
YEAR = Month.range("2027-01..2027-12")


@pytest.fixture
def planned(epci: Epci, team: Team) -> Epci:
    """Three communes and two mediators."""
    return epci


def test_a_year_with_room_keeps_the_promise(planned: Epci) -> None:
    found = outlook_of(planned, 2027)

    assert (found.kept, found.communes, found.posts, found.broken) == (True, 3, 2, ())
    assert found.words.startswith("Chaque commune peut avoir sa visite chaque mois")
    assert [(month.needs, month.unserved) for month in found.in_force.months] == [(3, 0)] * 12


def test_each_reading_is_reckoned_and_the_chosen_one_comes_first(planned: Epci) -> None:
    set_setting(actor=SYSTEM, epci=planned, key="ART4_READING", value="R2")

    found = outlook_of(planned, 2027)

    assert [(reading.reading, reading.in_force) for reading in found.readings] == [
        (Reading.R2, True),
        (Reading.R1, False),
        (Reading.R3, False),
    ]
    first_months = [reading.months[0] for reading in found.readings]
    assert first_months[0].places < first_months[1].places
    assert all(month.unserved == 0 for month in first_months), "communes were never asked beyond the reading in force"


def test_what_a_week_takes_away_is_missing_under_every_reading(planned: Epci, team: Team) -> None:
    for post, _ in team:
        WeeklyTemplate.objects.create(post=post, half_days="TUE_PM")

    found = outlook_of(planned, 2027)

    assert {reading.reading: reading.months[0].places for reading in found.readings} == {Reading.R1: 8, Reading.R2: 8}


def test_a_leave_that_breaks_the_promise_is_told_and_one_that_does_not_is_not(planned: Epci, team: Team) -> None:
    (_, camille), (_, sacha) = team
    record_leave(actor=SYSTEM, mediator=camille, starts=day("2027-07-01"), ends=day("2027-07-31"))
    record_leave(actor=SYSTEM, mediator=sacha, starts=day("2027-07-01"), ends=day("2027-07-31"))
    record_leave(actor=SYSTEM, mediator=sacha, starts=day("2027-09-01"), ends=day("2027-09-03"))

    found = outlook_of(planned, 2027)

    assert not found.kept
    (july,) = found.broken
    assert july.words.startswith("juillet 2027 : 0 demi-journées pour 3 visites")
    assert july.breaks[0].names == ("Abscon", "Bruille", "Condé")
    assert [leave.breaks for leave in found.leaves] == [False, True, False]
    assert found.leaves[1].words.startswith("rompt la promesse, avec les congés demandés avant, en juillet 2027")


def test_a_leave_of_the_whole_year_is_reckoned_too(planned: Epci, team: Team) -> None:
    before = outlook_of(planned, 2027).in_force.months[5].places
    record_leave(actor=SYSTEM, mediator=team[0][1], starts=day("2026-12-01"), ends=day("2028-01-31"))

    found = outlook_of(planned, 2027)

    assert found.kept
    assert (found.posts, [leave.breaks for leave in found.leaves]) == (2, [False])
    assert found.in_force.months[5].places == before / 2


def test_a_year_without_a_team_says_what_to_do(epci: Epci, communes: dict[str, Commune]) -> None:
    with pytest.raises(ProblemError, match="compléter la page de l’équipe"):
        outlook_of(epci, 2027)


def test_every_change_of_the_database_gives_another_answer(planned: Epci, team: Team, communes: dict[str, Commune]) -> None:
    prints = [state.fingerprint(planned, YEAR[0].first, YEAR[-1].last)]

    def changed() -> bool:
        prints.append(state.fingerprint(planned, YEAR[0].first, YEAR[-1].last))
        return prints[-1] not in prints[:-1]

    record_leave(actor=SYSTEM, mediator=team[0][1], starts=day("2027-07-01"), ends=day("2027-07-31"))
    assert changed()
    close_territory(actor=SYSTEM, epci=planned, starts=day("2027-04-09"), ends=day("2027-04-12"), reason="Élections")
    assert changed()
    set_setting(actor=SYSTEM, epci=planned, key="ART4_READING", value="R3")
    assert changed()
    Participation.objects.filter(commune=communes["59001"]).update(ends=dt.date(2027, 6, 30))
    assert changed()
    Commune.objects.filter(code="59001").update(ends=dt.date(2027, 6, 30))
    assert changed()
    assert not changed(), "nothing changed"


def test_every_table_that_a_problem_is_built_from_is_in_the_fingerprint(planned: Epci) -> None:
    def tables(queries: CaptureQueriesContext) -> set[str]:
        return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(query["sql"] for query in queries.captured_queries)))

    with CaptureQueriesContext(connection) as building:
        build_problem(planned, YEAR)
    with CaptureQueriesContext(connection) as telling:
        state.fingerprint(planned, YEAR[0].first, YEAR[-1].last)

    # Spacing and agreed days make a plan better or worse: they give no place and take none. The EPCI is in the key itself.
    without_effect = {"schedule_annexedpattern", "schedule_publication", "schedule_plannedvisit", "schedule_run", "schedule_plan"}
    without_effect.add("territory_epci")
    assert tables(building) - tables(telling) - without_effect == set()
    assert len(tables(building)) > 10


def test_an_answer_is_kept_while_nothing_changes(planned: Epci, team: Team) -> None:
    with CaptureQueriesContext(connection) as first_time:
        first = outlook_of(planned, 2027)
    with CaptureQueriesContext(connection) as second_time:
        second = outlook_of(planned, 2027)

    assert second == first
    assert len(second_time) < len(first_time)

    record_leave(actor=SYSTEM, mediator=team[0][1], starts=day("2027-07-01"), ends=day("2027-07-31"))
    assert outlook_of(planned, 2027) != first
