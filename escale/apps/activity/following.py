"""What activities do when a workshop is held: one collective record of it, with counts and nobody's name."""

from __future__ import annotations

from escale.apps.activity.ground import source_of
from escale.apps.activity.ledger import Ledger
from escale.apps.activity.models import Record, Source
from escale.apps.audit import events
from escale.apps.audit.actors import SystemActor
from escale.apps.audit.models import Entry
from escale.apps.team.models import Mediator
from escale.apps.team.queries import occupant_on
from escale.apps.workshops.models import Workshop
from escale.core.activity.records import People, RecordEntry
from escale.core.activity.vocabulary import ActivityKind, AgeBand, Device, Level, Place, Public

ACTOR = SystemActor(actor_id="activity")


def record_the_workshop(entry: Entry) -> None:
    """Write the record of a workshop that was held (« workshops.held »), in the name of who led it.

    None when nobody came, nobody held the post that day, or the mediator writes records in La Coop: the workshop has its counts.
    """
    workshop = Workshop.objects.select_related("epci", "host").get(pk=entry.subject_id)
    mediator = _mediator_of(workshop)
    total = entry.details["present"] + entry.details["walk_ins"]
    if total == 0 or mediator is None or source_of(mediator) is Source.COOP:
        return
    record = _record_of(workshop, total)
    if Record.objects.filter(key=record.key).exists():
        return
    ledger = Ledger(ACTOR, mediator, [record])
    ledger.put(record, device_time=record.entered_at)
    ledger.save()
    row = Record.objects.get(key=record.key)
    events.record("activity.logged", actor=ACTOR, epci=workshop.epci.siren, subject=row, visit=None, kind=row.kind)


def _mediator_of(workshop: Workshop) -> Mediator | None:
    """Return who leads: of several, the one whose post comes first."""
    for hold in workshop.holds.filter(post__isnull=False).select_related("post").order_by("post__label"):
        if hold.post is not None and (found := occupant_on(hold.post, hold.date)) is not None:
            return found
    return None


def _record_of(workshop: Workshop, total: int) -> RecordEntry:
    return RecordEntry(
        key=workshop.uid,
        kind=ActivityKind.COLLECTIVE,
        entered_at=workshop.begins_at,
        commune=workshop.host.code,
        workshop=str(workshop.uid),
        place=Place.USUAL if workshop.premises_id else Place.OTHER,
        public=Public(workshop.public),
        minutes=workshop.hours.minutes,
        themes=workshop.theme_set,
        devices=frozenset({Device.COMPUTER}) if workshop.kit_id else frozenset(),
        level=Level(workshop.level),
        people=People(total=total, known=workshop.known, ages={AgeBand(band): count for band, count in workshop.ages.items()}),
        missions=workshop.mission_set,
    )
