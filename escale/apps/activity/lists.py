"""Some values of a closed list in one column, each between bars: « |email|sante| ». Both databases count and check them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


def written(values: Iterable[StrEnum]) -> str:
    """Return some values as the column holds them, in one order; nothing when there are none."""
    names = sorted(set(values))
    return f"|{'|'.join(names)}|" if names else ""


def read(column: str, sort: type[E]) -> frozenset[E]:
    """Return the values that a column holds."""
    return frozenset(sort(name) for name in column.split("|") if name)


def holding(value: StrEnum) -> str:
    """Return what a column that holds a value contains."""
    return f"|{value}|"
