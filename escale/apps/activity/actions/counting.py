"""Count a person in one tap, and note what went wrong without naming anyone."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from escale.apps.activity.ground import lock_visit, mediator_of, require_source
from escale.apps.activity.models import Incident, Source, Tally
from escale.apps.activity.touched import mark_touched, place_of
from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Bound, IncidentKind, TallyKind
from escale.core.booking.sensitive import REASONS, find_sensitive


@transaction.atomic
def tally(
    *,
    actor: Actor,
    visit: Visit,
    kind: TallyKind,
    key: UUID,
    delta: int = 1,
    reason: Bound | None = None,
    entered_at: dt.datetime | None = None,
) -> Tally:
    """Count one person more, or one less, on a half-day. The same `key` again counts nothing."""
    mediator = mediator_of(actor)
    row = lock_visit(mediator, visit)
    known = Tally.objects.filter(key=key).first()
    if known is not None:
        if known.mediator_id != mediator.pk:
            raise PermissionDenied("Ce décompte est d’une autre personne de l’équipe.")
        return known
    if kind is TallyKind.HELPED:
        require_source(mediator, Source.COOP)
    why = reason.value if reason else ""
    same = Tally.objects.filter(visit=row, reason=why).of(kind)
    if same.total() + delta < 0:
        raise refuse("delta", "Personne n’est compté ici : il n’y a rien à retirer.")
    now = clock.moment(row.epci)
    counted = Tally(
        key=key,
        epci=row.epci,
        commune=row.commune,
        visit=row,
        mediator=mediator,
        date=row.date,
        kind=kind.value,
        reason=why,
        delta=delta,
        entered_at=entered_at or now,
    )
    counted.full_clean()
    counted.save()
    mark_touched([place_of(counted)])
    events.record(
        "activity.counted", actor=actor, epci=row.epci.siren, subject=counted, visit=row.pk, kind=kind.value, delta=delta
    )
    return counted


@transaction.atomic
def note_incident(*, actor: Actor, kind: IncidentKind, words: str = "", visit: Visit | None = None) -> Incident:
    """Note that something went wrong, in a few words that name nobody; they are erased after 90 days."""
    mediator = mediator_of(actor)
    if visit is not None:
        lock_visit(mediator, visit)
    now = clock.moment(mediator.epci)
    text = " ".join(words.split())
    if found := find_sensitive(text, today=now.date()):
        raise refuse("words", REASONS[found])
    if kind is IncidentKind.OTHER and not text:
        raise refuse("words", "Dire en quelques mots ce qui s’est passé, sans nommer personne.")
    incident = Incident.objects.create(mediator=mediator, visit=visit, kind=kind.value, words=text, noted_at=now)
    where = None if visit is None else visit.pk
    events.record(
        "activity.incident_noted", actor=actor, epci=mediator.epci.siren, subject=incident, visit=where, kind=kind.value
    )
    return incident
