"""Note what the EPCI did to animate and coordinate (art. 3-2), correct it, withdraw it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.communication.actions.keeping import (
    MOST_WORDS,
    communes_named,
    keep_proof,
    require_past,
    require_standing,
    set_withdrawn,
    tell,
    tell_changes,
)
from escale.apps.communication.models import CoordinationAction
from escale.apps.documents.uploads import Upload
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row
from escale.apps.visits.texts import read_words
from escale.core.activity.vocabulary import Mission

MOST_WHAT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinated:
    """What is noted of an action; `communes` are those that it concerned, none for all of them."""

    what: str
    day: dt.date
    partners: str = ""
    communes: Collection[Commune] = ()
    missions: Collection[Mission] = ()


@transaction.atomic
def record_coordination(*, actor: Actor, epci: Epci, told: Coordinated, proof: Upload | None = None) -> CoordinationAction:
    """Note an action of coordination."""
    require(actor, "coordination.note", epci)
    concerned, kept = communes_named(epci, told.communes), keep_proof(actor, epci, proof)
    row = CoordinationAction(epci=epci, proof=kept, written_by_actor=actor.actor_id, **_values(epci, told))
    row.full_clean()
    row.save()
    row.communes.set(concerned)
    sha256 = kept.content.sha256 if kept else ""
    tell("coordination.recorded", actor, row, day=row.day.isoformat(), missions=row.missions, sha256=sha256)
    return row


@transaction.atomic
def correct_coordination(
    *, actor: Actor, action: CoordinationAction, told: Coordinated, proof: Upload | None = None
) -> CoordinationAction:
    """Change what was noted; a new proof takes the place of the one before, which the audit log remembers by its hash."""
    row = _locked(actor, action)
    concerned, before, values = communes_named(row.epci, told.communes), row.proof, _values(row.epci, told)
    if proof is not None:
        values["proof"] = keep_proof(actor, row.epci, proof)
    old_day = row.day
    save_row(row, values, event="coordination.corrected", actor=actor, epci=row.epci.siren)
    dropped = before if proof is not None else None
    tell_changes(row, actor, concerned=concerned, old_day=old_day, dropped=dropped)
    return row


@transaction.atomic
def withdraw_coordination(*, actor: Actor, action: CoordinationAction, why: str) -> CoordinationAction:
    """Withdraw what was noted by mistake: it stays in the log, says why, and counts no more."""
    row = _locked(actor, action)
    if not why.strip():
        raise refuse("why", "Dire pourquoi l’action est retirée, en quelques mots : « notée deux fois ».")
    set_withdrawn(row, actor, why)
    tell("coordination.withdrawn", actor, row, day=row.day.isoformat())
    return row


def _locked(actor: Actor, action: CoordinationAction) -> CoordinationAction:
    row: CoordinationAction = CoordinationAction.objects.select_for_update(of=("self",)).select_related("epci").get(pk=action.pk)
    require(actor, "coordination.note", row.epci)
    require_standing(row)
    return row


def _values(epci: Epci, told: Coordinated) -> dict[str, Any]:
    require_past(epci, told.day)
    today = clock.today(epci)
    what = read_words("what", told.what, today=today, most=MOST_WHAT)
    if not what:
        raise refuse("what", "Dire ce qui a été fait, en quelques mots : « réunion des référents », « atelier des agents »…")
    partners = read_words("partners", told.partners, today=today, most=MOST_WORDS)
    missions = [mission.value for mission in Mission if mission in told.missions]
    return {"what": what, "partners": partners, "day": told.day, "missions": missions}
