"""The only writers of the register of rights: a request is noted, looked for, copied, erased and answered."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.kinds import Right
from escale.apps.booking.models import RightsRequest
from escale.apps.booking.people import text_refusal
from escale.apps.booking.rights.sources import KnownRow, Search, Source
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse
from escale.core.booking.retention import register_before

MOST_LETTERS = 120
SHORTEST_NAME = 2


@transaction.atomic
def note_rights_request(
    *, actor: Actor, epci: Epci, kind: Right, received_on: dt.date, commune: Commune | None = None, person: str = ""
) -> RightsRequest:
    """Write down that someone asks about their own data; it has to be answered within a month (RGPD, art. 12-3)."""
    require(actor, "booking.rights", commune or epci)
    held, today = Epci.objects.select_for_update().get(pk=epci.pk), clock.today(epci)
    words = " ".join(person.split())
    if refusal := text_refusal(words, today=today, most=MOST_LETTERS):
        raise refuse("person", refusal)
    if received_on > today:
        raise refuse("received_on", "Cette date n’est pas encore venue ; écrire le jour où la demande est arrivée.")
    last = RightsRequest.objects.filter(epci=held).aggregate(last=Max("number"))["last"] or 0
    row = RightsRequest.objects.create(
        epci=held,
        commune=commune,
        number=last + 1,
        kind=kind.value,
        received_on=received_on,
        person=words,
        opened_by=actor.actor_id,
    )
    events.record("booking.rights_noted", actor=actor, epci=epci.siren, subject=row, number=row.number, kind=kind.value)
    return row


@transaction.atomic
def search_person(*, actor: Actor, request: RightsRequest, search: Search, sources: Sequence[Source]) -> list[KnownRow]:
    """Return all that is known of whom is looked for, where the actor answers for it.

    The trace says that someone searched, for which request, and how much was found; never the words.
    """
    row = _open(actor, request)
    if len(search.name.strip()) < SHORTEST_NAME and not search.contact.strip():
        raise refuse("name", "Écrire le nom, ou le téléphone ou l’adresse que la personne a donnés.")
    found = [known for source in sources for known in source.find(actor, row, search)]
    _record("booking.person_searched", actor, row, found=len(found))
    return found


@transaction.atomic
def copy_person(
    *, actor: Actor, request: RightsRequest, uids: Collection[uuid.UUID], sources: Sequence[Source]
) -> list[KnownRow]:
    """Return the rows that are the person's, to be given to them (RGPD, art. 15 and 20)."""
    row = _open(actor, request)
    found = [known for source in sources for known in source.known(actor, row, uids)]
    if not found:
        raise refuse("uids", "Rien n’est choisi : cocher ce qui concerne la personne.")
    _record("booking.person_copied", actor, row, rows=len(found))
    return found


@transaction.atomic
def erase_person(
    *, actor: Actor, request: RightsRequest, uids: Collection[uuid.UUID], sources: Sequence[Source]
) -> RightsRequest:
    """Erase who some rows are about, now (RGPD, art. 17); what comes is cancelled, what is counted stays.

    The number of the request, in the trace and in the register, is the certificate.
    """
    row = _open(actor, request)
    erased = [source.erase(actor, row, uids) for source in sources]
    rows, sent = sum(count for count, _ in erased), sum(count for _, count in erased)
    if not rows:
        raise refuse("uids", "Rien n’est choisi : cocher ce qui est à effacer.")
    row.erased += rows
    row.save(update_fields=["erased"])
    _record("booking.person_erased", actor, row, rows=rows, messages=sent)
    return row


@transaction.atomic
def answer_rights_request(*, actor: Actor, request: RightsRequest, answered_on: dt.date) -> RightsRequest:
    """Say when a request was answered; who asked is not kept any longer."""
    row = _open(actor, request)
    if answered_on > clock.today(row.epci):
        raise refuse("answered_on", "Cette date n’est pas encore venue ; écrire le jour de la réponse.")
    if answered_on < row.received_on:
        raise refuse("answered_on", "La réponse vient après la demande ; corriger la date.")
    row.answered_on, row.answered_by, row.person = answered_on, actor.actor_id, ""
    row.save(update_fields=["answered_on", "answered_by", "person"])
    _record("booking.rights_answered", actor, row, late=answered_on > row.due_on)
    return row


@transaction.atomic
def purge_rights_register(*, actor: Actor, on: dt.date) -> int:
    """Take out of the register what was answered five years before a civil day; return how much."""
    require(actor, "booking.forget", "installation")
    purged, _ = RightsRequest.objects.filter(answered_on__lt=register_before(on)).delete()
    if purged:
        events.record("booking.rights_purged", actor=actor, epci=None, subject="installation", on=on, count=purged)
    return purged


def _open(actor: Actor, request: RightsRequest) -> RightsRequest:
    require(actor, "booking.rights", request)
    row = RightsRequest.objects.select_for_update(of=("self",)).select_related("epci", "commune").get(pk=request.pk)
    if row.answered_on is not None:
        raise refuse("request", "Cette demande a déjà sa réponse ; en noter une autre.")
    return row


def _record(event: str, actor: Actor, row: RightsRequest, **details: int) -> None:
    events.record(event, actor=actor, epci=row.epci.siren, subject=row, number=row.number, kind=row.kind, **details)
