"""A half-day that is not held: given up by one side, refused by the commune, or waived by both (art. 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.visits.actions.stepping import NOT_YOURS, lock, require_side, save_visit, side_of, take_step, tell
from escale.apps.visits.models import Cancellation, Visit
from escale.apps.visits.texts import read_words
from escale.core.visits.life import Cause, Side, VisitState, owes_by_default


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What is said of a half-day that is given up."""

    side: Side
    cause: Cause
    reason: str
    force_majeure: bool = False
    is_owed: bool | None = None


@transaction.atomic
def cancel_visit(
    *,
    actor: Actor,
    visit: Visit,
    side: Side,
    cause: Cause,
    force_majeure: bool = False,
    is_owed: bool | None = None,
    reason: str = "",
) -> Visit:
    """Say that a half-day is not held; its appointments are cancelled with it. `is_owed` is decided by the side when not said.

    A commune speaks for itself alone; the service may write what either tells it.
    """
    given = _Given(side=side, cause=cause, force_majeure=force_majeure, is_owed=is_owed, reason=reason)
    row, codes = _give_up(actor, visit, VisitState.CANCELLED, given)
    tell("visits.cancelled", actor=actor, visit=row, cancelled=[row], **codes)
    return row


@transaction.atomic
def refuse_visit(
    *, actor: Actor, visit: Visit, cause: Cause = Cause.OTHER, is_owed: bool | None = None, reason: str = ""
) -> Visit:
    """Say that the commune does not want a half-day that was proposed to it: the proposal was made (art. 4)."""
    given = _Given(side=Side.COMMUNE, cause=cause, is_owed=is_owed, reason=reason)
    row, codes = _give_up(actor, visit, VisitState.REFUSED, given)
    tell("visits.refused", actor=actor, visit=row, cancelled=[row], **codes)
    return row


@transaction.atomic
def waive_visit(
    *, actor: Actor, visit: Visit, side: Side = Side.COMMUNE, cause: Cause = Cause.OTHER, is_owed: bool | None = None, reason: str
) -> Visit:
    """Say that both parties do without a half-day; `side` is who asked for it."""
    require(actor, "visits.waive", visit)
    given = _Given(side=side, cause=cause, is_owed=is_owed, reason=reason)
    row, codes = _give_up(actor, visit, VisitState.WAIVED, given)
    tell("visits.waived", actor=actor, visit=row, cancelled=[row], **codes)
    return row


def _give_up(actor: Actor, visit: Visit, state: VisitState, given: _Given) -> tuple[Visit, dict[str, Any]]:
    """Give a half-day up; return it, and the codes that the event tells of it."""
    require_side(actor, "visits.cancel", visit, given.side)
    row = lock(visit)
    if given.is_owed is not None and side_of(actor, "visits.cancel", row) is Side.COMMUNE:
        # What the service owes is no word of the commune alone.
        raise PermissionDenied(NOT_YOURS)
    row.reason = read_words("reason", given.reason, today=clock.today(row.epci))
    take_step(row, state)
    row.sequence += 1
    save_visit(row)
    owed = owes_by_default(state, given.side) if given.is_owed is None else given.is_owed
    codes: dict[str, Any] = {
        "side": given.side.value,
        "cause": given.cause.value,
        "force_majeure": given.force_majeure,
        "is_owed": owed,
    }
    Cancellation.objects.create(visit=row, written_by=actor.actor_id, written_at=clock.moment(row.epci), **codes)
    return row, codes
