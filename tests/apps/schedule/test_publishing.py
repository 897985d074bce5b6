"""Publishing: what is promised becomes visits, communes wait for their avenant, the past stays, one publication holds a month."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions import annex_pattern, confirm_participation, end_participation, take_part
from escale.apps.schedule.actions.drafting import copy_plan, discard_plan, first_draft, store_plan
from escale.apps.schedule.actions.editing import StalePlanError
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.drafts import plan_of, problem_of, write_visits
from escale.apps.schedule.intents import last_publication, month_states
from escale.apps.schedule.models import AnnexedPattern, Participation, Plan, PlanOrigin, PlanState, Publication, Standing
from escale.apps.schedule.problems import build_problem
from escale.apps.schedule.publication import prepare_publication
from escale.apps.schedule.published import current_plan, current_plans, published_tour
from escale.apps.team.actions import leave_post, record_leave
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Closure, Commune, Epci, Premises
from escale.apps.visits.models import Visit, VisitState
from escale.apps.visits.queries import visits_without_anyone
from escale.core.calendar.halfdays import Half, Window
from escale.core.calendar.months import Month, nth_weekday
from escale.core.planning.check import check
from escale.core.planning.plan import Plan as Tour
from escale.core.planning.plan import Visit as TourVisit
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Annex
from tests.apps.schedule.team import day

pytestmark = pytest.mark.django_db
MONTHS = Month.range("2027-01..2027-03")
JANUARY, FEBRUARY, MARCH = MONTHS
Team = list[tuple[Post, Mediator]]
TUESDAY, THURSDAY = Window.parse("TUE_AM"), Window.parse("THU_AM")


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def draft(epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User) -> Plan:
    """Second Tuesday for Abscon, second Thursday for Bruille, third Tuesday for Condé; all by Camille."""
    return drafted(epci, coordinator, team, {"59001": (2, TUESDAY), "59002": (2, THURSDAY), "59003": (3, TUESDAY)})


def drafted(epci: Epci, actor: User, team: Team, days: dict[str, tuple[int, Window]]) -> Plan:
    """Return a draft in which each commune has its visit on the same day of each month."""
    plan = first_draft(actor=actor, epci=epci, months=MONTHS)
    write_visits(plan, tour(team, days))
    return plan


def tour(team: Team, days: dict[str, tuple[int, Window]]) -> Tour:
    visits = []
    for month in MONTHS:
        for code, (nth, window) in days.items():
            date = nth_weekday(month, nth, window.weekday)
            assert date is not None
            visits.append(TourVisit(date=date, half=window.half, commune=code, mediator=f"P{team[0][0].pk}"))
    return Tour(visits=tuple(visits))


def publish(plan: Plan, actor: User, **choices: object) -> Plan:
    plan.refresh_from_db()
    return publish_plan(actor=actor, plan=plan, version=plan.version, **choices).plan  # type: ignore[arg-type]


def agree(epci: Epci, commune: Commune, actor: User, nth: int, window: Window, starts: str = "2027-01-01") -> None:
    annex_pattern(actor=actor, epci=epci, commune=commune, pattern=Annex(nth=nth, window=window), starts=day(starts))


def dates(commune: Commune) -> list[str]:
    return [str(visit.date) for visit in Visit.objects.filter(commune=commune).standing().order_by("date")]


def test_publishing_makes_the_visits_and_closes_the_plan(
    draft: Plan, epci: Epci, communes: dict[str, Commune], coordinator: User
) -> None:
    done = publish_plan(actor=coordinator, plan=draft, version=1, months=MONTHS)

    assert (done.plan, len(done.settlement.created)) == (draft, 9)
    assert dates(communes["59001"]) == ["2027-01-12", "2027-02-09", "2027-03-09"]
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.is_open) == (PlanState.PUBLISHED, 2, False)
    assert current_plans(epci, MONTHS) == dict.fromkeys(MONTHS, draft)
    assert published_tour(epci, MONTHS) == plan_of(draft)
    assert Entry.objects.filter(event="schedule.plan_published").count() == 1


def test_months_are_published_one_by_one(draft: Plan, epci: Epci, coordinator: User) -> None:
    publish(draft, coordinator, months=[FEBRUARY])

    assert set(Visit.objects.values_list("for_month", flat=True)) == {"2027-02"}
    assert (current_plan(epci, JANUARY), current_plan(epci, FEBRUARY)) == (None, draft)
    publish(draft, coordinator, months=[JANUARY])
    assert Visit.objects.count() == 6


def test_a_commune_that_is_only_expected_is_shown_to_nobody_until_it_is_confirmed(
    draft: Plan, epci: Epci, communes: dict[str, Commune], coordinator: User, lawyer: User
) -> None:
    Participation.objects.filter(commune=communes["59003"]).update(standing=Standing.EXPECTED)
    preview = prepare_publication(draft, MONTHS)

    publish(draft, coordinator)

    assert (preview.created, preview.expected) == (6, ("Condé",))
    assert dates(communes["59003"]) == []
    row = Participation.objects.get(commune=communes["59003"])
    confirm_participation(actor=lawyer, participation=row, starts=day("2027-02-01"))
    assert dates(communes["59003"]) == ["2027-02-16", "2027-03-16"]
    assert [row.standing for row in Participation.objects.filter(commune=communes["59003"])] == ["expected", "firm"]


def test_the_visits_after_the_end_of_a_participation_are_cancelled_with_the_reason(
    draft: Plan, communes: dict[str, Commune], coordinator: User
) -> None:
    publish(draft, coordinator)
    row = Participation.objects.get(commune=communes["59001"])

    end_participation(actor=coordinator, participation=row, ends=day("2027-02-15"), reason="convention résiliée")

    assert dates(communes["59001"]) == ["2027-01-12", "2027-02-09"]
    gone = Visit.objects.get(commune=communes["59001"], state=VisitState.CANCELLED)
    assert (gone.reason, gone.sequence, str(gone.date)) == ("convention résiliée", 1, "2027-03-09")


def test_a_commune_comes_back_with_its_places(draft: Plan, epci: Epci, communes: dict[str, Commune], coordinator: User) -> None:
    publish(draft, coordinator)
    end_participation(
        actor=coordinator, participation=Participation.objects.get(commune=communes["59001"]), ends=day("2027-01-31")
    )

    take_part(
        actor=coordinator, epci=epci, commune=communes["59001"], standing=Standing.FIRM, starts=day("2027-03-01"), ends=None
    )

    assert dates(communes["59001"]) == ["2027-01-12", "2027-03-09"]


def test_a_commune_that_changes_its_usual_day_waits_for_its_avenant(
    draft: Plan, epci: Epci, communes: dict[str, Commune], coordinator: User
) -> None:
    agree(epci, communes["59001"], coordinator, 1, THURSDAY)
    agree(epci, communes["59002"], coordinator, 2, THURSDAY)

    preview = prepare_publication(draft, MONTHS)
    in_force = publish(draft, coordinator)

    assert len(preview.avenants) == 1
    assert preview.avenants[0].startswith("Abscon passe du premier jeudi du mois, matin au deuxième mardi")
    (held,) = preview.held
    assert (held.name, held.months, held.elsewhere) == ("Abscon", MONTHS, ())
    assert dates(communes["59001"]) == ["2027-01-07", "2027-02-04", "2027-03-04"]
    assert dates(communes["59002"]) == ["2027-01-14", "2027-02-11", "2027-03-11"]
    assert (in_force.origin, in_force.parent, in_force.state) == (PlanOrigin.TRANSITION, draft, PlanState.PUBLISHED)
    assert check(problem_of(in_force), plan_of(in_force)) == ()
    assert current_plan(epci, JANUARY) == in_force


def test_the_new_day_is_published_once_its_avenant_is_in_force_and_the_visits_keep_their_uid(
    draft: Plan, epci: Epci, communes: dict[str, Commune], coordinator: User
) -> None:
    agree(epci, communes["59001"], coordinator, 1, THURSDAY)
    publish(draft, coordinator)
    before = {visit.for_month: visit for visit in Visit.objects.filter(commune=communes["59001"])}
    agree(epci, communes["59001"], coordinator, 2, TUESDAY, "2027-03-01")

    preview = prepare_publication(draft, MONTHS)
    publish(draft, coordinator)

    assert preview.avenants == ()
    assert [(move.name, move.before) for move in preview.moved] == [("Abscon", "jeudi 4 mars 2027 matin")]
    moved = Visit.objects.get(commune=communes["59001"], for_month="2027-03")
    assert (moved.uid, moved.sequence) == (before["2027-03"].uid, 1)
    assert (str(moved.date), str(moved.origin_date), moved.was_moved) == ("2027-03-09", "2027-03-04", True)
    assert Visit.objects.get(commune=communes["59001"], for_month="2027-01").sequence == 0


def test_one_irregular_date_is_no_change_of_day_even_when_it_is_published_alone(
    draft: Plan, epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    agree(epci, communes["59001"], coordinator, 2, TUESDAY)
    visits = tour(team, {"59001": (2, TUESDAY)}).visits
    odd = TourVisit(date=day("2027-01-15"), half=Half.AM, commune="59001", mediator=visits[0].mediator)
    write_visits(draft, Tour(visits=(odd, *visits[1:])))

    publish(draft, coordinator, months=[JANUARY])

    assert dates(communes["59001"]) == ["2027-01-15"]


def test_a_repair_of_one_month_moves_a_date_and_no_usual_day(
    draft: Plan, epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    agree(epci, communes["59001"], coordinator, 2, TUESDAY)
    publish(draft, coordinator)
    kept = [visit for visit in plan_of(draft).visits if visit.month == FEBRUARY and visit.commune != "59001"]
    moved = TourVisit(date=day("2027-02-12"), half=Half.AM, commune="59001", mediator=kept[0].mediator)
    repair = store_plan(
        actor=coordinator,
        epci=epci,
        problem=build_problem(epci, [FEBRUARY]),
        visits=Tour(visits=(*kept, moved)),
        preset=PresetName.BALANCED,
        origin=PlanOrigin.REPAIR,
    )

    in_force = publish(repair, coordinator, reason="médiatrice absente")

    assert in_force == repair
    visit = Visit.objects.get(commune=communes["59001"], for_month="2027-02")
    assert (str(visit.date), visit.sequence, visit.reason) == ("2027-02-12", 1, "médiatrice absente")
    assert [current_plan(epci, month) for month in MONTHS] == [draft, repair, draft]


def test_the_usual_day_of_communes_that_never_agreed_to_one_is_written_down_when_asked(
    draft: Plan, epci: Epci, communes: dict[str, Commune], coordinator: User
) -> None:
    agree(epci, communes["59002"], coordinator, 2, THURSDAY)
    Participation.objects.filter(commune=communes["59003"]).update(standing=Standing.EXPECTED)

    assert prepare_publication(draft, MONTHS).without_agreed_day == ("Abscon",)
    publish(draft, coordinator, annex_missing=True)

    row = AnnexedPattern.objects.get(commune=communes["59001"])
    assert (row.value, row.starts) == (Annex(nth=2, window=TUESDAY), day("2027-01-01"))
    assert not AnnexedPattern.objects.filter(commune=communes["59003"]).exists()
    assert prepare_publication(draft, MONTHS).without_agreed_day == ()


def test_another_plan_takes_the_place_of_the_published_one_and_two_communes_swap(
    draft: Plan, epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User
) -> None:
    publish(draft, coordinator)
    uids = {(visit.commune_id, visit.for_month): visit.uid for visit in Visit.objects.all()}
    other = drafted(epci, coordinator, team, {"59001": (2, THURSDAY), "59002": (2, TUESDAY), "59003": (3, TUESDAY)})

    preview = prepare_publication(other, MONTHS)
    publish(other, coordinator)

    assert (preview.created, len(preview.moved), preview.kept) == (0, 6, 3)
    assert dates(communes["59001"]) == ["2027-01-14", "2027-02-11", "2027-03-11"]
    assert {(visit.commune_id, visit.for_month): visit.uid for visit in Visit.objects.all()} == uids
    assert Publication.objects.count() == 6
    assert set(Publication.objects.current().values_list("plan", flat=True)) == {other.pk}


def test_a_stale_version_is_told_what_changed(draft: Plan, coordinator: User) -> None:
    publish(draft, coordinator, months=[JANUARY])

    with pytest.raises(StalePlanError) as told:
        publish_plan(actor=coordinator, plan=draft, version=1)

    assert [change.words for change in told.value.changes] == ["Publiée : janvier 2027"]
    assert Publication.objects.count() == 1


def test_a_publication_that_was_not_seen_is_told_and_nothing_is_lost(
    draft: Plan, epci: Epci, team: Team, coordinator: User
) -> None:
    other = copy_plan(actor=coordinator, plan=draft)
    seen = last_publication(epci)
    publish(draft, coordinator)

    with pytest.raises(ValidationError, match="tournée n° 1 vient d’être publiée"):
        publish(other, coordinator, last_seen=seen)

    assert current_plan(epci, JANUARY) == draft


def test_a_plan_that_was_put_aside_is_not_published(draft: Plan, coordinator: User) -> None:
    discard_plan(actor=coordinator, plan=draft)

    with pytest.raises(ValidationError, match="écartée"):
        publish(draft, coordinator)


@pytest.mark.parametrize(("months", "words"), [([], "au moins un mois"), ([Month(2027, 4)], "avril 2027")])
def test_months_are_among_those_of_the_plan(months: list[Month], words: str, draft: Plan, coordinator: User) -> None:
    with pytest.raises(ValidationError, match=words):
        publish(draft, coordinator, months=months)


def test_a_visit_that_has_become_impossible_stops_the_publication_and_is_named(
    draft: Plan, team: Team, coordinator: User
) -> None:
    record_leave(actor=SYSTEM, mediator=team[0][1], starts=day("2027-02-09"), ends=day("2027-02-09"))

    (blocked,) = prepare_publication(draft, MONTHS).blocked
    with pytest.raises(ValidationError, match="Abscon, mardi 9 février 2027 matin : le médiateur est absent"):
        publish(draft, coordinator)

    assert (blocked.name, blocked.when) == ("Abscon", "mardi 9 février 2027 matin")
    assert not Visit.objects.exists()
    assert not Publication.objects.exists()


def test_a_make_up_asks_for_the_month_in_which_it_is_held(draft: Plan) -> None:
    lost = draft.visits.filter(for_month="2027-02").order_by("date").first()
    assert lost is not None
    draft.visits.filter(pk=lost.pk).update(date=day("2027-03-31"), half="PM")

    (blocked,) = prepare_publication(draft, [Month(2027, 2)]).blocked

    assert blocked.words.startswith("ce rattrapage se tient en mars 2027 ; publier aussi ce mois")


def test_a_commune_that_left_stops_the_publication_and_is_named(
    draft: Plan, communes: dict[str, Commune], coordinator: User
) -> None:
    Participation.objects.filter(commune=communes["59003"]).delete()

    blocked = prepare_publication(draft, MONTHS).blocked

    assert {(item.name, item.words.split(",")[0]) for item in blocked} == {("Condé", "la commune ne participe pas à la tournée")}


def test_a_hall_that_is_closed_while_another_is_open_is_only_told(
    draft: Plan, communes: dict[str, Commune], coordinator: User
) -> None:
    hall, _ = (
        Premises.objects.create(commune=communes["59001"], name=name, rank=rank) for rank, name in ((1, "Mairie"), (2, "École"))
    )
    Closure.objects.create(premises=hall, starts=day("2027-01-12"), ends=day("2027-01-12"))

    (told,) = prepare_publication(draft, MONTHS).halls

    assert (told.name, told.words) == ("Abscon", "Mairie : fermé ce jour-là, prévoir une autre salle")


def test_what_is_left_out_is_told_with_its_reason(draft: Plan, communes: dict[str, Commune], coordinator: User) -> None:
    draft.visits.filter(commune=communes["59001"], for_month="2027-01").delete()

    (told,) = prepare_publication(draft, MONTHS).unserved

    assert (told.name, told.when) == ("Abscon", "janvier 2027")


def test_only_the_coordinator_publishes(draft: Plan, lawyer: User) -> None:
    with pytest.raises(PermissionDenied):
        publish_plan(actor=lawyer, plan=draft, version=1)


def test_a_past_month_is_published_once_as_history_and_never_changes_again(
    draft: Plan, epci: Epci, communes: dict[str, Commune], team: Team, coordinator: User, settings: Settings
) -> None:
    settings.ESCALE_TODAY = day("2027-02-10")
    publish(draft, coordinator)
    other = drafted(epci, coordinator, team, {"59001": (2, THURSDAY), "59002": (3, THURSDAY), "59003": (2, TUESDAY)})

    assert [state.is_open for state in month_states(other)] == [False, True, True]
    with pytest.raises(ValidationError, match="Janvier 2027 est passé et déjà publié"):
        publish(other, coordinator, months=MONTHS)
    in_force = publish(other, coordinator)

    assert dates(communes["59001"]) == ["2027-01-12", "2027-02-09", "2027-03-11"]
    assert dates(communes["59002"]) == ["2027-01-14", "2027-02-18", "2027-03-18"]
    assert in_force.origin == PlanOrigin.TRANSITION
    assert dates(communes["59003"])[1] == "2027-02-16", (
        "the second Tuesday is past: the nearest half-day to come is not taken twice"
    )
    assert {str(visit.date) for visit in in_force.visits.filter(for_month="2027-02")} == {
        date[1] for date in map(dates, communes.values())
    }


def test_a_leave_recorded_afterwards_undoes_no_visit_that_was_held(
    draft: Plan, epci: Epci, team: Team, coordinator: User, settings: Settings
) -> None:
    publish(draft, coordinator)
    settings.ESCALE_TODAY = day("2027-01-13")
    record_leave(actor=SYSTEM, mediator=team[0][1], starts=day("2027-01-12"), ends=day("2027-01-12"))

    publish(draft, coordinator)

    assert Visit.objects.filter(date=day("2027-01-12")).standing().exists()


def test_visits_of_a_post_that_nobody_holds_any_more_are_found(draft: Plan, epci: Epci, team: Team, coordinator: User) -> None:
    publish(draft, coordinator)
    leave_post(actor=SYSTEM, occupancy=Occupancy.objects.get(post=team[0][0]), ends=day("2027-02-28"))

    lost = visits_without_anyone(epci, day("2026-11-23"))

    assert {str(line.date)[:7] for line in lost} == {"2027-03"}
    assert len(lost) == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_publications_at_the_same_time_one_wins_and_the_other_is_told(draft: Plan, epci: Epci, coordinator: User) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the SQLite of the tests is in memory, where threads share one connection")
    other = copy_plan(actor=coordinator, plan=draft)
    seen, together = last_publication(epci), threading.Barrier(2)
    told: list[str] = []

    def attempt(plan: Plan) -> None:
        together.wait()
        try:
            publish_plan(actor=coordinator, plan=plan, version=1, last_seen=seen)
        except ValidationError as error:
            told.extend(error.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[plan]) for plan in (draft, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 1
    assert "vient d’être publiée" in told[0]
    assert Publication.objects.current().count() == 3
    assert len(set(Publication.objects.values_list("plan", flat=True))) == 1
    assert Visit.objects.standing().count() == 9
