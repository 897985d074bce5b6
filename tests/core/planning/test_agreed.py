"""What was agreed stays unless it is freed; whose day changes is said; costs and bounds are told for the problem as given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escale.core.calendar.halfdays import Window
from escale.core.planning.agreed import KEEPS_AS_MUCH, changed_days, keep_agreed, told_for
from escale.core.planning.check import cost_of, price
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import KEPT_DAY
from escale.core.planning.problem import Annex, Problem, Weights
from escale.core.planning.solve import solve
from escale.core.planning.stops import WorkLimit
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, least_cost

SECOND_THURSDAY = Annex(nth=2, window=Window.parse("THU_AM"))
FIRST_TUESDAY = Annex(nth=1, window=Window.parse("TUE_AM"))
ENOUGH = WorkLimit(100_000)


def neighbours(**changes: object) -> Problem:
    """Two communes side by side whose conventions put them on two days: sharing one would spare the road."""
    here, there = a_commune("59001", annex=SECOND_THURSDAY), a_commune("59002", annex=FIRST_TUESDAY)
    fields = {"base_hm": (200.0, 200.0), "between_hm": ((0.0, 10.0), (10.0, 0.0)), "weights": Weights()}
    return a_problem(here, there, **(fields | changes))


def test_a_plan_keeps_each_agreed_day_although_the_road_is_longer() -> None:
    problem = neighbours()

    solution = solve(keep_agreed(problem), stop=ENOUGH)

    assert changed_days(problem, solution.plan) == ()
    assert {visit.pattern for visit in solution.plan.visits} == {(2, SECOND_THURSDAY.window), (1, FIRST_TUESDAY.window)}


def test_a_freed_commune_moves_to_its_neighbour_and_the_avenant_is_named() -> None:
    problem = neighbours()

    solution = solve(keep_agreed(problem, freed=["59002"]), stop=ENOUGH)

    (changed,) = changed_days(problem, solution.plan)
    assert (changed.commune, changed.nth, changed.window) == ("59002", 2, Window.parse("THU_PM"))
    assert changed.words == (
        "Commune 59002 passe du premier mardi du mois, matin au deuxième jeudi du mois, après-midi : un avenant est nécessaire"
    )


def test_a_commune_that_nobody_knows_cannot_be_freed() -> None:
    with pytest.raises(ProblemError, match="59999"):
        keep_agreed(neighbours(), freed=["59999"])


def test_a_weight_that_the_problem_gives_is_kept_and_one_that_it_does_not_give_is_strong() -> None:
    assert keep_agreed(neighbours(weights=Weights(annex=7))).weights.annex == 7
    assert keep_agreed(neighbours()).weights.annex == KEPT_DAY
    assert keep_agreed(a_problem(weights=Weights())).weights.annex == 0


def test_a_day_that_is_as_frequent_as_another_counts_as_kept() -> None:
    problem = a_problem(a_commune(annex=FIRST_TUESDAY))

    tied = a_plan(a_visit("59002", "2026-01-06"), a_visit("59002", "2026-02-05"))

    assert changed_days(problem, tied) == ()


def test_the_cost_is_told_for_the_problem_as_given_and_the_bound_for_plans_that_keep_as_much() -> None:
    problem = neighbours()
    kept = keep_agreed(problem)

    told = told_for(problem, kept, solve(kept, stop=ENOUGH))

    assert told.parts == price(problem, told.plan)
    assert told.cost == cost_of(problem, told.plan)
    assert told.bound_model.endswith(KEEPS_AS_MUCH)
    assert 0 < told.lower_bound <= told.cost
    assert told.lower_bound_any <= least_cost(replace(problem, months=problem.months[:1]))


def test_without_anything_agreed_nothing_is_told_otherwise() -> None:
    problem = a_problem(weights=Weights())
    kept = keep_agreed(problem)
    solution = solve(kept, stop=ENOUGH)

    assert told_for(problem, kept, solution) is solution
