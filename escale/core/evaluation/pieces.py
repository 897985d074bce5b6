"""What may be told of people over months that are no civil quarter: nothing that the reports of the year would give away.

Reports tell of quarters and years. Someone who subtracts them from an evaluation learns of the pieces in between: a part of a
quarter, or a quarter that a report hid. A table is told when no piece holds a small number in any of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from escale.core.calendar.months import Month
from escale.core.calendar.periods import Period
from escale.core.evaluation.counts import Counts, Ratio
from escale.core.evaluation.policies import Policy
from escale.core.evaluation.releases import Release
from escale.core.evaluation.tables import ANSWERED, TOTAL, Cell

OF_A_RATIO = {"first_time": "oui", "autonomy": "autonome_ou_partiel", "age": "soixante_et_plus"}
"""The row of each table that a share is made of."""


def pieces_of(first: Month, last: Month, until: Month) -> tuple[tuple[Month, Month], ...]:
    """Return what `first` to `last` and the quarters of its years cut each other into, up to a month: first and last months."""
    months = Month(first.year, 1).until(Month(last.year, 12))
    found: list[list[Month]] = []
    before: tuple[Period, int] | None = None
    for month in months:
        if month > until:
            break
        side = (month >= first) + (month > last)
        key = (Period.quarter_of(month.first), side)
        if key != before:
            found.append([])
        found[-1].append(month)
        before = key
    return tuple((piece[0], piece[-1]) for piece in found)


def release_of(counts: Counts, pieces: Iterable[Counts], policy: Policy, *, place: str, period: str) -> Release:
    """Return what is told of a period: what was done always, each table of people when all pieces allow it."""
    known, rows = [*pieces, counts], _rows(counts)
    shown = {Cell(place, *TOTAL, period): counts.accompaniments or 0}
    shown |= {Cell(place, "mode", mode, period): count for mode, count in counts.modes.items()}
    hidden: set[Cell] = set()
    for table, values in rows.items():
        is_told = all(_is_told(row, policy.attribute) for one in known for row in _guarded(one, table))
        cells = {Cell(place, table, row, period): count for row, count in values.items()}
        shown.update(cells if is_told else {})
        hidden.update(() if is_told else cells)
    for theme, count in counts.themes.items():
        # Themes add up to nothing: each is judged alone.
        cell = Cell(place, "theme", theme, period)
        if all(_is_told(one.themes.get(theme, 0), policy.attribute) for one in known):
            shown[cell] = count
        else:
            hidden.add(cell)
    return Release(shown=shown, masked=frozenset(hidden), policy=policy)


def _rows(counts: Counts) -> dict[str, Mapping[str, int]]:
    """Return the cells that indicators rest on, by table."""
    found: dict[str, Mapping[str, int]] = {}
    for table, row in OF_A_RATIO.items():
        ratio = _ratio(counts, table)
        found[table] = {row: ratio.part, ANSWERED: ratio.whole} if ratio else {}
    outcomes = counts.outcomes or {}
    found["outcome"] = {
        **{row: outcomes.get(row, 0) for row in ("resolue", "orientee", "non_resolue")},
        ANSWERED: sum(outcomes.values()),
    }
    found["pix"] = {"oui": counts.pix or 0}
    return found


def _guarded(counts: Counts, table: str) -> Sequence[int]:
    """Return the numbers of people of a table: a row, and those of whom the contrary is known."""
    if table == "outcome":
        return tuple((counts.outcomes or {}).values())
    if table == "pix":
        return (counts.pix or 0,)
    ratio = _ratio(counts, table)
    return (ratio.part, ratio.whole - ratio.part) if ratio else ()


def _ratio(counts: Counts, table: str) -> Ratio | None:
    return {"first_time": counts.first_time, "autonomy": counts.autonomous, "age": counts.aged}[table]


def _is_told(count: int, k: int) -> bool:
    return count == 0 or count >= k
