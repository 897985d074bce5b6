"""The obligations of the whole territory: of each one, how many communes it is kept with, late with, or not measured with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.models import Convention
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.queries import kept_on
from escale.apps.territory import clock
from escale.core.convention.obligations import OBLIGATIONS, Obligation
from escale.core.convention.parties import Party
from escale.core.visits.promises import Promises
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.as_of import as_of
from escale.web.steering.conventions.duties import PRESSING, TONES
from escale.web.steering.conventions.reading import visible

LATE = "retard"
"""How the address asks for the obligations that someone is late with, or may soon be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One convention whose obligation asks for someone."""

    convention: Convention
    told: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One obligation: with how many conventions it is met, not measured, not due yet, owed at all, and with which it presses.

    `sentence` tells all conventions together, where their numbers add up: the half-days of art. 4.
    """

    key: str
    words: str
    article: str
    sentence: str
    met: int
    unmeasured: int
    not_yet: int
    owed: int
    pressing: Sequence[Case]

    @property
    def late(self) -> int:
        """With how many conventions it is late."""
        return sum(case.tone == TONES[Status.LATE] for case in self.pressing)

    @property
    def soon(self) -> int:
        """With how many it is to be done, or at risk."""
        return len(self.pressing) - self.late

    @property
    def measured(self) -> int:
        """With how many something measures it on the day."""
        return self.owed - self.unmeasured - self.not_yet

    @property
    def is_the_same_for_all(self) -> bool:
        """Whether it presses with every convention for one reason: that of the EPCI, told once."""
        return len(self.pressing) > 1 and len(self.pressing) == self.owed and len({case.told for case in self.pressing}) == 1


@require_safe
@enter(Journey.STEERING)
def show_obligations(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show each obligation over the whole territory, those that press alone when the address says so."""
    require(visitor.user, "obligations.see", visitor.epci)
    form, today = as_of(request, clock.today(visitor.epci))
    bound, kept = bound_on(visitor, today)
    parties = [(str(visitor.epci), Party.EPCI), ("Les communes", Party.COMMUNE)]
    is_late = request.GET.get("voir") == LATE
    seen = {
        "visitor": visitor,
        "form": form,
        "today": today,
        "count": len(bound),
        "is_late": is_late,
        "parties": [(name, _lines(party, bound, kept, is_late=is_late)) for name, party in parties],
    }
    return render(request, "steering/conventions/territory_obligations.html", seen)


def bound_on(visitor: Visitor, on: dt.date) -> tuple[list[Convention], dict[int, tuple[Kept, ...]]]:
    """Return the conventions that bind on a day, by commune, and how each obligation of each is kept."""
    rows = visible(visitor).filter(notified_on__lte=on).select_related("commune").defer("text", "values", "commune__outline")
    kept = kept_on(rows, on)
    return [row for row in rows if kept[row.pk]], kept


def together(lines: Iterable[Kept]) -> str:
    """Return one sentence for several conventions, where their numbers add up; none otherwise."""
    counted = [line.promises for line in lines if line.promises is not None]
    return sum(counted, Promises()).words if counted else ""


def _lines(party: Party, rows: Sequence[Convention], kept: dict[int, tuple[Kept, ...]], *, is_late: bool) -> list[Line]:
    lines = [
        _line(one, [(row, kept[row.pk][place]) for row in rows]) for place, one in enumerate(OBLIGATIONS) if one.party is party
    ]
    return [line for line in lines if line.pressing] if is_late else lines


def _line(obligation: Obligation, cases: Sequence[tuple[Convention, Kept]]) -> Line:
    pressing = [Case(convention=row, told=one.told, tone=TONES[one.status]) for row, one in cases if one.status in PRESSING]
    return Line(
        key=obligation.id,
        words=obligation.words,
        article=f"art. {obligation.article}",
        sentence=together(one for _, one in cases),
        met=sum(one.status is Status.MET for _, one in cases),
        unmeasured=sum(one.status is Status.NOT_MEASURED for _, one in cases),
        not_yet=sum(one.status is Status.NOT_YET for _, one in cases),
        owed=len(cases),
        pressing=pressing,
    )
