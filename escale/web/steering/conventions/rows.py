"""The lines of the board: where each convention stands, what comes next, what hangs over it; and the communes without one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects

from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import RECORDED, states_of
from escale.apps.conventions.standing import OVER, period_phrase
from escale.apps.conventions.succession import heir_of
from escale.apps.obligations.next_acts import NEEDED, NextAct, next_acts_of
from escale.apps.territory.models import Commune
from escale.apps.territory.names import normalised
from escale.core.convention.life import STATE_WORDS, Situation, State
from escale.core.convention.parties import Party
from escale.web.journeys import Visitor
from escale.web.steering.conventions.forms import LATE, BoardForm
from escale.web.steering.conventions.matters import Matter, open_matters
from escale.web.steering.conventions.reading import for_board, visible

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
    """One convention on the board; its next act and what hangs over it are known once it is `led`."""

    convention: Convention
    heir: Commune | None
    situation: Situation
    period: str
    on: dt.date
    act: NextAct | None = None
    matters: Sequence[Matter] = ()

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.situation.state

    @property
    def state_words(self) -> str:
        """The state in French."""
        return STATE_WORDS[self.state]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return STATE_TONES.get(self.state, "")

    @property
    def act_words(self) -> str:
        """What comes next."""
        return self.act.words if self.act else ""

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
    """Return a line for each convention that a visitor sees, without what comes next; in the same few queries for a thousand."""
    situations = states_of(visible(visitor), on)
    return [_row(convention, situations[convention.pk], on) for convention in for_board(visitor)]


def led(rows: Iterable[BoardRow], on: dt.date) -> list[BoardRow]:
    """Return lines with what comes next and what hangs over them, which those who lead conventions see."""
    known = list(rows)
    conventions = [row.convention for row in known]
    prefetch_related_objects(conventions, *RECORDED, *NEEDED)
    acts = next_acts_of(conventions, {row.convention.pk: row.situation for row in known}, on)
    return [replace(row, act=acts[row.convention.pk], matters=open_matters(row.convention, row.state, on)) for row in known]


def _row(convention: Convention, situation: Situation, on: dt.date) -> BoardRow:
    heir = heir_of(convention.commune, on)
    return BoardRow(
        convention=convention,
        heir=heir if heir.pk != convention.commune_id else None,
        situation=situation,
        period=period_phrase(convention, situation),
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
