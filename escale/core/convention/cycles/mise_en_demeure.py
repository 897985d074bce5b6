"""The life of a mise en demeure (art. 5-2): a month to put things right, then what is decided."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from escale.core.calendar.holidays import HolidayArea
from escale.core.convention import guards
from escale.core.convention.dates import last_day_to_cure
from escale.core.convention.lifecycle import Lifecycle, step
from escale.core.convention.terms import Terms


class CureState(StrEnum):
    """Where a mise en demeure stands (art. 5-2)."""

    DRAFT = "BROUILLON"
    SENT = "ENVOYEE"
    RECEIVED = "RECUE"
    RUNNING = "EN_COURS"
    CURED = "REGULARISEE"
    NOT_CURED = "NON_REGULARISEE"
    CLOSED = "CLASSEE"
    TERMINATED = "RESILIATION_NOTIFIEE"


class CureTrigger(StrEnum):
    """What makes a mise en demeure take a step; that its month runs, then is over, comes with the date alone."""

    POSTED = "POSTED"
    RECEIVED = "RECEIVED"
    BEGUN = "BEGUN"
    CURED = "CURED"
    OVER = "OVER"
    CLOSED = "CLOSED"
    TERMINATED = "TERMINATED"


_S, _T = CureState, CureTrigger
MISE_EN_DEMEURE = Lifecycle(
    subject="la mise en demeure",
    steps=(
        step(_S.DRAFT, _T.POSTED, _S.SENT, guards.CONTENT_COMPLETE, guards.POSTED),
        step(_S.SENT, _T.RECEIVED, _S.RECEIVED, guards.RECEIPT),
        step(_S.RECEIVED, _T.BEGUN, _S.RUNNING),
        step(_S.RUNNING, _T.CURED, _S.CURED, guards.CURE_PROVEN),
        step(_S.RUNNING, _T.OVER, _S.NOT_CURED, guards.CURE_OVER),
        step(_S.CURED, _T.CLOSED, _S.CLOSED),
        step(_S.NOT_CURED, _T.CLOSED, _S.CLOSED, guards.REASONED),
        step(_S.NOT_CURED, _T.TERMINATED, _S.TERMINATED, guards.BREACH, guards.NOT_DEFAULTING),
    ),
    words={
        _S.DRAFT: "brouillon",
        _S.SENT: "envoyée",
        _S.RECEIVED: "reçue",
        _S.RUNNING: "en cours",
        _S.CURED: "suivie d’effet",
        _S.NOT_CURED: "restée sans effet",
        _S.CLOSED: "classée",
        _S.TERMINATED: "suivie d’une résiliation",
    },
)


def cure_state_on(
    terms: Terms, received: dt.date, day: dt.date, *, cured: dt.date | None = None, area: HolidayArea = HolidayArea.METROPOLE
) -> CureState:
    """Return where a mise en demeure that was received stands on a day: its month runs to its last evening (art. 5-2)."""
    if cured is not None and cured <= day:
        return CureState.CURED
    return CureState.RUNNING if day <= last_day_to_cure(terms, received, area) else CureState.NOT_CURED
