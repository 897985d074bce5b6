"""Small tour problems for the tests: by hand with defaults, or drawn by Hypothesis."""

import datetime as dt
import itertools
from collections.abc import Iterator

from hypothesis import strategies as st

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.check import cost_of
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Annex, Commune, Mediator, Problem, Weights

ALL_WINDOWS = ("TUE_AM", "TUE_PM", "WED_PM", "THU_AM", "THU_PM", "FRI_AM", "FRI_PM")


def windows(*names: str) -> frozenset[Window]:
    """Return windows by name."""
    return frozenset(Window.parse(name) for name in names)


def day(text: str) -> dt.date:
    """Return a date."""
    return dt.date.fromisoformat(text)


def a_commune(code: str = "59002", **changes: object) -> Commune:
    """Return a commune that is open on every window, but for the changes."""
    fields: dict[str, object] = {"code": code, "name": f"Commune {code}", "windows": windows(*ALL_WINDOWS)}
    return Commune(**(fields | changes))  # type: ignore[arg-type]


def a_problem(*communes: Commune, **changes: object) -> Problem:
    """Return a problem of January and February 2026 with one mediator, each commune 10 km from the base and from the others."""
    communes = communes or (a_commune(),)
    n = len(communes)
    fields: dict[str, object] = {
        "name": "Petit territoire",
        "months": (Month(2026, 1), Month(2026, 2)),
        "windows": windows(*ALL_WINDOWS),
        "holidays": frozenset({day("2026-01-01")}),
        "mediators": (Mediator(id="M1"),),
        "communes": communes,
        "base_hm": (100.0,) * n,
        "between_hm": tuple(tuple(0.0 if i == j else 100.0 for j in range(n)) for i in range(n)),
        "weights": Weights(annex=120),
    }
    return Problem(**(fields | changes))  # type: ignore[arg-type]


def a_visit(commune: str, date: str, half: str = "AM", mediator: str = "M1") -> Visit:
    """Return a visit."""
    return Visit(date=day(date), half=Half(half), commune=commune, mediator=mediator)


def a_plan(*visits: Visit) -> Plan:
    """Return a plan of these visits."""
    return Plan(visits=visits)


@st.composite
def small_problems(draw: st.DrawFn, *, communes: int = 3, mediators: int = 2, several: bool = True) -> Problem:
    """Draw a problem of one to three short months, with every field of the tour format in play."""
    months = tuple(Month(2026, number) for number in range(2, 2 + draw(st.integers(1, 3))))
    # Only two weeks of each month are worked, so that places are few and rules bite.
    holidays = frozenset(date for month in months for date in month.days() if 8 <= date.day <= 21)
    days = [date for month in months for date in month.days() if date.weekday() in (1, 3)]
    service = windows("TUE_AM", "TUE_PM", "THU_AM")
    n = draw(st.integers(1, communes))
    some_days = st.lists(st.sampled_from(days), max_size=2).map(frozenset)
    some_half_days = st.lists(st.tuples(st.sampled_from(days), st.sampled_from(list(Half))), max_size=2).map(frozenset)
    earlier = st.lists(st.sampled_from([day("2025-12-30"), day("2026-01-06"), day("2026-01-27")]), max_size=2)
    drawn = [
        Commune(
            code=f"5900{i}",
            name=f"Commune {i}",
            windows=frozenset(draw(st.sets(st.sampled_from(sorted(service)), min_size=1))),
            preferred_weekday=draw(st.sampled_from([None, Weekday.TUE, Weekday.THU])),
            closed=draw(some_days),
            shut=draw(some_half_days),
            starts=draw(st.sampled_from([dt.date.min, months[0].first, day("2026-02-10")])),
            until=draw(st.sampled_from([dt.date.max, months[-1].last, day("2026-02-24")])),
            visits_per_month=draw(st.sampled_from([1, 1, 1, 2])) if several else 1,
            before=tuple(sorted(draw(earlier))),
            annex=draw(st.sampled_from([None, Annex(nth=1, window=Window.parse("TUE_AM"))])),
        )
        for i in range(n)
    ]
    metres = st.integers(0, 300).map(float)
    base = tuple(draw(metres) for _ in range(n))
    between = [[0.0] * n for _ in range(n)]
    for i, j in itertools.combinations(range(n), 2):
        between[i][j] = between[j][i] = draw(metres)
    team = tuple(Mediator(id=f"M{m + 1}", away=draw(some_days)) for m in range(draw(st.integers(1, mediators))))
    return Problem(
        name="tiré au sort",
        months=months,
        windows=service,
        holidays=holidays,
        mediators=team,
        communes=tuple(drawn),
        base_hm=base,
        between_hm=tuple(tuple(row) for row in between),
        weights=Weights(annex=draw(st.sampled_from([0.0, 120.0]))),
    )


def every_plan(problem: Problem) -> Iterator[Plan]:
    """Yield every legal plan of a tiny problem, communes with one visit a month."""
    places = [
        [
            Visit(date=date, half=half, commune=commune.code, mediator=mediator.id)
            for date in month.days()
            for half in Half
            for mediator in problem.mediators
            if date not in problem.holidays
            and date not in mediator.away
            and Window(weekday=Weekday(date.weekday()), half=half) in problem.windows
            and commune.opens(date, half)
        ]
        for commune in problem.communes
        for month in problem.months
    ]
    for choice in itertools.product(*[[None, *options] for options in places]):
        visits = [visit for visit in choice if visit is not None]
        if len({(v.mediator, v.date, v.half) for v in visits}) == len(visits):
            yield Plan(visits=tuple(visits))


def least_cost(problem: Problem) -> float:
    """Return the cost of the best plan of a tiny problem, by trying them all."""
    return min(cost_of(problem, plan) for plan in every_plan(problem))
