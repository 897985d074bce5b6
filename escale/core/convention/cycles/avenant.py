"""The life of an avenant (art. 8): as that of the convention that it changes."""

from __future__ import annotations

from enum import StrEnum

from escale.core.convention import guards
from escale.core.convention.lifecycle import Lifecycle, step


class AvenantState(StrEnum):
    """Where an avenant stands."""

    DRAFT = "AV_BROUILLON"
    IN_DELIBERATION = "AV_EN_DELIBERATION"
    TO_SIGN = "AV_A_SIGNER"
    SIGNED = "AV_SIGNE"
    IN_FORCE = "AV_EN_VIGUEUR"
    REPLACED = "AV_REMPLACE"
    ABANDONED = "AV_ABANDONNE"


class AvenantTrigger(StrEnum):
    """What makes an avenant take a step."""

    SENT_TO_COUNCILS = "SENT_TO_COUNCILS"
    AUTHORISED_ALREADY = "AUTHORISED_ALREADY"
    AMENDED = "AMENDED"
    ACTS_EXECUTORY = "ACTS_EXECUTORY"
    SIGNED_BY_BOTH = "SIGNED_BY_BOTH"
    NOTIFIED = "NOTIFIED"
    REPLACED = "REPLACED"
    ABANDONED = "ABANDONED"


_S, _T = AvenantState, AvenantTrigger
_OPENING = (guards.TEXT_COMPLETE, guards.BASE_IN_FORCE, guards.AVENANT_NUMBER, guards.AVENANT_CONFLICT)
AVENANT = Lifecycle(
    subject="l’avenant",
    steps=(
        step(_S.DRAFT, _T.SENT_TO_COUNCILS, _S.IN_DELIBERATION, *_OPENING),
        step(_S.DRAFT, _T.AUTHORISED_ALREADY, _S.TO_SIGN, *_OPENING, guards.AUTHORISED_ALREADY),
        step(_S.IN_DELIBERATION, _T.AMENDED, _S.DRAFT),
        step(_S.IN_DELIBERATION, _T.ACTS_EXECUTORY, _S.TO_SIGN, guards.ACTS_EXECUTORY),
        step(_S.TO_SIGN, _T.SIGNED_BY_BOTH, _S.SIGNED, guards.SIGNATORY_IN_OFFICE, guards.SIGNED_AFTER_ACT),
        step(
            _S.SIGNED,
            _T.NOTIFIED,
            _S.IN_FORCE,
            guards.NOTIFIED_AFTER_SIGNATURES,
            guards.BASE_IN_FORCE,
            guards.NOT_RETROACTIVE,
        ),
        step(_S.IN_FORCE, _T.REPLACED, _S.REPLACED),
        *(step(before, _T.ABANDONED, _S.ABANDONED) for before in (_S.DRAFT, _S.IN_DELIBERATION, _S.TO_SIGN, _S.SIGNED)),
    ),
    words={
        _S.DRAFT: "brouillon",
        _S.IN_DELIBERATION: "en délibération",
        _S.TO_SIGN: "à signer",
        _S.SIGNED: "signé",
        _S.IN_FORCE: "en vigueur",
        _S.REPLACED: "remplacé",
        _S.ABANDONED: "abandonné",
    },
)
RUNNING_AVENANTS = (_S.IN_DELIBERATION, _S.TO_SIGN, _S.SIGNED)
"""Between the councils and the notification: no other avenant may then change the same clause."""
