"""What comes next for a convention, as its state alone tells it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.models import Convention
from escale.core.convention.life import Situation, State
from escale.core.convention.parties import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    words: str
    by: dt.date | None = None
    owed_by: Party | None = None
    step: str = ""


WORDS = {
    State.DRAFT: ("envoyer le texte aux assemblées", Party.EPCI),
    State.IN_DELIBERATION: ("rendre les délibérations exécutoires", None),
    State.TO_SIGN: ("signer", None),
    State.SIGNED: ("notifier", Party.EPCI),
}


def next_act(convention: Convention, situation: Situation, on: dt.date) -> NextAct | None:
    """Return what has to be done next."""
    if situation.state in WORDS:
        words, owed_by = WORDS[situation.state]
        return NextAct(words=words, owed_by=owed_by)
    if situation.period:
        return NextAct(words="dernier jour pour dénoncer", by=situation.period.last_day_to_denounce)
    return None
