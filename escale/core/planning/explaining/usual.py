"""Usual days as a plan shows them: n-th weekday of the month, half-day, mediator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from escale.core.calendar.halfdays import Window
from escale.core.planning.plan import Plan, Visit

ORDINALS = ("1er", "2e", "3e", "4e", "5e")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class UsualDay:
    """The day that most visits of a commune share, and the mediator who makes most of them."""

    nth: int
    window: Window
    mediator: str

    @property
    def words(self) -> str:
        """The usual day in French: « 2e jeudi matin »."""
        return f"{ORDINALS[self.nth - 1]} {self.window.words}"


def usual_day(plan: Plan, commune: str) -> UsualDay | None:
    """Return the usual day of a commune (of several as frequent, the first of the year), or None without a visit."""
    visits = plan.by_commune.get(commune, ())
    if not visits:
        return None
    (nth, window), _ = Counter(visit.pattern for visit in visits).most_common(1)[0]
    mediator, _ = Counter(visit.mediator for visit in visits).most_common(1)[0]
    return UsualDay(nth=nth, window=window, mediator=mediator)


def has_usual_day_in(visits: Iterable[Visit], window: Window, usual: int) -> bool:
    """Tell whether one of the `usual` most frequent days lies in the window, with no other day as frequent to dispute it."""
    counts = Counter(visit.pattern for visit in visits)
    most = max((n for (_, where), n in counts.items() if where == window), default=0)
    return most > 0 and sum(n >= most for (_, where), n in counts.items() if where != window) < usual
