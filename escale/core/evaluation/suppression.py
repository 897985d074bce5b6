"""Which cells are published: no small one, nor any that gives a small one away to whoever adds, subtracts and remembers."""

from __future__ import annotations

from collections.abc import Collection

from escale.core.evaluation.figures import Figures
from escale.core.evaluation.masking import Masking
from escale.core.evaluation.policies import Policy
from escale.core.evaluation.releases import Release, Told
from escale.core.evaluation.rooms import rooms
from escale.core.evaluation.tables import Cell, Sort, sort_of


def release(figures: Figures, policy: Policy, *, earlier: Told | None = None, hidden: Collection[Cell] = ()) -> Release:
    """Return what may be published of `figures` after what reports of the same readers already said (`earlier`).

    What they said stays said, what they hid stays hidden. `hidden` cells are hidden too: give those that a smaller circle may not
    read either. Every masked cell then has values at least k apart that agree with everything published, or as far apart as the
    total above it where that is less than k: nothing more is learnt than that total.
    """
    given = {cell: told for cell, told in (earlier or {}).items() if cell in figures.values}
    if wrong := [cell for cell, told in given.items() if told not in (None, figures.values[cell])]:
        raise ValueError(f"reports said otherwise of {wrong[0]}: give the figures as they were reported")
    known = {cell for cell in figures.values if given.get(cell) is not None or policy.k(sort_of(cell)) is None}
    # How many records came late is no secret: what they say is. What an earlier writing hid stays hidden.
    known |= {cell for cell in figures.silent - given.keys() if sort_of(cell) is not Sort.ATTRIBUTE}
    known |= _settled(figures, known)
    small = {cell for cell in figures.values.keys() - known if _is_small(figures, policy, cell)}
    masked = small | {cell for cell in (*given, *hidden, *figures.silent) if cell in figures.values} - known
    if policy.activity is not None:
        totals = _hidden_totals(figures, policy, known, masked)
        known |= {cell for cell in figures.values if sort_of(cell) is not Sort.ATTRIBUTE} - totals
        known |= _settled(figures, known)
        masked = (masked | totals) - known
    masking = Masking(figures, policy, known=known, masked=masked, guarded=tuple(Sort))
    bounded = masking.protect()
    unsaid = masking.masked | figures.silent
    return Release(
        shown={cell: value for cell, value in figures.values.items() if cell not in unsaid},
        masked=frozenset(masking.masked - figures.silent),
        primary=frozenset(small - figures.silent),
        bounded=frozenset(bounded),
        policy=policy,
    )


def _settled(figures: Figures, known: Collection[Cell]) -> set[Cell]:
    """Return the cells that follow from what is known whatever is hidden: no report can take them back."""
    return {cell for cell, room in rooms(figures, known).items() if not room}


def _hidden_totals(figures: Figures, policy: Policy, known: Collection[Cell], masked: Collection[Cell]) -> set[Cell]:
    """Return which totals are hidden, before anything is told about people: tables of people lean on them, not the reverse."""
    people = {cell for cell in figures.values.keys() - known if sort_of(cell) is Sort.ATTRIBUTE}
    guarded = (Sort.ACTIVITY, Sort.ANSWERS)
    masking = Masking(figures, policy, known=known, masked=people | set(masked), guarded=guarded)
    masking.protect()
    return masking.masked - people


def _is_small(figures: Figures, policy: Policy, cell: Cell) -> bool:
    k = policy.k(sort_of(cell))
    return k is not None and sort_of(cell) is not Sort.ANSWERS and 0 < abs(figures.values[cell]) < k
