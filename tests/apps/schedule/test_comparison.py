"""Two plans side by side: usual days, visits, figures, and nothing of the months that only one of them plans."""

from __future__ import annotations

from escale.apps.schedule.comparison import Compared, compare
from escale.core.calendar.months import Month
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Annex, Mediator, Problem, Weights
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, windows

OISY = a_commune("59446", name="Oisy", annex=Annex(nth=1, window=next(iter(windows("TUE_AM")))))
DENAIN = a_commune("59172", name="Denain")
PROBLEM = a_problem(OISY, DENAIN, weights=Weights(), mediators=(Mediator(id="M1"), Mediator(id="M2")))
FIRST = a_plan(
    a_visit("59446", "2026-01-06"),
    a_visit("59446", "2026-02-03"),
    a_visit("59172", "2026-01-06", "PM"),
    a_visit("59172", "2026-02-03", "PM"),
)


def side(plan: Plan, problem: Problem = PROBLEM, bound: float | None = None) -> Compared:
    return Compared(problem=problem, plan=plan, lower_bound=bound)


def test_a_plan_is_the_same_as_itself() -> None:
    found = compare(side(FIRST), side(FIRST))

    assert found.same
    assert {line.best for line in found.lines} == {0}


def test_a_usual_day_that_only_the_first_keeps_is_an_avenant() -> None:
    other = a_plan(
        *(v for v in FIRST.visits if v.commune == "59172"), a_visit("59446", "2026-01-08"), a_visit("59446", "2026-02-05")
    )

    found = compare(side(FIRST), side(other))

    assert [(c.name, c.one, c.other, c.avenant) for c in found.usual] == [
        ("Oisy", "premier mardi du mois, matin", "deuxième jeudi du mois, matin", True)
    ]
    assert not compare(side(other), side(FIRST)).usual[0].avenant
    assert [(c.name, c.month.number) for c in found.moved] == [("Oisy", 1), ("Oisy", 2)]


def test_another_mediator_is_told_as_such() -> None:
    other = a_plan(*FIRST.visits[1:], a_visit("59446", "2026-01-06", mediator="M2"))

    found = compare(side(FIRST), side(other))

    assert [(c.name, c.only_post) for c in found.moved] == [("Oisy", True)]
    assert not found.usual


def test_figures_say_which_plan_does_better() -> None:
    fewer = a_plan(*FIRST.visits[:3])

    lines = {line.label: line for line in compare(side(FIRST, bound=80.0), side(fewer)).lines}

    assert (lines["Passages tenus"].one, lines["Passages tenus"].other) == (
        "4 demi-journées sur 4 dues (art.\u00a04)",
        "3 demi-journées sur 4 dues (art.\u00a04)",
    )
    assert lines["Passages tenus"].best == 1
    assert lines["Route"].one == "environ 60\u00a0km"
    assert lines["Route"].best == 2
    assert lines["Démontré"].other == "rien"


def test_only_the_months_that_both_plan_are_compared() -> None:
    january = a_problem(OISY, DENAIN, months=(Month(2026, 1),), mediators=PROBLEM.mediators)
    found = compare(side(FIRST), side(a_plan(*(v for v in FIRST.visits if v.date.month == 1)), january))
    other_year = a_problem(OISY, months=(Month(2027, 1),))

    assert found.months == (Month(2026, 1),)
    assert found.same
    assert "Démontré" not in {line.label for line in found.lines}
    assert compare(side(FIRST), side(Plan(visits=()), other_year)).months == ()
