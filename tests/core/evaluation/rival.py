"""An attacker of its own: what nobody publishes as unknowns, all that is published as equations, a solver for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import highspy
import numpy as np

from escale.core.evaluation.tables import TABLE, TERRITORY, Cell

FAR = 1e6
Unknown = tuple[str, str, str, str]
"""Place, table, category, and a quarter « T1 » … « T4 », « R » for what the year has more, or a month « 01 »."""


class Rival:
    """Knows that counts are not below zero, what adds up to what, and what each report says. Knows no rule of the product.

    `figures` are the true values, and serve only to know which tables, quarters and communes exist.
    """

    def __init__(self, figures: Mapping[Cell, int], published: Mapping[Cell, int]) -> None:
        self.figures, self.published = figures, published
        self.places = sorted({cell.place for cell in figures} - {TERRITORY})
        self.below = {cell.place for cell, value in figures.items() if value < 0}
        self.tables = {cell.table for cell in figures} - {"total"}
        self.pieces = sorted({cell.period[5:] for cell in figures if len(cell.period) == 7 and cell.period[5] == "T"} | {"R"})
        self.versions = sorted({cell.period[5:] for cell in figures if "/" in cell.period and cell.period[-1] != "+"})
        self.unknowns: dict[Unknown, int] = {}
        self.rows: list[tuple[dict[int, float], float, float]] = []
        for place in self.places:
            self._tie(place)
        for place, table, category, piece in [known for known in self.unknowns if "/" in known[3]]:
            self._grows(Cell(place, table, category, piece))
        for cell, value in published.items():
            self.rows.append((self.expression(cell), value, value))
        self.model = self._load()

    def expression(self, cell: Cell) -> dict[int, float]:
        """Return a cell as a sum of unknowns."""
        places = self.places if cell.place == TERRITORY else [cell.place]
        table = TABLE[cell.table]
        categories = table.groups.get(cell.category, (cell.category,))
        pieces = self.pieces if len(cell.period) == 4 else [cell.period[5:]]
        return {self._unknown(p, cell.table, c, t): 1.0 for p in places for c in categories for t in pieces}

    def width(self, cell: Cell) -> float:
        """Return how far apart the values of a cell are that agree with everything."""
        number = len(self.unknowns)
        costs = np.zeros(number)
        for i, weight in self.expression(cell).items():
            costs[i] = weight
        ends = []
        for sign in (1.0, -1.0):
            self.model.changeColsCost(number, np.arange(number, dtype=np.int32), sign * costs)
            self.model.run()
            assert self.model.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(sign * self.model.getInfo().objective_function_value)
        return float(ends[1] - ends[0])

    def _unknown(self, place: str, table: str, category: str, piece: str) -> int:
        return self.unknowns.setdefault((place, table, category, piece), len(self.unknowns))

    def _tie(self, place: str) -> None:
        for piece in (*self.pieces, *self.versions):
            total = self._unknown(place, "total", "accompagnements", piece)
            for name in sorted(self.tables):
                table = TABLE[name]
                parts = [self._unknown(place, name, category, piece) for category in table.categories]
                if table.adds_up:
                    self._equal(parts, total)
                    continue
                top = total if table.within[0] == "total" else self._unknown(place, *table.within, piece)
                for part in parts:
                    if piece != "R" or place not in self.below:
                        self.rows.append(({part: 1.0, top: -1.0}, -highspy.kHighsInf, 0.0))
                if table.covers and piece != "R" and self._covers(place, piece):
                    self.rows.append(({**dict.fromkeys(parts, 1.0), total: -1.0}, 0.0, highspy.kHighsInf))
            months = [c for c in self.figures if c.place == place and c.period[5:].isdigit() and _piece_of(c.period) == piece]
            if months:
                self._equal([self._unknown(place, *month[1:3], month.period[5:]) for month in months], total)

    def _grows(self, old: Cell) -> None:
        """A later writing counts nobody less, unless something was moved from one row to another."""
        if not any(value < 0 for cell, value in self.figures.items() if cell.period.endswith(f"{old.period}+")):
            new = self._unknown(*old[:3], old.period.partition("/")[0])
            self.rows.append(({new: 1.0, self._unknown(*old): -1.0}, 0.0, highspy.kHighsInf))

    def _covers(self, place: str, piece: str) -> bool:
        """Tell whether each accompaniment has a theme, which the attacker is given for free."""
        cells = [cell for cell in self.figures if cell.place == place and cell.table == "theme" and cell.period[5:] == piece]
        total = next(c for c in self.figures if c.place == place and c.table == "total" and c.period[5:] == piece)
        return sum(self.figures[cell] for cell in cells) >= self.figures[total]

    def _equal(self, parts: Iterable[int], whole: int) -> None:
        self.rows.append(({**dict.fromkeys(parts, 1.0), whole: -1.0}, 0.0, 0.0))

    def _load(self) -> Any:
        model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        model.setOptionValue("output_flag", False)
        has_more = {cell.place for cell in self.figures if cell.period.endswith("-R")}
        for place, _, _, piece in self.unknowns:
            least = -FAR if piece == "R" and place in self.below else 0.0
            model.addVar(least, 0.0 if piece == "R" and place not in has_more else FAR)
        for weights, low, high in self.rows:
            model.addRow(low, high, len(weights), np.array([*weights], np.int32), np.array([*weights.values()]))
        return model


def _piece_of(month: str) -> str:
    return f"T{(int(month[5:]) + 2) // 3}"
