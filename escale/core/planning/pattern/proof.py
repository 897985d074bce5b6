"""Solve the pattern program to a proved optimum: its linear relaxation first, then the few columns that an optimum can hold.

A column whose reduced cost exceeds the distance between relaxation and optimum is in no optimum (Dantzig, Fulkerson and
Johnson 1954). The distance is guessed, and widened until the optimum found lies within it: that is the proof for all columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from escale.core.planning.grid import Bools, Floats, Grid, Ints
from escale.core.planning.pattern.program import Program
from escale.core.planning.pattern.usual_days import Numbers

FIRST_MARGIN = 100.0
WIDENING = 3.0
GAP = 0.04
"""Costs of the program are tenths: an optimum known to less than half a tenth is known."""
SLACK = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The proved optimum of the program: its cost and its columns."""

    cost: float
    columns: Numbers


def prove_optimum(program: Program, kept: Bools, *, remaining: Callable[[], float]) -> Optimum | None:
    """Return the optimum over the columns kept, or None when it is not proved in the remaining seconds."""
    (candidates,) = np.nonzero(kept)
    relaxed = _solve(program, candidates, whole=False, within=np.inf, seconds=remaining())
    if relaxed is None:
        return None
    value = relaxed.getInfo().objective_function_value
    reduced = np.array(relaxed.getSolution().col_dual)
    margin = FIRST_MARGIN
    while remaining() > 0:
        near = candidates[(reduced <= margin + SLACK) | program.free[candidates]]
        solved = _solve(program, near, whole=True, within=value + margin, seconds=remaining())
        if solved is not None and solved.getInfo().objective_function_value <= value + margin:
            (taken,) = np.nonzero(np.array(solved.getSolution().col_value) > 0.5)
            return Optimum(cost=solved.getInfo().objective_function_value, columns=near[taken])
        if len(near) == len(candidates):
            return None
        margin *= WIDENING
    return None


def contents_of(program: Program, grid: Grid, optimum: Optimum) -> Ints:
    """Return the slot contents that an optimum stands for."""
    holder = np.full(grid.slots + grid.tokens, -1, np.int32)
    couples, moves = program.couples, program.moves
    owner: dict[int, int] = {}
    for column in optimum.columns[optimum.columns < len(couples.cost)]:
        for commune, usual in zip(couples.communes[column].tolist(), couples.usual[column].tolist(), strict=True):
            if commune >= 0:
                owner[usual] = commune
                for month in np.flatnonzero(~program.days.blocked[usual]):
                    holder[program.days.slot[usual, month]] = grid.token_first[commune] + month
    chosen = optimum.columns - len(couples.cost)
    for move in chosen[(chosen >= 0) & (chosen < len(moves.cost))]:
        blocked = moves.blocked[move]
        holder[moves.slot[move]] = grid.token_first[owner[int(moves.blocked_usual[blocked])]] + moves.blocked_month[blocked]
    waiting = np.setdiff1d(np.arange(grid.tokens), holder[holder >= 0])
    holder[grid.slots + waiting] = waiting
    return holder


def _solve(program: Program, columns: Numbers, *, whole: bool, within: float, seconds: float) -> highspy.Highs | None:
    """Return the solver after a proved optimum, or None."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {"output_flag": False, "threads": 1, "time_limit": max(0.0, seconds)}
    if whole:
        options |= {"mip_rel_gap": 0.0, "mip_abs_gap": GAP, "objective_bound": within}
    else:
        options |= {"presolve": "off"}
    for name, option in options.items():
        model.setOptionValue(name, option)
    model.passModel(_linear_program(program, columns, whole=whole))
    model.run()
    return model if model.getModelStatus() == highspy.HighsModelStatus.kOptimal else None


def _linear_program(program: Program, columns: Numbers, *, whole: bool) -> highspy.HighsLp:
    lengths = np.diff(program.start)[columns]
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    places = np.repeat(program.start[columns] - start[:-1], lengths) + np.arange(start[-1])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns), len(program.lower)
    model.col_cost_ = program.cost[columns]
    model.col_lower_, model.col_upper_ = np.zeros(len(columns)), np.ones(len(columns))
    model.row_lower_, model.row_upper_ = _bounds(program.lower), _bounds(program.upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = start, program.row[places], program.value[places]
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(kind)] for kind in program.whole[columns]]
    return model


def _bounds(values: Floats) -> Floats:
    bounded: Floats = np.clip(values, -highspy.kHighsInf, highspy.kHighsInf)
    return bounded
