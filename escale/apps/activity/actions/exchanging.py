"""Bring in what a mediator wrote in La Coop: the file is read, looked at, then taken once and whole."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.activity.coop.analysis import NAMESPACE, Analysis, analyse, understood
from escale.apps.activity.coop.reading import Understood
from escale.apps.activity.coop.sheets import lines_of, packed, unpacked
from escale.apps.activity.ledger import AT_ONCE, values_of
from escale.apps.activity.models import CoopImport, ImportState, Record, Tally
from escale.apps.activity.touched import mark_touched, place_of
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.documents.files import plain_name
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.activity.vocabulary import TallyKind

ACTOR = SystemActor(actor_id="activity")
MOST_IN_A_PAGE = 2_000
"""More activities than that are left to a worker: nobody waits two seconds for a page."""


def give_coop_file(*, actor: Actor, mediator: Mediator, name: str, content: bytes) -> CoopImport:
    """Keep what a file of La Coop says without naming anyone, and read it. Raise UnreadableFileError, with what to do."""
    require(actor, "activity.exchange", mediator.epci)
    lines = lines_of(content)
    with transaction.atomic():
        row = CoopImport(mediator=mediator, name=plain_name(name), lines=packed(lines), total=len(lines), asked_by=actor.actor_id)
        row.full_clean(exclude=["mediator"])
        row.save(force_insert=True)
        events.record("activity.coop_given", actor=actor, epci=mediator.epci.siren, subject=row, total=row.total)
        if row.total > MOST_IN_A_PAGE:
            _leave_to_a_worker(actor, row)
    if row.total <= MOST_IN_A_PAGE:
        read_coop_import(key=row.pk)
    row.refresh_from_db()
    return row


def read_coop_import(*, actor: Actor = ACTOR, key: int) -> None:
    """Say what an import would bring, telling how far it is; one that was read already is left."""
    row = CoopImport.objects.select_related("mediator__epci").filter(pk=key, state=ImportState.READING.value).first()
    if row is None:
        return
    waiting = CoopImport.objects.filter(pk=key, state=ImportState.READING.value)
    read = understood(row.mediator, unpacked(bytes(row.lines)), tell=lambda done: waiting.update(done=done))
    found = analyse(row.mediator, read)
    with transaction.atomic():
        report = asdict(found.report)
        if waiting.update(state=ImportState.READY.value, report=report, done=row.total):
            told = {"taken": found.report.taken, "refused": found.report.refused}
            events.record("activity.coop_read", actor=actor, epci=row.mediator.epci.siren, subject=row, **told)


def take_coop_import(*, actor: Actor, row: CoopImport, takes_doubles: bool = False) -> CoopImport:
    """Take an import that was looked at. Asked for twice, it is taken once."""
    require(actor, "activity.exchange", row.mediator.epci)
    with transaction.atomic():
        kept = CoopImport.objects.select_for_update(of=("self",)).select_related("mediator__epci").get(pk=row.pk)
        if not kept.may_be_taken:
            return kept
        brought = kept.report["taken"] + kept.report["doubled"] * takes_doubles
        if not brought:
            raise ValidationError("Rien n’est à reprendre dans ce fichier : tout est déjà ici, ou reste à corriger.")
        kept.state, kept.takes_doubles = ImportState.WRITING.value, takes_doubles
        kept.save(update_fields=["state", "takes_doubles"])
        events.record("activity.coop_confirmed", actor=actor, epci=kept.mediator.epci.siren, subject=kept)
        if kept.total > MOST_IN_A_PAGE:
            _leave_to_a_worker(actor, kept)
        else:
            write_coop_import(key=kept.pk)
    kept.refresh_from_db()
    return kept


def write_coop_import(*, actor: Actor = ACTOR, key: int) -> None:
    """Write the records of an import that was confirmed, all of them or none; one that was written already is left."""
    row = CoopImport.objects.select_related("mediator__epci").get(pk=key)
    # Lines are understood before the transaction: nobody else who writes waits for that.
    read = understood(row.mediator, unpacked(bytes(row.lines))) if row.state == ImportState.WRITING else []
    if read:
        _take(actor, key, read)


@transaction.atomic
def _take(actor: Actor, key: int, read: list[Understood]) -> None:
    row = CoopImport.objects.select_for_update(of=("self",)).select_related("mediator__epci").get(pk=key)
    if row.state != ImportState.WRITING:
        return
    # Two files of one person are written one after the other: the second sees what the first brought.
    Mediator.objects.select_for_update().get(pk=row.mediator_id)
    found = analyse(row.mediator, read, takes_doubles=row.takes_doubles)
    _write(row, found)
    row.state, row.finished_at = ImportState.DONE.value, clock.moment(row.mediator.epci)
    row.report, row.lines = asdict(found.report), b""
    row.save()
    told = {"taken": found.report.taken, "replaced": found.report.replaced}
    events.record("activity.coop_imported", actor=actor, epci=row.mediator.epci.siren, subject=row, **told)


@transaction.atomic
def fail_coop_import(*, actor: Actor = ACTOR, key: int) -> None:
    """Say that an import came to nothing: nothing of it was written."""
    row = CoopImport.objects.select_for_update(of=("self",)).select_related("mediator__epci").filter(pk=key).first()
    if row is not None and row.is_under_way:
        row.state, row.lines = ImportState.FAILED.value, b""
        row.save(update_fields=["state", "lines"])
        events.record("activity.coop_failed", actor=actor, epci=row.mediator.epci.siren, subject=row)


@transaction.atomic
def drop_coop_import(*, actor: Actor, row: CoopImport) -> None:
    """Leave an import aside, with what was kept of its file. Raise ValidationError for one that was taken."""
    require(actor, "activity.exchange", row.mediator.epci)
    kept = CoopImport.objects.select_for_update(of=("self",)).select_related("mediator__epci").get(pk=row.pk)
    if kept.state in {ImportState.WRITING, ImportState.DONE}:
        raise ValidationError("Cet import est déjà enregistré : ses fiches restent.")
    events.record("activity.coop_dropped", actor=actor, epci=kept.mediator.epci.siren, subject=kept)
    kept.delete()


def _leave_to_a_worker(actor: Actor, row: CoopImport) -> None:
    events.record("activity.coop_work_asked", actor=actor, epci=row.mediator.epci.siren, subject=row, total=row.total)


def _write(row: CoopImport, found: Analysis) -> None:
    mediator, now = row.mediator, clock.moment(row.mediator.epci)
    communes = dict(Commune.objects.filter(code__in={one.entry.commune for one in found.taken}).values_list("code", "pk"))
    mark_touched((mediator.epci_id, communes[one.entry.commune], one.date.replace(day=1)) for one in found.taken)
    Record.objects.bulk_create(
        (
            Record(
                key=one.entry.key,
                epci=mediator.epci,
                mediator=mediator,
                commune_id=communes[one.entry.commune],
                visit=one.visit,
                date=one.date,
                device_time=one.entry.entered_at,
                received_at=now,
                **values_of(one.entry),
            )
            for one in found.taken
        ),
        batch_size=AT_ONCE,
    )
    visits = {one.visit.pk: one.visit for one in found.taken if one.visit is not None}
    Tally.objects.bulk_create(
        (
            Tally(
                key=uuid5(NAMESPACE, f"{row.pk}\n{visit}\n{number}"),
                epci=mediator.epci,
                mediator=mediator,
                commune=visits[visit].commune,
                visit=visits[visit],
                date=visits[visit].date,
                kind=TallyKind.HELPED.value,
                delta=-1,
                entered_at=now,
            )
            for visit, people in found.replaced.items()
            for number in range(people)
        ),
        batch_size=AT_ONCE,
    )
    places = {(mediator.epci_id, communes[one.entry.commune], one.date.replace(day=1)) for one in found.taken}
    mark_touched(places | {place_of(visits[visit]) for visit in found.replaced})
