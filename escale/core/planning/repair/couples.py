"""The integer program that repairs a month at least cost: who shares a mediator-day decides the kilometres (HiGHS)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import highspy
import numpy as np

from escale.core.calendar.halfdays import Half
from escale.core.planning.grid import Floats
from escale.core.planning.repair.month import Program

NEIGHBOURS = 8
"""How many best partners a visit that need not move is offered beside those who stay."""


class _Columns:
    """The columns of the program and its rows as lists of (column, coefficient)."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.rows: list[tuple[float, float, list[int], list[float]]] = []

    def add(self, cost: float) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def at_most(self, limit: float, columns: list[int], values: list[float] | None = None, *, least: float = -np.inf) -> None:
        self.rows.append((least, limit, columns, values or [1.0] * len(columns)))


def cheapest_couples(
    program: Program, start: list[int], saving: Floats, *, left: Callable[[], float], seed: int
) -> tuple[list[int], bool]:
    """Return the seat of each row and whether its cost is proved least, without more unserved or disturbed than `start` has.

    `saving[i, j]` is what visiting two communes on one day spares, as cost. When nothing published has to move, only the lost
    visits choose, every couple is there and the proof holds; else distant couples are left out, so that the program stays small.
    """
    at_home = program.has_home()
    frozen = program.keeps_homes(start)
    columns = _Columns()
    seat_of: dict[int, tuple[int, int]] = {}
    taken: list[dict[int, int]] = []
    for row, options in enumerate(program.options()):
        allowed = [start[row]] if frozen and at_home[row] else options
        taken.append({seat: columns.add(float(program.cost[row, seat])) for seat in allowed if seat >= 0})
        seat_of.update({column: (row, seat) for seat, column in taken[row].items()})
    _add_choices(program, columns, taken)
    choices = len(seat_of)
    out = [columns.add(row.waits) for row in program.rows]
    _add_limits(program, columns, taken, out, start)
    _add_couples(program, columns, taken, saving)
    model = _model(columns, whole=choices + len(out), seconds=left(), seed=seed)
    _give_start(model, columns, taken, out, start)
    model.run()
    value = np.array(model.getSolution().col_value)
    if len(value) < choices or not model.getSolution().value_valid:
        return start, False
    found = [-1] * len(program.rows)
    for column in np.flatnonzero(value[:choices] > 0.5).tolist():
        row, seat = seat_of[column]
        found[row] = seat
    legal = program.left_out(found) <= program.left_out(start) and program.disturbed(found) <= program.disturbed(start)
    proved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (found, proved and frozen) if legal else (start, False)


def _add_choices(program: Program, columns: _Columns, taken: list[dict[int, int]]) -> None:
    """At most one visit a seat."""
    for seat in range(len(program.seats)):
        holders = [options[seat] for options in taken if seat in options]
        if len(holders) > 1:
            columns.at_most(1, holders)


def _add_limits(program: Program, columns: _Columns, taken: list[dict[int, int]], out: list[int], start: Sequence[int]) -> None:
    """Each row takes one seat or waits; no more wait, and no more is disturbed, than in the start."""
    for options, waits in zip(taken, out, strict=True):
        columns.at_most(1, [*options.values(), waits], least=1)
    due = [waits for row, waits in zip(program.rows, out, strict=True) if row.due]
    if due:
        columns.at_most(program.left_out(start), due)
    table = program.disturbs()
    disturbing = [(column, float(table[row, seat])) for row, seats in enumerate(taken) for seat, column in seats.items()]
    disturbing += [(waits, 1.0) for waits in out]
    columns.at_most(program.disturbed(start), [c for c, v in disturbing if v], [v for _, v in disturbing if v])


def _add_couples(program: Program, columns: _Columns, taken: list[dict[int, int]], saving: Floats) -> None:
    """Add a column for each couple that a day can bring together; it is whole as soon as its two seats are."""
    place = {seat: n for n, seat in enumerate(program.seats)}
    settled = program.has_home()
    best = np.argsort(-saving, axis=1, kind="stable")[:, : NEIGHBOURS + 1]
    for morning, seat in enumerate(program.seats):
        afternoon = place.get(seat.other_half) if seat.half is Half.AM else None
        if afternoon is None:
            continue
        early = [row for row, seats in enumerate(taken) if morning in seats]
        late = [row for row, seats in enumerate(taken) if afternoon in seats]
        links: dict[int, list[int]] = {}
        for i in early:
            for j in late:
                a, b = program.rows[i].commune, program.rows[j].commune
                if i == j or saving[a, b] == 0:
                    continue
                staying = int(program.home[i, morning]) + int(program.home[j, afternoon])
                moving = int(settled[i]) + int(settled[j]) - staying  # valid visits that would have to move
                if moving > 1 or (moving == 1 and not (staying and (b in best[a] or a in best[b]))):
                    continue
                column = columns.add(-float(saving[a, b]))
                if saving[a, b] < 0:  # roads need not be metric: a detour counts as soon as both are there
                    columns.at_most(1, [taken[i][morning], taken[j][afternoon], column], [1.0, 1.0, -1.0])
                    continue
                links.setdefault(taken[i][morning], []).append(column)
                links.setdefault(taken[j][afternoon], []).append(column)
        for held, couples in links.items():
            columns.at_most(0, [held, *couples], [-1.0, *([1.0] * len(couples))])


def _model(columns: _Columns, *, whole: int, seconds: float, seed: int) -> highspy.Highs:
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    options = (
        ("output_flag", False),
        ("threads", 1),
        ("time_limit", max(0.01, seconds)),
        ("random_seed", seed),
        ("mip_rel_gap", 0.0),
    )
    for option, value in (*options, ("mip_abs_gap", 0.01)):
        model.setOptionValue(option, value)
    number = len(columns.costs)
    empty = np.array([], np.int32)
    model.addCols(number, np.array(columns.costs), np.zeros(number), np.ones(number), 0, empty, empty, np.array([], np.float64))
    model.changeColsIntegrality(
        whole, np.arange(whole, dtype=np.int32), np.full(whole, highspy.HighsVarType.kInteger.value, np.uint8)
    )
    sizes = [len(row[2]) for row in columns.rows]
    model.addRows(
        len(columns.rows),
        np.array([row[0] for row in columns.rows]),
        np.array([row[1] for row in columns.rows], np.float64),
        sum(sizes),
        np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32),
        np.concatenate([np.array(row[2], np.int32) for row in columns.rows]),
        np.concatenate([np.array(row[3]) for row in columns.rows]),
    )
    return model


def _give_start(
    model: highspy.Highs, columns: _Columns, taken: list[dict[int, int]], out: list[int], start: Sequence[int]
) -> None:
    """Hand the first choice to the solver, so that it has something to give back at any time."""
    value = np.zeros(len(columns.costs))
    for row, seat in enumerate(start):
        value[taken[row][seat] if seat >= 0 else out[row]] = 1.0
    solution = highspy.HighsSolution()
    solution.col_value = value.tolist()
    model.setSolution(solution)
