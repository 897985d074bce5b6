"""On what ground a mediator writes: who they are in the team, where they keep their records, which half-days are open."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied

from escale.apps.accounts.models import User
from escale.apps.activity.models import ActivitySource, Source
from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.apps.visits.models.visit import TOLD_WITHIN

DAYS_TO_WRITE = TOLD_WITHIN.days
"""How long after its day something is still written or corrected."""


def mediator_of(actor: Actor, *, lock: bool = False) -> Mediator:
    """Return who an actor is in the team; with `lock`, two devices of one person write one after the other.

    Raise PermissionDenied for whoever is no mediator of a team, or no longer.
    """
    # Not the key: rows that only refer to the mediator, such as a tap on another device, need not wait, and could wait in a ring.
    rows = Mediator.objects.select_for_update(of=("self",), no_key=True) if lock else Mediator.objects.all()
    found = rows.select_related("epci").filter(user=actor.pk).first() if isinstance(actor, User) else None
    if found is None:
        raise PermissionDenied("Votre compte n’est pas relié à l’équipe ; la coordination peut le faire.")
    require(actor, "activity.log", found.epci)
    return found


def source_of(mediator: Mediator) -> Source:
    """Return where a mediator writes the records."""
    row = ActivitySource.objects.filter(mediator=mediator).first()
    return Source.ESCALE if row is None else Source(row.source)


def require_source(mediator: Mediator, source: Source) -> None:
    """Refuse a record of whoever writes them in La Coop, and a bare count of whoever writes them here: each is counted once."""
    refuse_source(source_of(mediator), source)


def refuse_source(known: Source, wanted: Source) -> None:
    """Refuse the same of a source that is known already."""
    if known is wanted:
        return
    if wanted is Source.ESCALE:
        raise refuse("kind", "Vos fiches se font dans La Coop : ici, on compte seulement (« + 1 personne aidée »).")
    raise refuse("kind", "Vos fiches se font ici : noter la personne, elle est comptée.")


def require_open(day: dt.date, today: dt.date) -> None:
    """Refuse to write of a day that has not come, or that is long over."""
    if day > today:
        raise refuse("visit", "Ce passage n’a pas encore eu lieu ; on note le jour même ou après.")
    if day < today - dt.timedelta(days=DAYS_TO_WRITE):
        raise refuse("visit", f"Ce passage a plus de {DAYS_TO_WRITE} jours : ses fiches ne changent plus.")


def lock_visit(mediator: Mediator, visit: Visit) -> Visit:
    """Return a half-day of the team as it is now, open to be written on. Raise PermissionDenied for one of another team."""
    row = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("epci", "commune").get(pk=visit.pk)
    if row.epci_id != mediator.epci_id:
        raise PermissionDenied("Ce passage est d’une autre équipe.")
    require_open(row.date, clock.today(row.epci))
    return row
