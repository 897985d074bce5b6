"""The only writers of the communication log: note an action, correct it, withdraw it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.communication.models import CommunicationAction, Medium
from escale.apps.documents.files import drop_file, keep_file
from escale.apps.documents.models import StoredFile
from escale.apps.documents.uploads import Upload
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row
from escale.apps.visits.texts import read_words
from escale.core.calendar.french import date_words
from escale.core.convention.parties import Party

MOST_WORDS = 120
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
    kept = _kept(actor, epci, proof)
    row = CommunicationAction(
        epci=epci, party=party.value, commune=commune, proof=kept, written_by_actor=actor.actor_id, **_values(epci, told)
    )
    concerned = _concerned(epci, commune, told)
    row.full_clean()
    row.save()
    row.communes.set(concerned)
    events.record(
        "communication.recorded",
        actor=actor,
        epci=epci.siren,
        subject=row,
        party=party.value,
        medium=row.medium,
        day=row.day.isoformat(),
        sha256=kept.content.sha256 if kept else "",
    )
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
        values["proof"] = _kept(actor, row.epci, proof)
    old_day = row.day.isoformat()
    save_row(row, values, event="communication.corrected", actor=actor, epci=row.epci.siren)
    if {commune.pk for commune in concerned} != set(row.communes.values_list("pk", flat=True)):
        row.communes.set(concerned)
        _tell("communication.communes_changed", actor, row, codes=sorted(commune.code for commune in concerned))
    if values["day"].isoformat() != old_day:
        _tell("communication.day_changed", actor, row, before=old_day, after=values["day"].isoformat())
    if proof is not None and before is not None:
        _tell("communication.proof_replaced", actor, row, sha256=before.content.sha256)
        drop_file(before)
    return row


@transaction.atomic
def withdraw_communication(*, actor: Actor, action: CommunicationAction, why: str = "") -> CommunicationAction:
    """Withdraw what was noted by mistake: it stays in the log, says so, and counts no more."""
    row = _locked(action)
    _require(actor, row.epci, row.commune)
    row.withdrawn_at, row.withdrawn_by_actor = timezone.now(), actor.actor_id
    row.withdrawn_why = read_words("why", why, today=clock.today(row.epci), most=MOST_WORDS)
    row.save(update_fields=["withdrawn_at", "withdrawn_by_actor", "withdrawn_why"])
    _tell("communication.withdrawn", actor, row, day=row.day.isoformat(), medium=row.medium)
    return row


def _require(actor: Actor, epci: Epci, commune: Commune | None) -> None:
    """Each party writes of itself: the mairie of its commune, the service of the EPCI."""
    if commune is None:
        require(actor, "communication.note_epci", epci)
    else:
        require(actor, "communication.note", commune)


def _locked(action: CommunicationAction) -> CommunicationAction:
    row: CommunicationAction = CommunicationAction.objects.select_for_update().get(pk=action.pk)
    if not row.stands:
        raise ValidationError("Cette action a été retirée entre-temps ; la noter de nouveau si elle a bien eu lieu.")
    return row


def _values(epci: Epci, told: Told) -> dict[str, Any]:
    today = clock.today(epci)
    if told.day > today:
        words = f"Cette date est à venir ; noter l’action quand elle a eu lieu (nous sommes le {date_words(today)})."
        raise refuse("day", words)
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
    if commune is not None or not told.communes:
        return []
    today, keys = clock.today(epci), {one.pk for one in told.communes}
    found = list(Commune.objects.served_in(epci, today, today).filter(pk__in=keys))
    if len(found) != len(keys):
        raise refuse("communes", f"Choisir des communes de {epci}, ou aucune pour tout le territoire.")
    return found


def _kept(actor: Actor, epci: Epci, proof: Upload | None) -> StoredFile | None:
    if proof is None:
        return None
    return keep_file(actor=actor, epci=epci, name=proof.name, content=proof.content, media_type=proof.media_type)


def _tell(event: str, actor: Actor, row: CommunicationAction, **details: Any) -> None:
    events.record(event, actor=actor, epci=row.epci.siren, subject=row, **details)
