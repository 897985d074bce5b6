"""The lines of the board: where each convention stands, what comes next, what hangs over it; and the communes without one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import state_of
from escale.apps.conventions.standing import OVER, period_phrase
from escale.apps.conventions.succession import heir_of
from escale.apps.obligations.next_acts import NextAct, next_acts_of
from escale.apps.territory.models import Commune
from escale.apps.territory.names import normalised
from escale.core.convention.life import STATE_WORDS, Situation, State
from escale.core.convention.parties import Party
from escale.core.documents.typography import typeset
from escale.web.journeys import Visitor
from escale.web.steering.conventions.forms import LATE, BoardForm
from escale.web.steering.conventions.matters import Matter, open_matters
from escale.web.steering.conventions.reading import for_board

STATE_TONES = {
    State.DRAFT: "info",
    State.IN_DELIBERATION: "info",
    State.TO_SIGN: "info",
    State.SIGNED: "info",
    State.IN_FORCE: "good",
    State.IN_NOTICE: "soon",
}
"""The colour of a state; those that are over have none."""

LIVING = "en_cours"
"""The filter that leaves out what is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One convention on the board; its acts and what hangs over it are shown to those who lead conventions."""

    convention: Convention
    heir: Commune | None
    state: State
    period: str
    act: NextAct | None
    matters: Sequence[Matter]
    on: dt.date

    @property
    def state_words(self) -> str:
        """The state in French."""
        return STATE_WORDS[self.state]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return STATE_TONES.get(self.state, "")

    @property
    def owed_by(self) -> str:
        """The party that owes the next act; empty when both do, or none."""
        return PARTIES[self.act.owed_by] if self.act and self.act.owed_by else ""

    @property
    def is_over(self) -> bool:
        """Whether nothing runs any more."""
        return self.state in OVER

    @property
    def is_late(self) -> bool:
        """Whether the day of the next act is past."""
        return self.act is not None and self.act.by is not None and self.act.by < self.on

    @property
    def is_problem(self) -> bool:
        """Whether someone has to settle something, or should have acted before today."""
        return self.is_late or any(matter.is_problem for matter in self.matters)

    @property
    def when(self) -> dt.date:
        """What the lines are sorted by: the day of the next act, those without one last."""
        return (self.act.by if self.act else None) or dt.date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """One state with the number of conventions in it, as a link that filters."""

    value: str
    words: str
    count: int


def board_rows(visitor: Visitor, on: dt.date) -> list[BoardRow]:
    """Return a line for each convention that a visitor sees; the number of queries is the same for one and for a thousand."""
    conventions = for_board(visitor)
    situations = {convention.pk: state_of(convention, on) for convention in conventions}
    acts = next_acts_of(conventions, situations, on) if visitor.manages_conventions else None
    return [_row(convention, situations[convention.pk], acts, on) for convention in conventions]


def _row(convention: Convention, situation: Situation, acts: Mapping[int, NextAct] | None, on: dt.date) -> BoardRow:
    heir = heir_of(convention.commune, on)
    return BoardRow(
        convention=convention,
        heir=heir if heir.pk != convention.commune_id else None,
        state=situation.state,
        period=typeset(period_phrase(convention, situation)),
        act=acts[convention.pk] if acts is not None else None,
        matters=open_matters(convention, situation.state, on) if acts is not None else (),
        on=on,
    )


def communes_without(visitor: Visitor, rows: Iterable[BoardRow], on: dt.date) -> list[Commune]:
    """Return the communes of the EPCI on a day that no convention binds, and for which none is being prepared."""
    held = {key for row in rows if not row.is_over for key in (row.convention.commune_id, row.heir and row.heir.pk)}
    members = Commune.objects.visible_to(visitor.user).members_of(visitor.epci, on, on)
    return [commune for commune in members if commune.pk not in held]


def matching(rows: Iterable[BoardRow], form: BoardForm) -> list[BoardRow]:
    """Return the lines that the form asks for, whatever their state."""
    asked = form.asked
    words, model, owed_by = normalised(asked.words).split(), asked.model, asked.owed_by
    return [
        row
        for row in rows
        if all(word in _searched(row) for word in words)
        and (not model or row.convention.model == model)
        and (not owed_by or (row.act is not None and row.act.owed_by == Party(owed_by)))
        and (asked.what != LATE or row.is_problem)
    ]


def of_state(rows: Iterable[BoardRow], value: str) -> list[BoardRow]:
    """Return the lines of a state, or those that are not over."""
    return [row for row in rows if (not row.is_over if value == LIVING else row.state.value.lower() == value)]


def state_counts(rows: Sequence[BoardRow]) -> list[StateCount]:
    """Return how many lines each state has, in the order of a life; states that nothing is in are left out."""
    counted = Counter(row.state for row in rows)
    living = StateCount(value=LIVING, words="En cours", count=sum(not row.is_over for row in rows))
    states = [
        StateCount(value=state.value.lower(), words=STATE_WORDS[state].capitalize(), count=counted[state])
        for state in State
        if counted[state]
    ]
    return [living, *states]


def _searched(row: BoardRow) -> str:
    return f"{row.convention.commune.search} {row.heir.search if row.heir else ''}"
