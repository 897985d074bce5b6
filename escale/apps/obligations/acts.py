"""What has to be done next: the words, by when, who owes it, and the guided step that does it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from escale.core.convention.parties import Party


class Step(StrEnum):
    """The guided steps that a next act leads to, by the names in their addresses."""

    NAME_SIGNATORY = "nommer-un-signataire"
    SEND_TO_COUNCILS = "envoyer-aux-assemblees"
    RECORD_ACT = "deliberation"
    COMPLETE_ACT = "rendre-executoire"
    SIGN = "signer"
    NOTIFY = "notifier"
    TELL_FATE = "suivre-la-lettre"
    DENOUNCE = "denoncer"
    AGREE = "resilier-d-un-commun-accord"
    CLOSE_NOTICE = "clore-la-mise-en-demeure"
    DISPUTE = "litige"
    FREEZE_AVENANT = "envoyer-l-avenant"
    ACT_OF_AVENANT = "deliberation-avenant"
    SIGN_AVENANT = "signer-l-avenant"
    NOTIFY_AVENANT = "notifier-l-avenant"
    ARCHIVE = "archiver"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    """One thing to do: in words, by which day when there is one, owed by whom (None: by both, or by nobody)."""

    words: str
    by: dt.date | None = None
    owed_by: Party | None = None
    step: str = Step.NONE.value
    is_calm: bool = False
    """Whether nothing is owed: the words, and the day, only say until when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """What an EPCI has chosen that says when to act."""

    postal_days: int
    amicable_days: int
