"""The insurance of the service (art. 3-2)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.documents.files import drop_file, keep_file
from escale.apps.documents.uploads import Upload
from escale.apps.team.models import Insurance
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse, save_row


@transaction.atomic
def record_insurance(
    *,
    actor: Actor,
    epci: Epci,
    insurer: str,
    policy: str,
    starts: dt.date,
    ends: dt.date,
    attestation: Upload | None = None,
) -> Insurance:
    """Record what covers the service (art. 3-2), from a day to another, with its attestation when there is one."""
    require(actor, "team.insure", epci)
    if ends < starts:
        raise refuse("ends", "Le dernier jour couvert précède le premier ; corriger l’une des deux dates.")
    kept = attestation and keep_file(
        actor=actor, epci=epci, name=attestation.name, content=attestation.content, media_type=attestation.media_type
    )
    values = {
        "epci": epci,
        "insurer": " ".join(insurer.split()),
        "policy": " ".join(policy.split()),
        "starts": starts,
        "ends": ends,
        "attestation": kept,
    }
    return save_row(Insurance(), values, event="team.insurance_recorded", actor=actor, epci=epci.siren)


@transaction.atomic
def remove_insurance(*, actor: Actor, insurance: Insurance) -> None:
    """Take away an insurance that was recorded by mistake, and its attestation."""
    require(actor, "team.insure", insurance.epci)
    events.record("team.insurance_removed", actor=actor, epci=insurance.epci.siren, subject=insurance, policy=insurance.policy)
    kept = insurance.attestation
    insurance.delete()
    if kept is not None:
        drop_file(kept)
