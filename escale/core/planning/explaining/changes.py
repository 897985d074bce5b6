"""What differs between two plans: needless differences are undone, the others told commune by commune."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from escale.core.planning.explaining.usual import UsualDay, usual_day
from escale.core.planning.grid import Grid, Ints
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.search.state import start

EVEN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one commune would live: its usual day before and after, and the visits that leave and come."""

    commune: str
    name: str
    usual_from: UsualDay | None
    usual_to: UsualDay | None
    visits_from: tuple[Visit, ...]
    visits_to: tuple[Visit, ...]

    @property
    def changes_usual_day(self) -> bool:
        """Tell whether the usual day itself changes: an avenant, where it is annexed to the convention."""
        before, after = self.usual_from, self.usual_to
        return (before and (before.nth, before.window)) != (after and (after.nth, after.window))


def changes(problem: Problem, before: Plan, after: Plan) -> tuple[Change, ...]:
    """Return what each commune that moves would live, those whose usual day changes first."""
    found = []
    for commune in problem.communes:
        old = frozenset(before.by_commune.get(commune.code, ()))
        new = frozenset(after.by_commune.get(commune.code, ()))
        if old != new:
            found.append(
                Change(
                    commune=commune.code,
                    name=commune.name,
                    usual_from=usual_day(before, commune.code),
                    usual_to=usual_day(after, commune.code),
                    visits_from=tuple(sorted(old - new)),
                    visits_to=tuple(sorted(new - old)),
                )
            )
    return tuple(sorted(found, key=lambda change: not change.changes_usual_day))


def undo_needless(grid: Grid, before: Ints, after: Ints, *, accepts: Callable[[Ints], bool]) -> Ints:
    """Return `after` with every exchange taken back that costs nothing to take back; `accepts` says which contents will do.

    In each month both plans differ by cycles of slots. A cycle can be taken back alone, or with the cycles of the same communes
    in other months; both are tried until nothing changes.
    """
    kept, cost = after, _cost(grid, after)
    tried = True
    while tried:
        tried = False
        cycles = _cycles(grid, before, kept)
        together: dict[frozenset[int], list[Ints]] = {}
        for cycle in cycles:
            together.setdefault(_communes(grid, kept, cycle), []).append(cycle)
        for slots in [*(np.concatenate(group) for group in together.values()), *cycles]:
            undone = kept.copy()
            undone[slots] = before[slots]
            if (undone != kept).any() and accepts(undone) and _cost(grid, undone) <= cost + EVEN:
                kept, cost, tried = undone, _cost(grid, undone), True
    return kept


def _cost(grid: Grid, contents: Ints) -> float:
    return float(start(grid, contents, 0, 0).cost[0])


def _communes(grid: Grid, contents: Ints, slots: Ints) -> frozenset[int]:
    held = contents[slots]
    return frozenset(grid.token_commune[held[held >= 0]].tolist())


def _cycles(grid: Grid, before: Ints, after: Ints) -> list[Ints]:
    """Return the slots of each cycle or path along which tokens went from `before` to `after`."""
    place = {int(token): slot for slot, token in enumerate(before) if token >= 0}
    parent = {slot: slot for slot in np.flatnonzero(before != after).tolist()}

    def root(slot: int) -> int:
        while parent[slot] != slot:
            slot = parent[slot]
        return slot

    for slot in parent:
        if after[slot] >= 0:
            parent[root(slot)] = root(place[int(after[slot])])
    groups: dict[int, list[int]] = {}
    for slot in parent:
        groups.setdefault(root(slot), []).append(slot)
    return [np.array(slots, np.int32) for slots in groups.values()]
