"""The life of a denunciation (art. 5-1): first its letter, then how it is qualified."""

from __future__ import annotations

from enum import StrEnum

from escale.core.convention import guards
from escale.core.convention.lifecycle import Lifecycle, step


class DenunciationState(StrEnum):
    """Where a denunciation stands: first its letter, then how it is qualified."""

    DRAFT = "BROUILLON"
    SENT = "ENVOYEE"
    PRESENTED = "PRESENTEE"
    DELIVERED = "REMISE"
    AWAITED = "AVISEE"
    COLLECTED = "RETIREE"
    UNCLAIMED = "NON_RECLAMEE"
    REFUSED = "REFUSEE"
    WRONG_ADDRESS = "NPAI"
    EFFECTIVE = "EFFECTIVE"
    LATE = "TARDIVE"
    VOID_FORM = "SANS_EFFET_FORME"
    CONTESTABLE = "CONTESTABLE"
    WITHDRAWN = "RETIREE_PAR_ACCORD"


class DenunciationTrigger(StrEnum):
    """What makes a denunciation take a step."""

    POSTED = "POSTED"
    PRESENTED = "PRESENTED"
    DELIVERED = "DELIVERED"
    NOTICE_LEFT = "NOTICE_LEFT"
    COLLECTED = "COLLECTED"
    UNCLAIMED = "UNCLAIMED"
    REFUSED = "REFUSED"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    FOUND_EFFECTIVE = "FOUND_EFFECTIVE"
    FOUND_LATE = "FOUND_LATE"
    FOUND_VOID = "FOUND_VOID"
    FOUND_CONTESTABLE = "FOUND_CONTESTABLE"
    WITHDRAWN = "WITHDRAWN"


_S, _T = DenunciationState, DenunciationTrigger
_NOTIFIED = (_S.DELIVERED, _S.COLLECTED, _S.UNCLAIMED, _S.REFUSED)
DENUNCIATION = Lifecycle(
    subject="la dénonciation",
    steps=(
        step(_S.DRAFT, _T.POSTED, _S.SENT, guards.POSTED),
        step(_S.SENT, _T.PRESENTED, _S.PRESENTED),
        step(_S.SENT, _T.WRONG_ADDRESS, _S.WRONG_ADDRESS),
        # What is not a registered letter has no effect, and nothing more happens to it (art. 5-1).
        step(_S.SENT, _T.FOUND_VOID, _S.VOID_FORM),
        step(_S.PRESENTED, _T.DELIVERED, _S.DELIVERED),
        step(_S.PRESENTED, _T.NOTICE_LEFT, _S.AWAITED),
        step(_S.PRESENTED, _T.REFUSED, _S.REFUSED),
        step(_S.PRESENTED, _T.WRONG_ADDRESS, _S.WRONG_ADDRESS),
        step(_S.AWAITED, _T.COLLECTED, _S.COLLECTED, guards.COLLECTED_IN_TIME),
        step(_S.AWAITED, _T.UNCLAIMED, _S.UNCLAIMED),
        step(_S.AWAITED, _T.REFUSED, _S.REFUSED),
        *(step(letter, _T.FOUND_EFFECTIVE, _S.EFFECTIVE, guards.DENUNCIATION) for letter in _NOTIFIED),
        *(step(letter, _T.FOUND_LATE, _S.LATE) for letter in (*_NOTIFIED, _S.WRONG_ADDRESS)),
        *(step(letter, _T.FOUND_CONTESTABLE, _S.CONTESTABLE) for letter in _NOTIFIED),
        *(step(letter, _T.FOUND_VOID, _S.VOID_FORM) for letter in (*_NOTIFIED, _S.WRONG_ADDRESS)),
        # A late one may be withdrawn too: its fallback sentence ends the convention a year later.
        *(step(found, _T.WITHDRAWN, _S.WITHDRAWN, guards.WITHDRAWAL) for found in (_S.EFFECTIVE, _S.CONTESTABLE, _S.LATE)),
    ),
    words={
        _S.DRAFT: "brouillon",
        _S.SENT: "envoyée",
        _S.PRESENTED: "présentée",
        _S.DELIVERED: "remise",
        _S.AWAITED: "en attente au bureau de poste",
        _S.COLLECTED: "retirée au bureau de poste",
        _S.UNCLAIMED: "jamais retirée",
        _S.REFUSED: "refusée",
        _S.WRONG_ADDRESS: "revenue d’une mauvaise adresse",
        _S.EFFECTIVE: "effective",
        _S.LATE: "tardive",
        _S.VOID_FORM: "sans effet, faute de forme",
        _S.CONTESTABLE: "contestable",
        _S.WITHDRAWN: "retirée d’un commun accord",
    },
)
