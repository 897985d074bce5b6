"""What every line of the log goes through: a day that has come, communes of the territory, a proof, its withdrawal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.communication.models import CommunicationAction, CoordinationAction
from escale.apps.documents.files import drop_file, keep_file
from escale.apps.documents.models import StoredFile
from escale.apps.documents.uploads import Upload
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse
from escale.apps.visits.texts import read_words
from escale.core.calendar.french import date_words

MOST_WORDS = 120

Line = CommunicationAction | CoordinationAction


def require_past(epci: Epci, day: dt.date) -> None:
    """Raise ValidationError, under « day », for a day to come."""
    today = clock.today(epci)
    if day > today:
        words = f"Cette date est à venir ; noter l’action quand elle a eu lieu (nous sommes le {date_words(today)})."
        raise refuse("day", words)


def communes_named(epci: Epci, communes: Collection[Commune]) -> list[Commune]:
    """Return the communes that an action of the EPCI names, none for all; only those that it serves."""
    if not communes:
        return []
    today, keys = clock.today(epci), {one.pk for one in communes}
    found = list(Commune.objects.served_in(epci, today, today).filter(pk__in=keys))
    if len(found) != len(keys):
        raise refuse("communes", f"Choisir des communes de {epci}, ou aucune pour tout le territoire.")
    return found


def keep_proof(actor: Actor, epci: Epci, proof: Upload | None) -> StoredFile | None:
    """Keep the file that shows an action, when there is one."""
    if proof is None:
        return None
    return keep_file(actor=actor, epci=epci, name=proof.name, content=proof.content, media_type=proof.media_type)


def require_standing(row: Line) -> None:
    """Raise ValidationError when somebody withdrew the line meanwhile."""
    if not row.stands:
        raise ValidationError("Cette action a été retirée entre-temps ; la noter de nouveau si elle a bien eu lieu.")


def set_withdrawn(row: Line, actor: Actor, why: str) -> None:
    """Mark a line as withdrawn, and save it."""
    row.withdrawn_at, row.withdrawn_by_actor = timezone.now(), actor.actor_id
    row.withdrawn_why = read_words("why", why, today=clock.today(row.epci), most=MOST_WORDS)
    row.save(update_fields=["withdrawn_at", "withdrawn_by_actor", "withdrawn_why"])


def tell_changes(
    row: Line, actor: Actor, *, concerned: Collection[Commune], old_day: dt.date, dropped: StoredFile | None
) -> None:
    """Set the communes of a corrected line, and record what the names of its fields do not tell."""
    domain = "communication" if isinstance(row, CommunicationAction) else "coordination"
    if {commune.pk for commune in concerned} != set(row.communes.values_list("pk", flat=True)):
        row.communes.set(concerned)
        tell(f"{domain}.communes_changed", actor, row, codes=sorted(commune.code for commune in concerned))
    if row.day != old_day:
        tell(f"{domain}.day_changed", actor, row, before=old_day.isoformat(), after=row.day.isoformat())
    if dropped is not None:
        tell(f"{domain}.proof_replaced", actor, row, sha256=dropped.content.sha256)
        drop_file(dropped)


def tell(event: str, actor: Actor, row: Line, **details: Any) -> None:
    """Record what happened to a line."""
    events.record(event, actor=actor, epci=row.epci.siren, subject=row, **details)
