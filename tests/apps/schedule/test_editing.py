"""Edits of drafts: done once, on the version that was seen, with what they cost; refused with their reason; taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.editing import StalePlanError, edit_plan, last_change, undo_change
from escale.apps.schedule.drafts import plan_of
from escale.apps.schedule.edits import Edit, Place, added, exchanged, moved, taken_away
from escale.apps.schedule.models import Plan, PlannedVisit, PlanState
from escale.apps.schedule.problems import mediator_id
from escale.apps.schedule.workbench import judge, workbench_of
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from tests.apps.schedule.sketch import a_draft, a_planned_visit, take_part
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
Team = list[tuple[Post, Mediator]]


@pytest.fixture
def plan(epci: Epci, communes: dict[str, Commune], team: Team) -> Plan:
    """A draft of January and February 2027: Abscon on the first Tuesdays, Condé on the first Thursdays, in the morning."""
    take_part(epci, communes.values())
    plan, post = a_draft(epci), team[0][0]
    for code, first, second in (("59001", "2027-01-05", "2027-02-02"), ("59003", "2027-01-07", "2027-02-04")):
        for date in (first, second):
            a_planned_visit(plan, communes[code], post, date)
    return plan


@pytest.fixture
def first(plan: Plan) -> PlannedVisit:
    return plan.visits.order_by("date")[0]


def to(team: Team, date: str, half: str = "AM", seat: int = 0) -> Place:
    return Place(date=day(date), half=Half(half), post=mediator_id(team[seat][0]))


def visits(plan: Plan) -> set[tuple[str, str, str]]:
    return {(str(v.commune), v.date.isoformat(), v.half) for v in plan.visits.select_related("commune")}


def move_first(plan: Plan, place: Place) -> Edit:
    return moved(plan_of(plan).visits[0], place)


def test_a_move_is_kept_with_its_words_its_cost_and_the_figures(
    plan: Plan, first: PlannedVisit, team: Team, coordinator: User
) -> None:
    change = edit_plan(actor=coordinator, plan=plan, version=1, edit=move_first(plan, to(team, "2027-01-06", "PM")))

    plan.refresh_from_db()
    first.refresh_from_db()
    assert (first.date, first.half) == (day("2027-01-06"), "PM"), "the visit keeps its key"
    assert (plan.version, change.version) == (2, 2)
    assert change.words.startswith("Abscon : mardi 5 janvier 2027, matin → mercredi 6 janvier 2027, après-midi (1 date déplacée")
    assert change.delta == 200.0 + 0.0
    assert plan.figures["visits"] == 4
    assert plan.figures["parts"]["irregular"] == 1
    entry = Entry.objects.get(event="schedule.plan_edited")
    assert entry.details == {"version": 2, "delta": change.delta}


def test_an_edit_on_an_older_version_is_told_what_changed_and_changes_nothing(plan: Plan, team: Team, coordinator: User) -> None:
    mine = move_first(plan, to(team, "2027-01-08"))
    theirs = edit_plan(actor=coordinator, plan=plan, version=1, edit=move_first(plan, to(team, "2027-01-06", "PM")))

    with pytest.raises(StalePlanError) as told:
        edit_plan(actor=coordinator, plan=plan, version=1, edit=mine)

    assert told.value.changes == (theirs,)
    plan.refresh_from_db()
    assert plan.version == 2
    assert ("Abscon", "2027-01-06", "PM") in visits(plan)


def test_an_illegal_edit_is_refused_beside_its_field_and_changes_nothing(plan: Plan, team: Team, coordinator: User) -> None:
    before = visits(plan)

    for place, field, words in (
        (to(team, "2027-01-07"), "post", "Condé"),
        (to(team, "2027-01-01"), "date", "férié"),
        (to(team, "2027-01-11"), "half", "ne donne pas de demi-journée"),
    ):
        with pytest.raises(ValidationError, match=words) as refused:
            edit_plan(actor=coordinator, plan=plan, version=1, edit=move_first(plan, place))
        assert field in refused.value.error_dict

    plan.refresh_from_db()
    assert (visits(plan), plan.version, plan.changes.count()) == (before, 1, 0)


def test_two_visits_take_each_others_place(plan: Plan, coordinator: User) -> None:
    one, other = plan_of(plan).visits[:2]

    edit_plan(actor=coordinator, plan=plan, version=1, edit=exchanged(one, other))

    assert {("Abscon", "2027-01-07", "AM"), ("Condé", "2027-01-05", "AM")} <= visits(plan)


def test_a_visit_is_taken_away_and_another_is_added(plan: Plan, team: Team, coordinator: User) -> None:
    edit_plan(actor=coordinator, plan=plan, version=1, edit=taken_away(plan_of(plan).visits[0]))
    change = edit_plan(actor=coordinator, plan=plan, version=2, edit=added("59001", to(team, "2027-02-09"), Month(2027, 1)))

    assert plan.visits.get(date=day("2027-02-09")).is_make_up
    assert "rattrapage de janvier 2027" in change.words


def test_the_last_change_is_taken_back_and_may_be_made_again(plan: Plan, team: Team, coordinator: User) -> None:
    before = visits(plan)
    edit_plan(actor=coordinator, plan=plan, version=1, edit=added("59002", to(team, "2027-02-09"), Month(2027, 1)))
    after = visits(plan)

    undo_change(actor=coordinator, plan=plan, version=2)
    assert visits(plan) == before
    plan.refresh_from_db()
    undo_change(actor=coordinator, plan=plan, version=3)

    assert visits(plan) == after
    assert plan.visits.get(date=day("2027-02-09")).for_month == "2027-01"


def test_there_is_nothing_to_take_back_in_a_plan_that_nobody_edited(plan: Plan, coordinator: User) -> None:
    assert last_change(plan) is None
    with pytest.raises(ValidationError, match="Aucun changement"):
        undo_change(actor=coordinator, plan=plan, version=1)


def test_a_plan_that_was_published_meanwhile_is_no_longer_edited(plan: Plan, team: Team, coordinator: User) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.PUBLISHED.value)

    with pytest.raises(ValidationError, match="plus un brouillon"):
        edit_plan(actor=coordinator, plan=plan, version=1, edit=move_first(plan, to(team, "2027-01-06", "PM")))


def test_only_the_coordinator_of_the_epci_edits(plan: Plan, team: Team, lawyer: User, stranger: User, ines: User) -> None:
    for actor in (lawyer, stranger, ines):
        with pytest.raises(PermissionDenied):
            edit_plan(actor=actor, plan=plan, version=1, edit=move_first(plan, to(team, "2027-01-06", "PM")))


def test_judging_reads_the_database_and_writes_nothing(plan: Plan, team: Team) -> None:
    judged = judge(plan, move_first(plan, to(team, "2027-01-07")))

    assert not judged.allowed
    assert judged.words == "Poste de Camille (Camille) a déjà un passage le jeudi 7 janvier 2027, matin : Condé."
    assert judge(plan, move_first(plan, to(team, "2027-01-07", seat=1))).allowed
    assert plan.changes.count() == 0


def test_the_cheapest_half_days_of_a_month_come_first_and_are_legal(plan: Plan, first: PlannedVisit) -> None:
    bench = workbench_of(plan)

    found = bench.cheapest_moves(bench.tour.visits[0], Month(2027, 1))

    assert len(found) == 5
    assert [judged.delta for judged in found] == sorted(judged.delta for judged in found)
    assert all(judged.allowed and judged.after[0].date > day("2027-01-01") for judged in found)
    assert bench.row_of(bench.tour.visits[0]) == first
