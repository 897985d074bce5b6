"""Open the draft of an avenant with each of several communes at once (art. 8): all of those that were seen, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions.actions.amending import draft_avenant
from escale.apps.conventions.actions.opening import lock, refused
from escale.apps.conventions.models import Avenant, Convention
from escale.apps.conventions.several import ToOpen, Wanted, avenants_to_open
from escale.apps.territory.clock import today

MOST_PURPOSE = 200


@transaction.atomic
def open_avenants(
    *, actor: Actor, conventions: Iterable[Convention], purpose: str, changes: Wanted, left_out: Collection[int] = ()
) -> list[Avenant]:
    """Draft one avenant for each convention, all in one transaction, and return them in the order of the communes.

    `changes` are the same for everyone, or those of each convention by its key. `left_out` holds the keys of the conventions
    whose refusal was seen (`avenants_to_open`): any other raises ValidationError, told by commune, and nothing is written.
    """
    ranked = sorted(conventions, key=lambda convention: convention.pk)
    # Locked before they are judged, always in the same order: two who open at once take turns.
    locked = [lock(actor, "conventions.manage", convention) for convention in ranked]
    lines = avenants_to_open(locked, changes, today(locked[0].epci)) if locked else []
    possible = [line for line in lines if not line.refusal]
    if unseen := [line for line in lines if line.refusal and line.convention.pk not in left_out]:
        raise refused("conventions", "E_AVENANTS_REFUSED", " ".join(_told(line) for line in unseen))
    if not possible:
        raise refused("conventions", "E_NO_AVENANT", "Aucun avenant n’est possible : rien n’est ouvert.")
    return [_open(actor, line, purpose) for line in possible]


def _open(actor: Actor, line: ToOpen, purpose: str) -> Avenant:
    try:
        return draft_avenant(
            actor=actor, convention=line.convention, purpose=purpose.strip()[:MOST_PURPOSE].rstrip(), changes=line.changes
        )
    except ValidationError as refusal:
        # What only the whole text refuses is told with the commune that it concerns; the transaction takes back the others.
        raise refused(
            "conventions", "E_AVENANTS_REFUSED", f"{line.convention.commune} : {' '.join(refusal.messages)}"
        ) from refusal


def _told(line: ToOpen) -> str:
    return f"{line.convention.commune} : {line.refusal}."
