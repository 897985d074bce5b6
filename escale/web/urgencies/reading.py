"""What the pages of urgencies show: a line for each request, its steps in words, and who is on call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escale.apps.territory import clock
from escale.apps.urgencies.labels import MATTERS, OUT_OF_SCOPE, STATES, STEPS
from escale.apps.urgencies.models import Request, RequestQuerySet
from escale.apps.urgencies.opening import Opening, opening_of
from escale.apps.urgencies.queries import UrgencyCounts, urgency_counts
from escale.apps.urgencies.roster import Duty, on_call, roster_between
from escale.core.urgencies.life import Matter, OutOfScope, StepKind, UrgencyState, allows
from escale.web.journeys import Visitor
from escale.web.templatetags.french import duration

SHOWN = 50
ROSTER_WEEKS = 3
YEAR = dt.timedelta(days=365)
TONES = {
    UrgencyState.ASKED: "soon",
    UrgencyState.PASSED_ON: "soon",
    UrgencyState.WITH_COORDINATION: "late",
    UrgencyState.ANSWERED: "info",
    UrgencyState.SOLVED: "good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """What happened, when, and who of the team it concerned."""

    words: str
    at: dt.datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyLine:
    """A request as a page shows it; the delays, in hours of service, are empty while nothing ends them."""

    row: Request
    matter: str
    state: str
    tone: str
    reason: str
    steps: Sequence[StepLine]
    first_answer: str
    solution: str

    def may(self, after: UrgencyState) -> bool:
        """Tell whether a step may follow."""
        return allows(UrgencyState(self.row.state), after)

    @property
    def may_answer(self) -> bool:
        """Whether someone may take it, or take it again."""
        return self.may(UrgencyState.ANSWERED)

    @property
    def may_solve(self) -> bool:
        """Whether it can be said solved."""
        return self.may(UrgencyState.SOLVED)

    @property
    def may_turn_away(self) -> bool:
        """Whether it can be said out of scope."""
        return self.may(UrgencyState.TURNED_AWAY)

    @property
    def may_close(self) -> bool:
        """Whether it can be closed."""
        return self.may(UrgencyState.CLOSED)

    @property
    def may_withdraw(self) -> bool:
        """Whether the mairie can take it back."""
        return self.may(UrgencyState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the coordination follows: the counts of a year, who is on call in the weeks that come, and how many gaps."""

    counts: UrgencyCounts
    roster: Sequence[Duty]

    @property
    def first_answer(self) -> str:
        """The median delay of the first answer, in hours of service."""
        return delay_words(self.counts.first_answer)

    @property
    def solution(self) -> str:
        """The median delay of the solution, in hours of service."""
        return delay_words(self.counts.solution)

    @property
    def gaps(self) -> int:
        """How many half-days have nobody to call."""
        return sum(duty.first is None for duty in self.roster)


def seen_by(visitor: Visitor) -> RequestQuerySet:
    """Return the requests that a visitor may see in the name of their role."""
    rows = Request.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    return rows.filter(commune=visitor.role.commune) if visitor.role.commune else rows


def lines_of(rows: Iterable[Request] | RequestQuerySet) -> list[UrgencyLine]:
    """Return some requests with their steps, in as many questions for one as for many."""
    if isinstance(rows, RequestQuerySet):
        rows = rows.select_related("commune", "told", "epci").defer("commune__outline").prefetch_related("steps__mediator")
    known = list(rows)
    if not known:
        return []
    epci = known[0].epci
    opening = opening_of(epci, min(row.asked_at for row in known).date(), clock.today(epci))
    return [_line(row, opening) for row in known]


def delay_words(minutes: int | None) -> str:
    """Return « 45 min », « aussitôt » for less than a minute of service; empty while it is not known."""
    if minutes is None:
        return ""
    return duration(minutes) if minutes else "aussitôt"


def duty_now(visitor: Visitor) -> Duty | None:
    """Return who is on call now, or next."""
    return on_call(visitor.epci, clock.moment(visitor.epci))


def followed(visitor: Visitor) -> Followed:
    """Return what the coordination follows."""
    today = clock.today(visitor.epci)
    return Followed(
        counts=urgency_counts(visitor.user, visitor.epci, today - YEAR, today),
        roster=roster_between(visitor.epci, today, today + dt.timedelta(weeks=ROSTER_WEEKS)),
    )


def _line(row: Request, opening: Opening) -> UrgencyLine:
    state = UrgencyState(row.state)
    return UrgencyLine(
        row=row,
        matter=MATTERS[Matter(row.matter)],
        state=STATES[state],
        tone=TONES.get(state, ""),
        reason=OUT_OF_SCOPE[OutOfScope(row.out_of_scope)] if row.out_of_scope else "",
        steps=[
            StepLine(words=STEPS[StepKind(step.kind)], at=step.at, who=step.mediator.first_name if step.mediator else "")
            for step in row.steps.all()
        ],
        first_answer=delay_words(opening.minutes(row.asked_at, row.answered_at)),
        solution=delay_words(opening.minutes(row.asked_at, row.solved_at)),
    )
