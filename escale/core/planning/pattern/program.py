"""The pattern program as rows and columns: each commune one usual day, each place one visit, each blocked date a move."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from escale.core.planning.grid import Bools, Floats, Grid, Ints
from escale.core.planning.pattern.couples import Couples, couples_of
from escale.core.planning.pattern.moves import Moves, badly_spaced, moves_of
from escale.core.planning.pattern.usual_days import Numbers, UsualDays, usual_days
from escale.core.planning.problem import Problem
from escale.core.planning.search.terms import SPACING, UNSERVED


class Program(NamedTuple):
    """An integer program: least cost, rows between bounds, columns between 0 and 1.

    Columns: couples, moves, unserved blocked dates, badly spaced pairs of moves, then sums of couples that several rows use.
    """

    days: UsualDays
    couples: Couples
    moves: Moves
    cost: Floats
    whole: Bools  # the column is a whole number
    free: Bools  # the column only names a sum
    lower: Floats  # of rows
    upper: Floats
    start: Ints  # the matrix, column by column
    row: Ints
    value: Floats

    def columns_with(self, commune: int, patterns: Collection[int]) -> Bools:
        """Tell which columns remain when a commune must take one of these patterns."""
        usual = np.where(self.couples.communes == commune, self.couples.usual, -1)
        elsewhere = (usual >= 0) & ~np.isin(self.days.pattern[usual], list(patterns))
        kept = np.ones(len(self.cost), np.bool_)
        kept[: len(elsewhere)] = ~elsewhere.any(axis=1)
        return kept


class _Rows:
    """Rows under construction."""

    def __init__(self) -> None:
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []
        self.entries: list[tuple[Numbers, Numbers, Floats]] = []
        self.number = 0

    def add(self, number: int, lower: float, upper: float) -> Numbers:
        """Add rows and return their numbers."""
        self.lower.append(np.full(number, lower))
        self.upper.append(np.full(number, upper))
        self.number += number
        return np.arange(self.number - number, self.number)

    def put(self, row: Numbers | int, column: Numbers, value: float) -> None:
        """Put the same value at several places."""
        column = np.atleast_1d(column)
        self.entries.append((np.broadcast_to(row, column.shape).astype(np.int64), column, np.full(len(column), value)))


def build_program(problem: Problem, grid: Grid) -> Program:
    """Return the pattern program of a problem that it fits (see `misfit`)."""
    days = usual_days(problem, grid)
    couples, moves = couples_of(grid, days), moves_of(grid, days)
    sizes = [len(couples.cost), len(moves.cost), len(moves.blocked_usual), len(moves.neighbours), len(days.pattern)]
    first = np.concatenate([[0], np.cumsum(sizes)])
    rows = _Rows()
    holders = _holders(couples, len(days.pattern))
    _one_usual_day(rows, grid, days, couples)
    _one_visit_a_place(rows, grid, days, moves, first)
    _name_sums(rows, holders, first[4])
    _every_blocked_date(rows, moves, first)
    _spacing_of_moves(rows, grid, moves, first)
    columns = _half_days_of_communes(rows, grid, days, couples, moves, holders, first)
    sums = columns - first[4]
    cost = np.concatenate(
        [
            couples.cost,
            moves.cost,
            np.full(sizes[2], grid.weights[UNSERVED]),
            np.full(sizes[3], grid.weights[SPACING]),
            np.zeros(sums),
        ]
    )
    row, column, value = (np.concatenate(part) for part in zip(*rows.entries, strict=True))
    order = np.lexsort((row, column))
    return Program(
        days=days,
        couples=couples,
        moves=moves,
        cost=cost,
        whole=np.arange(columns) < first[2],
        free=np.arange(columns) >= first[4],
        lower=np.concatenate(rows.lower),
        upper=np.concatenate(rows.upper),
        start=np.concatenate([[0], np.cumsum(np.bincount(column, minlength=columns))]).astype(np.int32),
        row=row[order].astype(np.int32),
        value=value[order],
    )


def _holders(couples: Couples, usual_days: int) -> list[tuple[Numbers, Numbers]]:
    """Return, for each usual day, the couples that hold it and which of their communes does."""
    found: list[tuple[Numbers, Numbers]] = []
    for usual in range(usual_days):
        column, half = np.nonzero(couples.usual == usual)
        found.append((column, couples.communes[column, half]))
    return found


def _one_usual_day(rows: _Rows, grid: Grid, days: UsualDays, couples: Couples) -> None:
    """Each commune takes exactly one usual day; each day of the month has one couple at most."""
    of_commune = rows.add(len(grid.base), 1.0, 1.0)
    for half in range(2):
        (column,) = np.nonzero(couples.communes[:, half] >= 0)
        rows.put(of_commune[couples.communes[column, half]], column, 1.0)
    of_day = rows.add(len(days.halves), -np.inf, 1.0)
    rows.put(of_day[couples.day], np.arange(len(couples.day)), 1.0)


def _one_visit_a_place(rows: _Rows, grid: Grid, days: UsualDays, moves: Moves, first: Numbers) -> None:
    """A slot takes one move at most, and none when its usual day is held."""
    of_slot = rows.add(grid.slots, -np.inf, 1.0)
    rows.put(of_slot[moves.slot], first[1] + np.arange(len(moves.slot)), 1.0)
    usual, month = np.nonzero(~days.blocked)
    rows.put(of_slot[days.slot[usual, month]], first[4] + usual, 1.0)


def _name_sums(rows: _Rows, holders: list[tuple[Numbers, Numbers]], first: int) -> None:
    """Name the sum of the couples that hold a usual day: rows that use it stay short."""
    of_usual = rows.add(len(holders), 0.0, 0.0)
    for usual, (columns, _) in enumerate(holders):
        rows.put(of_usual[usual], columns, 1.0)
    rows.put(of_usual, first + np.arange(len(holders)), -1.0)


def _every_blocked_date(rows: _Rows, moves: Moves, first: Numbers) -> None:
    """A blocked date moves or stays unserved when its usual day is held."""
    of_blocked = rows.add(len(moves.blocked_usual), 0.0, 0.0)
    rows.put(of_blocked[moves.blocked], first[1] + np.arange(len(moves.blocked)), 1.0)
    rows.put(of_blocked, first[2] + np.arange(len(of_blocked)), 1.0)
    rows.put(of_blocked, first[4] + moves.blocked_usual, -1.0)


def _spacing_of_moves(rows: _Rows, grid: Grid, moves: Moves, first: Numbers) -> None:
    """Two moves that follow one another pay when their dates are badly spaced."""
    date = grid.slot_date[moves.slot]
    for n, (before, after) in enumerate(moves.neighbours.tolist()):
        (earlier,), (later,) = np.nonzero(moves.blocked == before), np.nonzero(moves.blocked == after)
        for day in np.unique(date[earlier]):
            row = rows.add(1, -np.inf, 1.0)[0]
            rows.put(row, first[1] + earlier[date[earlier] == day], 1.0)
            rows.put(row, first[1] + later[badly_spaced(day, date[later])], 1.0)
            rows.put(row, first[3] + np.array([n]), -1.0)


def _half_days_of_communes(
    rows: _Rows, grid: Grid, days: UsualDays, couples: Couples, moves: Moves, holders: list[tuple[Numbers, Numbers]], first: Ints
) -> int:
    """A move goes to a half-day of the week that the holder of its usual day accepts. Return the number of columns."""
    columns = int(first[5])
    accepts = {int(pattern) % 14: days.opens[:, usual] for usual, pattern in enumerate(days.pattern)}
    weekly = grid.slot_pattern[moves.slot] % 14
    sums: dict[tuple[int, int], int] = {}
    for n, usual in enumerate(moves.blocked_usual.tolist()):
        held, communes = holders[usual]
        (here,) = np.nonzero(moves.blocked == n)
        for window in np.unique(weekly[here]).tolist():
            willing = accepts[window][communes]
            if willing.all():
                continue
            if (usual, window) not in sums:
                sums[usual, window] = columns
                row = rows.add(1, 0.0, 0.0)[0]
                rows.put(row, held[willing], 1.0)
                rows.put(row, np.array([columns]), -1.0)
                columns += 1
            row = rows.add(1, -np.inf, 0.0)[0]
            rows.put(row, first[1] + here[weekly[here] == window], 1.0)
            rows.put(row, np.array([sums[usual, window]]), -1.0)
    return columns
