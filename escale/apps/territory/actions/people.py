"""Write whom a commune named for the mediator to speak to (art. 3-1), and who opens the door."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory.models import Commune, KeyHolder, Premises, Referent
from escale.apps.territory.queries import siren_of
from escale.apps.territory.saving import save_row


@transaction.atomic
def name_referent(
    *,
    actor: Actor,
    commune: Commune,
    first_name: str,
    last_name: str,
    starts: dt.date,
    position: str = "",
    email: str = "",
    phone: str = "",
) -> Referent:
    """Name a référent from a day on; a commune may have several."""
    require(actor, "referents.manage", commune)
    values = {
        "commune": commune,
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "position": position.strip(),
        "email": email.strip().lower(),
        "phone": phone.strip(),
        "starts": starts,
    }
    return save_row(Referent(), values, event="territory.referent_named", actor=actor, epci=siren_of(commune))


@transaction.atomic
def end_referent(*, actor: Actor, referent: Referent, ends: dt.date) -> Referent:
    """Say the last day of a référent."""
    require(actor, "referents.manage", referent)
    siren = siren_of(referent.commune)
    return save_row(referent, {"ends": ends}, event="territory.referent_ended", actor=actor, epci=siren)


@transaction.atomic
def set_key_holder(*, actor: Actor, premises: Premises, rank: int, name: str, phone: str) -> KeyHolder:
    """Say whom to call for the keys of a place: first (1), or second (2)."""
    require(actor, "referents.manage", premises)
    known = KeyHolder.objects.select_for_update().filter(premises=premises, rank=rank).first()
    values = {"premises": premises, "rank": rank, "name": name.strip(), "phone": phone.strip()}
    siren = siren_of(premises.commune)
    return save_row(known or KeyHolder(), values, event="territory.key_holder_set", actor=actor, epci=siren)


@transaction.atomic
def remove_key_holder(*, actor: Actor, holder: KeyHolder) -> None:
    """Forget someone who no longer holds the keys."""
    require(actor, "referents.manage", holder)
    siren = siren_of(holder.premises.commune)
    events.record("territory.key_holder_removed", actor=actor, epci=siren, subject=holder)
    holder.delete()
