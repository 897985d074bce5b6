"""The people of the team, and the days on which they are away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.accounts.models import User
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Leave, LeaveKind, Mediator
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import period_words


@transaction.atomic
def add_mediator(
    *, actor: Actor, epci: Epci, first_name: str, last_name: str, phone: str = "", user: User | None = None
) -> Mediator:
    """Add a person to the team, to hold a post later; `user` is the account with which they log in."""
    require(actor, "team.manage", epci)
    values = {
        "epci": epci,
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "phone": phone.strip(),
        "user": user,
    }
    return save_row(Mediator(), values, event="team.mediator_added", actor=actor, epci=epci.siren)


@transaction.atomic
def record_leave(*, actor: Actor, mediator: Mediator, starts: dt.date, ends: dt.date, kind: LeaveKind = LeaveKind.LEAVE) -> Leave:
    """Record whole days on which a mediator is away. Raise ValidationError when another leave shares one of them."""
    require(actor, "team.manage", mediator)
    Mediator.objects.select_for_update().get(pk=mediator.pk)
    if other := Leave.objects.filter(mediator=mediator).between(starts, ends).first():
        raise refuse(
            "starts",
            f"{mediator} est déjà absent·e {period_words(other.starts, other.ends)} : "
            f"ces dates ({period_words(starts, ends)}) les recouvrent. Corriger les unes ou les autres.",
        )
    values = {"mediator": mediator, "kind": kind.value, "starts": starts, "ends": ends}
    return save_row(Leave(), values, event="team.leave_recorded", actor=actor, epci=mediator.epci.siren)


@transaction.atomic
def cancel_leave(*, actor: Actor, leave: Leave) -> None:
    """Take a leave back."""
    require(actor, "team.manage", leave)
    events.record("team.leave_cancelled", actor=actor, epci=leave.mediator.epci.siren, subject=leave)
    leave.delete()
