"""The months that are counted, and the day up to which what happened is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from escale.core.calendar.months import Month

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole civil months of one EPCI, both ends included, as they are known on a day; `communes` are keys, None for all."""

    epci: int
    first: Month
    last: Month
    on: dt.date
    communes: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, in order."""
        return tuple(self.first.until(self.last))

    @property
    def starts(self) -> dt.date:
        """The first day."""
        return self.first.first

    @property
    def until(self) -> dt.date:
        """The last day of which anything is known."""
        return min(self.last.last, self.on)

    @property
    def quarters(self) -> Sequence[Sequence[Month]]:
        """Runs of three months that are over, the last one with what is left; all that there is while none is over."""
        months = self.months
        count = max(1, len(months) // MONTHS_OF_A_QUARTER)
        cuts = [index * MONTHS_OF_A_QUARTER for index in range(count)]
        runs = [months[cut:end] for cut, end in zip(cuts, [*cuts[1:], len(months)], strict=True)]
        return [run for run in runs if run[-1].last <= self.on] or runs[:1]

    def here(self, path: str = "commune") -> Q:
        """Return the condition of what is of the communes that are counted."""
        return Q() if self.communes is None else Q(**{f"{path}__in": self.communes})


def keys(communes: Collection[int] | None) -> frozenset[int] | None:
    """Return the keys of communes as they are kept in a span."""
    return None if communes is None else frozenset(communes)
