"""The life of a dispute (art. 9): an amicable way first, then the court; it may outlive the convention."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from escale.core.convention import guards
from escale.core.convention.lifecycle import Lifecycle, step


class DisputeState(StrEnum):
    """Where a dispute stands (art. 9)."""

    OPEN = "OUVERT"
    AMICABLE = "AMIABLE"
    AGREED = "ACCORD"
    AMICABLE_FAILED = "ECHEC_AMIABLE"
    MEDIATION_ASKED = "MEDIATION_DEMANDEE"
    MEDIATION = "MEDIATION_EN_COURS"
    MEDIATED = "ACCORD_MEDIATION"
    HOMOLOGATED = "ACCORD_HOMOLOGUE"
    MEDIATION_FAILED = "ECHEC_MEDIATION"
    IN_COURT = "TA_SAISI"
    JUDGED = "JUGEMENT"
    WITHDRAWN = "DESISTEMENT"
    APPEALED = "VOIES_DE_RECOURS"
    CLOSED = "CLOS"


class DisputeTrigger(StrEnum):
    """What makes a dispute take a step."""

    TALKS_BEGUN = "TALKS_BEGUN"
    AGREED = "AGREED"
    FAILED = "FAILED"
    MEDIATION_ASKED = "MEDIATION_ASKED"
    MEDIATION_BEGUN = "MEDIATION_BEGUN"
    HOMOLOGATED = "HOMOLOGATED"
    BROUGHT_TO_COURT = "BROUGHT_TO_COURT"
    JUDGED = "JUDGED"
    WITHDRAWN = "WITHDRAWN"
    APPEALED = "APPEALED"
    CLOSED = "CLOSED"


_S, _T = DisputeState, DisputeTrigger
_BEFORE_COURT = (_S.OPEN, _S.AMICABLE, _S.AMICABLE_FAILED, _S.MEDIATION_ASKED, _S.MEDIATION)
_SETTLED = (_S.AGREED, _S.MEDIATED, _S.HOMOLOGATED, _S.JUDGED, _S.WITHDRAWN, _S.APPEALED)
DISPUTE = Lifecycle(
    subject="le litige",
    steps=(
        step(_S.OPEN, _T.TALKS_BEGUN, _S.AMICABLE),
        step(_S.AMICABLE, _T.AGREED, _S.AGREED),
        step(_S.AMICABLE, _T.FAILED, _S.AMICABLE_FAILED),
        step(_S.AMICABLE_FAILED, _T.MEDIATION_ASKED, _S.MEDIATION_ASKED),
        step(_S.MEDIATION_ASKED, _T.MEDIATION_BEGUN, _S.MEDIATION),
        step(_S.MEDIATION, _T.AGREED, _S.MEDIATED),
        step(_S.MEDIATION, _T.FAILED, _S.MEDIATION_FAILED),
        step(_S.MEDIATED, _T.HOMOLOGATED, _S.HOMOLOGATED),
        step(_S.MEDIATION_FAILED, _T.BROUGHT_TO_COURT, _S.IN_COURT),
        *(step(before, _T.BROUGHT_TO_COURT, _S.IN_COURT, guards.BYPASS) for before in _BEFORE_COURT),
        step(_S.IN_COURT, _T.JUDGED, _S.JUDGED, guards.JUDGMENT),
        step(_S.IN_COURT, _T.WITHDRAWN, _S.WITHDRAWN),
        step(_S.JUDGED, _T.APPEALED, _S.APPEALED),
        *(step(settled, _T.CLOSED, _S.CLOSED) for settled in _SETTLED),
    ),
    words={
        _S.OPEN: "ouvert",
        _S.AMICABLE: "en recherche amiable",
        _S.AGREED: "réglé par un accord",
        _S.AMICABLE_FAILED: "sans accord amiable",
        _S.MEDIATION_ASKED: "en attente d’un médiateur",
        _S.MEDIATION: "en médiation",
        _S.MEDIATED: "réglé par la médiation",
        _S.HOMOLOGATED: "réglé, accord homologué",
        _S.MEDIATION_FAILED: "sans accord de médiation",
        _S.IN_COURT: "devant le tribunal administratif",
        _S.JUDGED: "jugé",
        _S.WITHDRAWN: "retiré du tribunal",
        _S.APPEALED: "en recours",
        _S.CLOSED: "clos",
    },
)

AMIABLE_REMINDER_DAYS = 60
"""How long an amicable way is tried before people are asked where it stands: article 9 sets no time."""


def amicable_reminder(opened: dt.date, *, days: int = AMIABLE_REMINDER_DAYS) -> dt.date:
    """Return the day on which to ask where an amicable way stands."""
    return opened + dt.timedelta(days=days)
