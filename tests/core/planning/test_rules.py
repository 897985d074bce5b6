"""Each rule of a tour, alone, on two or three visits: what is legal (art. 4), and what each wish counts."""

import pytest

from escale.core.calendar.halfdays import Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.check import check, price
from escale.core.planning.faults import Rule
from escale.core.planning.plan import MakeUp, Plan
from escale.core.planning.problem import Annex, Mediator
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, day, windows

A, B = "59002", "59038"
FOUR_MONTHS = tuple(Month(2026, number) for number in range(1, 5))


def test_a_visit_on_an_open_half_day_is_legal() -> None:
    assert check(a_problem(), a_plan(a_visit(A, "2026-01-06"))) == ()


@pytest.mark.parametrize(
    ("rule", "date", "half"),
    [
        (Rule.HOLIDAY, "2026-01-01", "AM"),
        (Rule.MONTH, "2026-03-03", "AM"),
        (Rule.MEDIATOR_AWAY, "2026-01-08", "AM"),
        (Rule.SERVICE_WINDOW, "2026-01-05", "AM"),
        (Rule.COMMUNE_WINDOW, "2026-01-06", "PM"),
        (Rule.COMMUNE_CLOSED, "2026-01-13", "AM"),
        (Rule.COMMUNE_IN, "2026-02-24", "AM"),
    ],
)
def test_each_rule_forbids_its_own_half_day(rule: Rule, date: str, half: str) -> None:
    commune = a_commune(
        windows=windows("MON_AM", "TUE_AM", "THU_AM"), closed=frozenset({day("2026-01-13")}), until=day("2026-02-20")
    )
    problem = a_problem(commune, mediators=(Mediator(id="M1", away=frozenset({day("2026-01-08")})),))

    faults = check(problem, a_plan(a_visit(A, date, half)))

    assert rule in {fault.rule for fault in faults}


def test_a_commune_has_no_more_visits_than_its_month_owes() -> None:
    faults = check(a_problem(), a_plan(a_visit(A, "2026-01-06"), a_visit(A, "2026-01-13")))

    assert [fault.rule for fault in faults] == [Rule.ONE_A_MONTH]


def test_a_mediator_is_in_one_place_at_a_time() -> None:
    problem = a_problem(a_commune(A), a_commune(B))

    faults = check(problem, a_plan(a_visit(A, "2026-01-06"), a_visit(B, "2026-01-06")))

    assert [fault.rule for fault in faults] == [Rule.ONE_PLACE]


def test_a_make_up_takes_a_place_but_is_outside_the_month_and_the_cost() -> None:
    problem = a_problem()
    visit = a_visit(A, "2026-02-03")
    make_up = MakeUp(date=day("2026-02-10"), half=visit.half, commune=A, mediator="M1", for_month=Month(2026, 1))

    with_it, without = Plan(visits=(visit,), make_ups=(make_up,)), Plan(visits=(visit,))

    assert check(problem, with_it) == ()
    assert price(problem, with_it) == price(problem, without)


def test_an_unknown_commune_is_named() -> None:
    (fault,) = check(a_problem(), a_plan(a_visit("99999", "2026-01-06")))

    assert fault.rule is Rule.KNOWN
    assert "99999" in fault.message


def test_a_month_that_a_commune_does_not_take_part_in_whole_owes_nothing() -> None:
    problem = a_problem(a_commune(starts=day("2026-01-02")))

    assert price(problem, a_plan()).unserved == 1


def test_a_visit_off_the_usual_day_is_irregular() -> None:
    problem = a_problem(months=FOUR_MONTHS)
    plan = a_plan(*(a_visit(A, date) for date in ("2026-01-06", "2026-02-03", "2026-03-03", "2026-04-08")))

    assert price(problem, plan).irregular == 1


def test_a_commune_with_two_visits_a_month_has_two_usual_days() -> None:
    problem = a_problem(a_commune(visits_per_month=2))
    plan = a_plan(*(a_visit(A, date) for date in ("2026-01-06", "2026-01-20", "2026-02-03", "2026-02-17")))

    assert price(problem, plan).irregular == 0


@pytest.mark.parametrize(("second", "faults"), [("2026-02-10", 0), ("2026-02-11", 1), ("2026-02-03", 0), ("2026-01-27", 0)])
def test_visits_of_consecutive_months_lie_21_to_35_days_apart(second: str, faults: int) -> None:
    plan = a_plan(a_visit(A, "2026-01-06"), a_visit(A, second)) if second >= "2026-02" else a_plan(a_visit(A, second))

    assert price(a_problem(), plan).spacing == faults


def test_the_last_visit_before_the_horizon_counts_for_the_spacing() -> None:
    problem = a_problem(a_commune(before=(day("2025-12-30"),)))

    assert price(problem, a_plan(a_visit(A, "2026-01-06"))).spacing == 1


def test_a_visit_by_another_mediator_is_a_switch() -> None:
    problem = a_problem(months=FOUR_MONTHS, mediators=(Mediator(id="M1"), Mediator(id="M2")))
    plan = a_plan(a_visit(A, "2026-01-06"), a_visit(A, "2026-02-03"), a_visit(A, "2026-03-03", "AM", "M2"))

    assert price(problem, plan).switch == 1


def test_a_tie_fulfils_the_preferred_weekday() -> None:
    problem = a_problem(a_commune(preferred_weekday=Weekday.THU))

    tie = a_plan(a_visit(A, "2026-01-06"), a_visit(A, "2026-02-05"))
    missed = a_plan(a_visit(A, "2026-01-06"), a_visit(A, "2026-02-03"))

    assert (price(problem, tie).preference, price(problem, missed).preference) == (0, 1)


def test_leaving_the_annexed_day_counts_once() -> None:
    problem = a_problem(a_commune(annex=Annex(nth=2, window=Window.parse("TUE_AM"))))
    plan = a_plan(a_visit(A, "2026-01-06"), a_visit(A, "2026-02-03"))

    assert price(problem, plan).annex == 1


def test_two_communes_on_one_day_share_the_road() -> None:
    problem = a_problem(a_commune(A), a_commune(B))

    together = a_plan(a_visit(A, "2026-01-06", "AM"), a_visit(B, "2026-01-06", "PM"))
    apart = a_plan(a_visit(A, "2026-01-06", "AM"), a_visit(B, "2026-01-07", "PM"))

    assert (price(problem, together).km, price(problem, apart).km) == (30.0, 40.0)


def test_balance_is_the_difference_between_the_most_and_the_least_loaded() -> None:
    problem = a_problem(mediators=(Mediator(id="M1"), Mediator(id="M2")))

    assert price(problem, a_plan(a_visit(A, "2026-01-06"), a_visit(A, "2026-02-03"))).balance == 2


def test_the_total_weighs_every_part() -> None:
    problem = a_problem()
    plan = a_plan(a_visit(A, "2026-01-06"))

    parts = price(problem, plan)

    assert parts.total(problem.weights) == round(100_000 + 20.0 + 0 * 2, 1)


def test_two_visits_of_one_month_lie_ten_days_apart() -> None:
    problem = a_problem(a_commune(visits_per_month=2))

    near = [a_plan(a_visit(A, "2026-01-06"), a_visit(A, second)) for second in ("2026-01-15", "2026-01-16", "2026-02-03")]

    assert [price(problem, plan).spacing for plan in near] == [1, 0, 0]
