"""Compile the planner once, so that the first question does not wait for it: `python -m escale.core.planning.warm`."""

from __future__ import annotations

import datetime as dt

from escale.core.calendar.months import Month
from escale.core.planning.problem import Commune, Mediator, Problem
from escale.core.planning.readings import Reading, windows_of
from escale.core.planning.solve import solve
from escale.core.planning.stops import WorkLimit

ENOUGH = 100_000
"""Proposals: the least that makes the search and the proof pass through each of their compiled functions."""


def warm() -> None:
    """Plan a tiny problem; what numba compiles on the way is kept on disk."""
    windows = windows_of(Reading.R1)
    names = ("Avesnes", "Bruille", "Condé", "Denain")
    problem = Problem(
        name="warm",
        months=(Month(2027, 1), Month(2027, 2)),
        windows=windows,
        holidays=frozenset({dt.date(2027, 1, 1)}),
        mediators=(Mediator(id="M1", away=frozenset({dt.date(2027, 1, 5)})), Mediator(id="M2")),
        communes=tuple(Commune(code=f"0000{n}", name=name, windows=windows) for n, name in enumerate(names)),
        base_hm=(50.0, 60.0, 70.0, 80.0),
        between_hm=tuple(tuple(10.0 * abs(i - j) for j in range(4)) for i in range(4)),
    )
    solve(problem, stop=WorkLimit(ENOUGH))


if __name__ == "__main__":
    warm()
