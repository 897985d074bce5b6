"""Communes whose appointments are always full, or always empty (art. 4): a few half-days alone say nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from escale.core.evaluation.counts import Slots
from escale.core.evaluation.insights.insight import Insight, Kind, Line, at_these, one_more, places_of
from escale.core.evaluation.insights.observed import Bounds, Seen
from escale.core.evaluation.wording import Count


def full(seen: Sequence[Seen], bounds: Bounds) -> Insight | None:
    """Return the communes where every slot was taken at each of the last half-days that were held."""
    found = _always(seen, bounds, lambda slots: slots.booked >= slots.open)
    if not found:
        return None
    return Insight(
        kind=Kind.FULL,
        sentence=f"Les créneaux de rendez-vous {places_of(found)} sont toujours pleins.",
        of_one="Les créneaux de rendez-vous y sont toujours pleins",
        lines=_lines(found, bounds),
        articles=("4",),
        suggestion=f"Prévoir une demi-journée de plus par mois {at_these(found)}, où tous les rendez-vous sont pris.",
        clause=one_more(found),
    )


def empty(seen: Sequence[Seen], bounds: Bounds) -> Insight | None:
    """Return the communes where no slot was taken at any of the last half-days that were held."""
    found = _always(seen, bounds, lambda slots: slots.booked == 0)
    if not found:
        return None
    return Insight(
        kind=Kind.EMPTY,
        sentence=f"Les créneaux de rendez-vous {places_of(found)} sont toujours libres.",
        of_one="Les créneaux de rendez-vous y sont toujours libres",
        lines=_lines(found, bounds),
        articles=("3-1", "4"),
        suggestion=(
            f"Chercher avec la mairie, {at_these(found)}, comment les rendez-vous se prennent et s’annoncent,"
            " et si un autre jour habituel conviendrait mieux."
        ),
    )


def _always(seen: Sequence[Seen], bounds: Bounds, holds: Callable[[Slots], bool]) -> list[Seen]:
    last = {one.code: [slots for slots in one.slots if slots.open][: bounds.half_days] for one in seen}
    return [one for one in seen if len(last[one.code]) == bounds.half_days and all(map(holds, last[one.code]))]


def _lines(found: Sequence[Seen], bounds: Bounds) -> tuple[Line, ...]:
    return tuple(Line(code=one.code, name=one.name, words=_told(one, bounds)) for one in found)


def _told(one: Seen, bounds: Bounds) -> str:
    last = [slots for slots in one.slots if slots.open][: bounds.half_days]
    booked, opened = sum(slots.booked for slots in last), sum(slots.open for slots in last)
    return f"{Count(booked):créneau pris|créneaux pris} sur {opened}, aux {len(last)} dernières demi-journées tenues"
