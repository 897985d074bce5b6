"""Drafts: the first plan at once, that of a search when it ends, a copy that leaves out what has become impossible."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import annex_pattern, request_run
from escale.apps.schedule.actions.drafting import copy_plan, discard_plan, first_draft, store_plan
from escale.apps.schedule.actions.keeping import IllegalPlanError
from escale.apps.schedule.drafts import plan_of, problem_of, write_visits
from escale.apps.schedule.models import Participation, Plan, PlannedVisit, PlanOrigin, PlanState
from escale.apps.schedule.tasks import perform
from escale.apps.team.actions import record_leave
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Window
from escale.core.calendar.months import Month
from escale.core.planning.check import check
from escale.core.planning.plan import MakeUp, Visit
from escale.core.planning.plan import Plan as Tour
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Annex
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
MONTHS = Month.range("2027-01..2027-03")
Team = list[tuple[Post, Mediator]]


@pytest.fixture
def draft(epci: Epci, team: Team, coordinator: User) -> Plan:
    return first_draft(actor=coordinator, epci=epci, months=MONTHS)


def test_the_first_draft_serves_everyone_and_tells_its_figures(draft: Plan, coordinator: User) -> None:
    assert check(problem_of(draft), plan_of(draft)) == ()
    assert (draft.number, draft.origin, draft.state, draft.created_by) == (1, "first", "draft", coordinator.actor_id)
    assert (draft.figures["due"], draft.figures["served"], draft.figures["visits"], draft.figures["unserved"]) == (9, 9, 9, [])
    assert draft.figures["cost"] >= draft.figures["km"] > 0


def test_the_first_draft_keeps_an_agreed_day_even_when_its_first_month_cannot(
    epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    friday = Annex(nth=1, window=Window.parse("FRI_AM"))
    annex_pattern(actor=coordinator, epci=epci, commune=communes["59001"], pattern=friday, starts=MONTHS[0].first)

    plan = first_draft(actor=coordinator, epci=epci, months=MONTHS)

    dates = [visit.date for visit in plan.visits.filter(commune=communes["59001"])]
    assert dates[0] != day("2027-01-01"), "a holiday"
    assert dates[1:] == [day("2027-02-05"), day("2027-03-05")]
    assert plan.figures["changed_days"] == []


def test_nothing_is_drafted_without_a_participation(epci: Epci, team: Team, coordinator: User) -> None:
    Participation.objects.all().delete()

    with pytest.raises(ValidationError, match="dire d’abord quelles communes participent"):
        first_draft(actor=coordinator, epci=epci, months=MONTHS)

    assert not Plan.objects.exists()


def test_a_search_that_ends_leaves_a_draft_with_its_proof(epci: Epci, team: Team, coordinator: User) -> None:
    run = request_run(actor=coordinator, epci=epci, months=MONTHS, seconds=1)

    perform(run.pk)

    run.refresh_from_db()
    (draft,) = Plan.objects.all()
    assert (draft.origin, draft.run, draft.lower_bound) == ("run", run, run.lower_bound)
    assert draft.figures["cost"] == run.cost
    assert draft.visits.count() == 9


def test_a_plan_that_breaks_a_rule_is_not_kept(epci: Epci, team: Team, draft: Plan) -> None:
    problem = problem_of(draft)
    monday = Visit(date=day("2027-01-04"), half=Half.AM, commune="59001", mediator=problem.mediators[0].id)

    with pytest.raises(IllegalPlanError, match="demi-journée que le service ne donne pas"):
        store_plan(
            actor=SYSTEM,
            epci=epci,
            problem=problem,
            visits=Tour(visits=(monday,)),
            preset=PresetName.BALANCED,
            origin=PlanOrigin.IMPORT,
        )

    assert Plan.objects.count() == 1


def test_what_was_proved_of_a_tour_holds_for_its_copy_until_the_team_or_the_communes_change(
    draft: Plan, team: Team, coordinator: User
) -> None:
    Plan.objects.filter(pk=draft.pk).update(lower_bound=12.5)
    draft.refresh_from_db()

    before = copy_plan(actor=coordinator, plan=draft)
    _, mediator = team[0]
    record_leave(actor=coordinator, mediator=mediator, starts=day("2027-02-01"), ends=day("2027-02-28"))
    after = copy_plan(actor=coordinator, plan=draft)

    assert (before.lower_bound, after.lower_bound) == (12.5, None)


def test_a_copy_leaves_out_what_has_become_impossible_and_says_so(draft: Plan, team: Team, coordinator: User) -> None:
    lost = draft.visits.first()
    assert lost is not None
    for _, mediator in team:
        record_leave(actor=SYSTEM, mediator=mediator, starts=lost.date, ends=lost.date)
    gone = draft.visits.filter(date=lost.date).count()

    copy = copy_plan(actor=coordinator, plan=draft)

    assert (copy.number, copy.origin, copy.parent) == (2, "copy", draft)
    assert copy.visits.count() == 9 - gone
    assert f"moins {gone} passage" in copy.note
    assert len(copy.figures["unserved"]) == gone


def test_a_draft_is_put_aside_and_a_published_plan_is_not(draft: Plan, coordinator: User) -> None:
    copy = copy_plan(actor=coordinator, plan=draft)
    Plan.objects.filter(pk=draft.pk).update(state=PlanState.PUBLISHED)

    assert discard_plan(actor=coordinator, plan=copy).state == PlanState.DISCARDED
    with pytest.raises(ValidationError, match="a été publiée"):
        discard_plan(actor=coordinator, plan=draft)


@pytest.mark.parametrize("who", ["lawyer", "reader", "stranger"])
def test_only_the_coordinator_drafts(who: str, draft: Plan, epci: Epci, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        first_draft(actor=person, epci=epci, months=MONTHS)
    with pytest.raises(PermissionDenied):
        copy_plan(actor=person, plan=draft)
    with pytest.raises(PermissionDenied):
        discard_plan(actor=person, plan=draft)
    assert not Plan.objects.visible_to(person).exists()


def test_visits_are_read_as_they_were_written_and_two_may_swap_and_keep_their_keys(draft: Plan) -> None:
    first, second = draft.visits.filter(for_month="2027-01")[:2]
    tour = plan_of(draft)
    a, b = tour.visits[0], tour.visits[1]
    swapped = (
        Visit(date=a.date, half=a.half, commune=b.commune, mediator=a.mediator),
        Visit(date=b.date, half=b.half, commune=a.commune, mediator=b.mediator),
    )

    write_visits(draft, Tour(visits=(*swapped, *tour.visits[2:])))

    assert PlannedVisit.objects.get(pk=first.pk).date == second.date
    assert PlannedVisit.objects.get(pk=second.pk).date == first.date
    assert set(plan_of(draft).visits) == {*swapped, *tour.visits[2:]}


def test_a_visit_for_an_earlier_month_is_read_as_a_make_up(draft: Plan) -> None:
    tour = plan_of(draft)
    lost = next(visit for visit in tour.visits if visit.month == MONTHS[0])
    make_up = MakeUp(date=day("2027-02-26"), half=Half.PM, commune=lost.commune, mediator=lost.mediator, for_month=MONTHS[0])
    key = draft.visits.get(commune__code=lost.commune, for_month="2027-01").pk

    write_visits(draft, Tour(visits=tuple(visit for visit in tour.visits if visit != lost), make_ups=(make_up,)))

    assert plan_of(draft).make_ups == (make_up,)
    assert draft.visits.get(pk=key).is_make_up
