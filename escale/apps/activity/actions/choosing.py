"""Choose between two versions of a record, and where a mediator writes the records."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from escale.apps.activity.ground import mediator_of
from escale.apps.activity.ledger import Ledger, Outcome
from escale.apps.activity.models import ActivitySource, Conflict, Record, Source
from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.core.activity.parsing import parse_record


@transaction.atomic
def settle_conflict(*, actor: Actor, conflict: Conflict, keep_given: bool) -> Record:
    """Keep the version that stands, or the one that came later, which is then the next one."""
    mediator = mediator_of(actor, lock=True)
    row = Conflict.objects.select_for_update(of=("self",)).select_related("record").get(pk=conflict.pk)
    if row.record.mediator_id != mediator.pk:
        raise PermissionDenied("Cette fiche est d’une autre personne de l’équipe.")
    if row.settled_at is not None:
        return row.record
    kept = row.record
    if keep_given:
        entry = parse_record({**row.given, "version": kept.version + 1})
        ledger = Ledger(actor, mediator, [entry])
        outcome, kept = ledger.put(entry, device_time=entry.entered_at)
        if outcome is Outcome.CONFLICT:
            raise refuse("version", "Cette fiche vient de changer encore ; recharger la page.")
        ledger.save()
    row.settled_at = clock.moment(mediator.epci)
    row.save(update_fields=["settled_at"])
    chosen = "given" if keep_given else "kept"
    events.record("activity.conflict_settled", actor=actor, epci=mediator.epci.siren, subject=kept, chosen=chosen)
    return kept


@transaction.atomic
def choose_source(*, actor: Actor, mediator: Mediator, source: Source) -> ActivitySource:
    """Say where a mediator writes the records from now on: the mediator does, or whoever runs the team."""
    if not actor.may("team.manage", mediator) and mediator_of(actor).pk != mediator.pk:
        raise PermissionDenied("Vous n’avez pas le droit de faire cela ici.")
    row, is_new = ActivitySource.objects.get_or_create(mediator=mediator, defaults={"source": source.value})
    if is_new or row.source != source:
        row.source = source.value
        row.full_clean(exclude=["mediator"])
        row.save()
        events.record("activity.source_chosen", actor=actor, epci=mediator.epci.siren, subject=row, source=source.value)
    return row
