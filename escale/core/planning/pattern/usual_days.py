"""The usual days that communes can take in the pattern program: 1st to 4th weekday of the month, half-day and mediator."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from escale.core.planning.grid import Bools, Grid, Ints, window_of
from escale.core.planning.problem import Problem

Numbers = NDArray[np.integer[Any]]
"""Numbers of rows, columns, slots and the like."""
FIFTH = 56
"""First pattern of a fifth weekday: some months have none, so no commune can have it as its usual day."""
MOST_COUPLES = 150_000
"""More columns than this are not proved in seconds."""


class UsualDays(NamedTuple):
    """Arrays of the program. Q usual days, K days of the month (a morning and an afternoon), C communes, T months."""

    mediator: Ints  # (Q)
    pattern: Ints  # (Q)
    slot: Ints  # (Q, T) slot of the grid, -1 when the date is blocked
    opens: Bools  # (C, Q) the commune can be visited on that half-day of the week
    halves: Ints  # (K, 2) usual day of the morning and of the afternoon, -1 when the service gives none

    @property
    def blocked(self) -> Bools:
        """Tell in which months (Q, T) the usual day is a holiday or a leave."""
        return self.slot < 0


def usual_days(problem: Problem, grid: Grid) -> UsualDays:
    """Return the usual days of a problem."""
    mediators = range(len(problem.mediators))
    found = [(m, p) for m in mediators for p in range(FIFTH) if window_of(p)[1] in problem.windows]
    number = {key: q for q, key in enumerate(found)}
    days = sorted({(m, p // 2) for m, p in found})
    opens = [[window_of(p)[1] in commune.windows for _, p in found] for commune in problem.communes]
    return UsualDays(
        mediator=np.array([m for m, _ in found], np.int32),
        pattern=np.array([p for _, p in found], np.int32),
        slot=np.array([grid.slot_at[m, p] for m, p in found], np.int32),
        opens=np.array(opens, np.bool_),
        halves=np.array([[number.get((m, 2 * day + h), -1) for h in (0, 1)] for m, day in days], np.int32),
    )


def misfit(problem: Problem, grid: Grid) -> str | None:
    """Return why the pattern program cannot tell this problem, in French, or None when it can."""
    communes, places = len(problem.communes), 4 * len(problem.windows) * len(problem.mediators)
    if any(commune.visits_per_month != 1 for commune in problem.communes):
        return "une commune reçoit plusieurs visites par mois"
    if any(not commune.visits_due(month) for commune in problem.communes for month in problem.months):
        return "une commune n'est pas membre tous les mois"
    if communes > places:
        return f"{communes} communes pour {places} jours habituels : il en faut un pour chacune"
    weekly = np.array([[window_of(p)[1] in c.windows for p in range(14)] for c in problem.communes])
    if (weekly[:, grid.slot_pattern[: grid.slots] % 14] != grid.allowed).any():
        return "une salle est fermée à certaines dates"
    if communes * communes * len(problem.mediators) * len(problem.windows) * 2 > MOST_COUPLES:
        return f"{communes} communes, c'est trop pour une preuve en quelques secondes"
    return None
