"""How an obligation stands on a day: what is told of it, by when it is due, and how sure one may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from escale.core.convention.obligations import Obligation
from escale.core.visits.promises import Promises

NOT_MEASURED_WORDS = "pas encore mesuré"


class Status(StrEnum):
    """How an obligation stands. What nothing measures is neither met nor late."""

    MET = "met"
    DUE = "due"
    LATE = "late"
    AT_RISK = "at_risk"
    NOT_MEASURED = "not_measured"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One obligation of one convention on a day; `told` says it in French, `promises` counts half-days (art. 4)."""

    obligation: Obligation
    status: Status
    due: dt.date | None
    told: str
    promises: Promises | None = None
