"""The cells of one line of La Coop, each read by a table of its words; what cannot be read, or has no word here, is gathered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from escale.apps.activity.coop.sheets import Line
from escale.core.activity.coop import Column, Extra, key_of

E = TypeVar("E", bound=StrEnum)

NOTHING = {"", "-", "–"}
LONGEST_TOLD = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a line is not taken: its column, when one is to blame, and what to do."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A value that has no word here: the record is taken without it."""

    line: int
    column: str
    value: str


@dataclass(slots=True, kw_only=True)
class Cells:
    """Reads the cells of one line, and gathers what cannot be taken."""

    line: Line
    faults: list[Fault] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def fault(self, column: Column | str, words: str) -> None:
        """Note why the line is not taken."""
        self.faults.append(Fault(line=self.line.number, column=str(column), words=words))

    def needed(self, column: Column, values: Mapping[str, E]) -> E | None:
        """Read a value without which there is no record."""
        text = self.line.at(column)
        found = values.get(key_of(text))
        if found is None:
            told = f"« {text[:LONGEST_TOLD]} » n’est pas dans la liste de La Coop" if text else "la cellule est vide"
            self.fault(column, f"{told} ; la corriger")
        return found

    def one(self, column: Column, values: Mapping[str, Any]) -> Any:
        """Read a value that may be left out; one that has no word here is told."""
        text = self.line.at(column)
        if text in NOTHING:
            return None
        found = values.get(key_of(text))
        if found is None:
            self.left.append(Left(line=self.line.number, column=str(column), value=text[:LONGEST_TOLD]))
        return found

    def level(self, column: Column, values: Mapping[str, E]) -> E | None:
        """Read a level in stars; the last versions of La Coop have one column for both."""
        found: E | None = self.one(column if self.line.at(column) else Extra.EITHER_LEVEL, values)
        return found

    def pieces(self, column: Column) -> list[str]:
        """Return the values of a cell that holds several, one under the other."""
        return [piece.strip() for piece in re.split(r"[\n;]", self.line.at(column)) if piece.strip() not in NOTHING]

    def many(
        self, column: Column, values: Mapping[str, E], *, besides: Mapping[str, Any] | None = None, tells: bool = True
    ) -> frozenset[E]:
        """Read several values; `besides` are those that are read elsewhere."""
        found: set[E] = set()
        for piece in self.pieces(column):
            parts = [piece] if key_of(piece) in values or "," not in piece else piece.split(",")
            for part in parts:
                value = values.get(key_of(part))
                if value is not None:
                    found.add(value)
                elif tells and key_of(part) not in (besides or {}):
                    self.left.append(Left(line=self.line.number, column=str(column), value=part.strip()[:LONGEST_TOLD]))
        return frozenset(found)

    def counted(self, column: Column, values: Mapping[str, E]) -> dict[E, int]:
        """Count the values of a cell, one for each person."""
        found = Counter[E]()
        for piece in self.pieces(column):
            value = values.get(key_of(piece))
            if value is None:
                self.left.append(Left(line=self.line.number, column=str(column), value=piece[:LONGEST_TOLD]))
            else:
                found[value] += 1
        return dict(found)
