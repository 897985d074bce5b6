"""Note what a party did so that people know of the service, correct it, withdraw it (art. 3-1 and 3-2)."""

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
from escale.apps.communication.models import CommunicationAction, Medium
from escale.apps.documents.uploads import Upload
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row
from escale.apps.visits.texts import read_words
from escale.core.convention.parties import Party

MOST_MEDIUM_WORDS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is noted of an action; `communes` are those that an action of the EPCI concerns, none for the whole territory."""

    medium: Medium
    place: str
    day: dt.date
    medium_words: str = ""
    link: str = ""
    communes: Collection[Commune] = ()


@transaction.atomic
def record_communication(
    *, actor: Actor, epci: Epci, told: Told, commune: Commune | None = None, proof: Upload | None = None
) -> CommunicationAction:
    """Note what a commune did (art. 3-1), or what the EPCI did when no commune is given (art. 3-2)."""
    _require(actor, epci, commune)
    party = Party.COMMUNE if commune else Party.EPCI
    kept = keep_proof(actor, epci, proof)
    row = CommunicationAction(
        epci=epci, party=party.value, commune=commune, proof=kept, written_by_actor=actor.actor_id, **_values(epci, told)
    )
    concerned = _concerned(epci, commune, told)
    row.full_clean()
    row.save()
    row.communes.set(concerned)
    sha256 = kept.content.sha256 if kept else ""
    tell("communication.recorded", actor, row, party=party.value, medium=row.medium, day=row.day.isoformat(), sha256=sha256)
    return row


@transaction.atomic
def correct_communication(
    *, actor: Actor, action: CommunicationAction, told: Told, proof: Upload | None = None
) -> CommunicationAction:
    """Change what was noted; a new proof takes the place of the one before, which the audit log remembers by its hash."""
    row = _locked(action)
    _require(actor, row.epci, row.commune)
    concerned = _concerned(row.epci, row.commune, told)
    before, values = row.proof, _values(row.epci, told)
    if proof is not None:
        values["proof"] = keep_proof(actor, row.epci, proof)
    old_day = row.day
    save_row(row, values, event="communication.corrected", actor=actor, epci=row.epci.siren)
    dropped = before if proof is not None else None
    tell_changes(row, actor, concerned=concerned, old_day=old_day, dropped=dropped)
    return row


@transaction.atomic
def withdraw_communication(*, actor: Actor, action: CommunicationAction, why: str = "") -> CommunicationAction:
    """Withdraw what was noted by mistake: it stays in the log, says so, and counts no more."""
    row = _locked(action)
    _require(actor, row.epci, row.commune)
    set_withdrawn(row, actor, why)
    tell("communication.withdrawn", actor, row, day=row.day.isoformat(), medium=row.medium)
    return row


def _require(actor: Actor, epci: Epci, commune: Commune | None) -> None:
    """Each party writes of itself: the mairie of its commune, the service of the EPCI."""
    if commune is None:
        require(actor, "communication.note_epci", epci)
    else:
        require(actor, "communication.note", commune)


def _locked(action: CommunicationAction) -> CommunicationAction:
    row: CommunicationAction = CommunicationAction.objects.select_for_update().get(pk=action.pk)
    require_standing(row)
    return row


def _values(epci: Epci, told: Told) -> dict[str, Any]:
    require_past(epci, told.day)
    today = clock.today(epci)
    own_words = read_words("medium_words", told.medium_words, today=today, most=MOST_MEDIUM_WORDS)
    if told.medium is Medium.OTHER and not own_words:
        raise refuse("medium_words", "Dire quel support, en quelques mots : « marché », « sacs à pain »…")
    place = read_words("place", told.place, today=today, most=MOST_WORDS)
    if not place:
        raise refuse("place", "Dire où, en quelques mots : « vitrine de la mairie », « n° 42, page 6 ».")
    link = told.link.strip()
    if link and not link.startswith("https://"):
        raise refuse("link", "Donner une adresse qui commence par https://, copiée de la barre du navigateur.")
    words = own_words if told.medium is Medium.OTHER else ""
    return {"medium": told.medium.value, "medium_words": words, "place": place, "day": told.day, "link": link}


def _concerned(epci: Epci, commune: Commune | None, told: Told) -> list[Commune]:
    """Return the communes that an action of the EPCI names; an action of a commune concerns itself alone."""
    return [] if commune is not None else communes_named(epci, told.communes)
