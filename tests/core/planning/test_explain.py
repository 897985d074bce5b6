"""« Pourquoi pas le mardi matin ? » : each rule is named, and each price is that of a legal plan."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.check import check, cost_of
from escale.core.planning.explain import EXACT_MODEL, Explanation, Way, explain, explain_exactly
from escale.core.planning.explaining.obstacles import Reason
from escale.core.planning.explaining.usual import has_usual_day_in
from escale.core.planning.faults import ProblemError
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, plan_of
from escale.core.planning.plan import MakeUp, Plan
from escale.core.planning.problem import Mediator, Problem
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, day, every_plan, small_problems, windows

TUE_AM, TUE_PM, THU_AM, MON_AM = (Window.parse(name) for name in ("TUE_AM", "TUE_PM", "THU_AM", "MON_AM"))
THURSDAYS = a_plan(a_visit("59002", "2026-01-08"), a_visit("59002", "2026-02-12"))


def ticking(step: float = 0.02) -> Callable[[], float]:
    """Return a clock that advances by itself: a search with it is work, not time."""
    ticks = itertools.count()
    return lambda: next(ticks) * step


def ask(problem: Problem, plan: Plan = THURSDAYS, window: Window = TUE_AM, commune: str = "59002") -> Explanation:
    return explain(problem, plan, commune=commune, window=window, clock=ticking())


def every(weekday: Weekday) -> frozenset[dt.date]:
    return frozenset(d for number in (1, 2) for d in Month(2026, number).days() if d.weekday() == weekday)


def test_a_half_day_that_the_service_does_not_give_is_forbidden_by_article_4() -> None:
    answer = ask(a_problem(), window=MON_AM)

    assert (answer.allowed, answer.rule, answer.delta_upper, answer.plan) == (False, Reason.SERVICE_WINDOW, None, None)
    assert "art. 4" in answer.words


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (a_problem(a_commune(windows=windows("THU_AM"))), Reason.COMMUNE_WINDOW),
        (a_problem(holidays=every(Weekday.TUE)), Reason.HOLIDAY),
        (a_problem(a_commune(closed=every(Weekday.TUE))), Reason.COMMUNE_CLOSED),
        (a_problem(mediators=(Mediator(id="M1", away=every(Weekday.TUE)),)), Reason.MEDIATOR_AWAY),
        (a_problem(a_commune(starts=day("2026-02-26"))), Reason.COMMUNE_IN),
        (
            a_problem(
                a_commune(closed=frozenset(d for d in every(Weekday.TUE) if d.day < 15)),
                holidays=frozenset(d for d in every(Weekday.TUE) if d.day >= 15),
            ),
            Reason.NO_DATE,
        ),
    ],
)
def test_the_rule_that_every_date_breaks_is_named(problem: Problem, reason: Reason) -> None:
    answer = ask(problem, THURSDAYS if reason is not Reason.COMMUNE_IN else Plan(visits=()))

    assert (answer.allowed, answer.rule, answer.moves) == (False, reason, ())
    assert answer.words.startswith("Impossible")


def test_a_commune_that_has_the_day_already_costs_nothing() -> None:
    answer = ask(a_problem(), window=THU_AM)

    assert (answer.allowed, answer.rule, answer.delta_upper, answer.plan) == (True, Reason.ALREADY_THERE, 0.0, THURSDAYS)
    assert answer.words == "Commune 59002 a déjà son jour habituel le 2e jeudi matin."


def test_a_free_day_at_the_same_distance_costs_nothing() -> None:
    answer = ask(a_problem())

    assert (answer.allowed, answer.rule, answer.delta_upper) == (True, None, 0.0)
    (move,) = answer.moves
    assert move.usual_from is not None
    assert move.usual_to is not None
    assert (move.usual_from.words, move.usual_to.window, len(move.visits_to)) == ("2e jeudi matin", TUE_AM, 2)


def test_a_wish_that_is_given_up_is_priced_and_told() -> None:
    answer = ask(a_problem(a_commune(preferred_weekday=Weekday.THU)))

    assert answer.delta_upper == 150.0
    assert "150,0 km-équivalents" in answer.words
    assert "préférence" in answer.words


def test_a_plan_that_was_not_the_best_is_told_so() -> None:
    wild = a_plan(a_visit("59002", "2026-01-08"), a_visit("59002", "2026-02-24", "PM"))

    answer = ask(a_problem(), wild)

    assert answer.plan is not None
    assert answer.delta_upper == cost_of(a_problem(), answer.plan) - cost_of(a_problem(), wild) < 0
    assert "peut être amélioré" in answer.words


def test_the_places_of_make_ups_are_kept() -> None:
    promised = MakeUp(date=day("2026-01-06"), half=Half.AM, commune="59002", mediator="M1", for_month=Month(2026, 1))
    plan = Plan(visits=THURSDAYS.visits, make_ups=(promised,))
    only_first = every(Weekday.TUE) - {day("2026-01-06"), day("2026-02-03")}

    answer = ask(a_problem(holidays=only_first), plan)

    assert answer.plan is not None
    assert check(a_problem(holidays=only_first), answer.plan) == ()
    assert answer.plan.make_ups == (promised,)
    assert day("2026-01-06") not in {visit.date for visit in answer.plan.visits}


def test_an_illegal_plan_and_an_unknown_commune_are_refused() -> None:
    with pytest.raises(ProblemError, match="n'est pas légal"):
        ask(a_problem(), a_plan(a_visit("59002", "2026-01-01")))
    with pytest.raises(ProblemError, match="59999"):
        ask(a_problem(), commune="59999")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=small_problems(), window=st.sampled_from(("TUE_AM", "TUE_PM", "THU_AM", "WED_PM")), seed=st.integers(0, 3))
def test_the_plan_of_an_answer_is_legal_has_the_day_and_costs_what_is_told(problem: Problem, window: str, seed: int) -> None:
    grid = build_grid(problem)
    plan = plan_of(problem, grid, first_plan(grid))
    asked, commune = Window.parse(window), problem.communes[0]

    answer = explain(problem, plan, commune=commune.code, window=asked, clock=ticking(0.1), seed=seed)

    assert answer.allowed == (answer.plan is not None)
    for way in (answer, answer.exchange):
        if way is None or way.plan is None:
            continue
        delta = way.delta if isinstance(way, Way) else way.delta_upper
        assert check(problem, way.plan) == ()
        assert has_usual_day_in(way.plan.by_commune[commune.code], asked, commune.visits_per_month)
        assert delta == pytest.approx(cost_of(problem, way.plan) - cost_of(problem, plan), abs=0.06)
        moved = {c.code for c in problem.communes if way.plan.by_commune.get(c.code) != plan.by_commune.get(c.code)}
        assert {move.commune for move in way.moves} == moved


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=small_problems(communes=2, mediators=1, several=False))
def test_the_upper_bound_is_the_optimum_of_tiny_problems(problem: Problem) -> None:
    assume(len(problem.communes) * len(problem.months) <= 4)  # some ten thousand plans
    grid = build_grid(problem)
    plan = plan_of(problem, grid, first_plan(grid))
    asked, code = TUE_AM, problem.communes[0].code
    costs = [cost_of(problem, p) for p in every_plan(problem) if has_usual_day_in(p.by_commune.get(code, ()), asked, 1)]

    answer = explain(problem, plan, commune=code, window=asked, clock=ticking(0.001))

    assert answer.allowed == bool(costs)
    if answer.rule is None:
        assert answer.delta_upper == pytest.approx(min(costs) - cost_of(problem, plan), abs=0.06)


@st.composite
def unblocked_problems(draw: st.DrawFn) -> Problem:
    """Draw a problem in which no date is blocked, and driving never pays for an irregular visit."""
    drawn = draw(small_problems(communes=2, mediators=1, several=False))
    service = windows("TUE_AM", "TUE_PM")
    communes = [
        replace(
            c,
            windows=c.windows & service or service,
            closed=frozenset(),
            shut=frozenset(),
            starts=dt.date.min,
            until=dt.date.max,
            before=(),
        )
        for c in drawn.communes
    ]
    return replace(
        drawn,
        communes=tuple(communes),
        windows=service,
        holidays=frozenset(),
        mediators=(Mediator(id="M1"),),
        months=(Month(2026, 2), Month(2026, 3)),
        weights=replace(drawn.weights, balance=0),
    )


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=unblocked_problems())
def test_the_exact_answer_is_the_optimum_when_no_date_is_blocked(problem: Problem) -> None:
    grid = build_grid(problem)
    plan = plan_of(problem, grid, first_plan(grid))
    code = problem.communes[0].code
    served = len(problem.communes) * len(problem.months)
    priced = [(cost_of(problem, p), p) for p in every_plan(problem) if len(p.visits) == served]
    free = min(cost for cost, _ in priced)
    forced = [cost for cost, p in priced if has_usual_day_in(p.by_commune.get(code, ()), TUE_PM, 1)]

    answer = explain_exactly(problem, plan, commune=code, window=TUE_PM, clock=ticking(0.01))

    assert answer.allowed == bool(forced)
    if answer.rule is None:
        assert answer.exact_model == EXACT_MODEL
        assert answer.delta_exact == pytest.approx(min(forced) - free, abs=0.06)
    else:
        assert (answer.delta_exact, bool(answer.exact_missing)) == (None, True)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (a_problem(a_commune(visits_per_month=2)), "plusieurs visites"),
        (a_problem(a_commune(starts=day("2026-01-05"))), "membre tous les mois"),
        (a_problem(a_commune(closed=frozenset({day("2026-02-19")}))), "fermée"),
    ],
)
def test_a_problem_that_the_pattern_program_cannot_tell_has_an_upper_bound_and_the_reason(problem: Problem, words: str) -> None:
    answer = explain_exactly(problem, THURSDAYS, commune="59002", window=TUE_AM, clock=ticking())

    assert answer.delta_upper is not None
    assert (answer.delta_exact, answer.exact_model) == (None, None)
    assert words in (answer.exact_missing or "")


def test_an_exact_answer_that_has_no_time_says_so() -> None:
    answer = explain_exactly(a_problem(), THURSDAYS, commune="59002", window=TUE_AM, clock=ticking(100.0))

    assert answer.delta_exact is None
    assert "pas été prouvés" in (answer.exact_missing or "")
    assert answer.delta_upper is not None
