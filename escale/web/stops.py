"""A visit as people meet it: the day, the hours, the place. Every journey shows its visits through here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from escale.apps.team.models import Mediator
from escale.apps.territory.catalogue import APPOINTMENTS_POSITION
from escale.apps.territory.models import Commune, Premises, Room
from escale.apps.territory.queries import settings_of
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.apps.visits.queries import VisitLine, visit_lines
from escale.core.booking.slots import Position, parts_of
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.hours import Hours

NOTICE_DAYS = 45
"""How long before its day a change is told above all else: a visit comes every month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A visit, and the room that the commune prefers in the place that is open on its day; None when none is known."""

    line: VisitLine
    room: Room | None
    position: Position

    @property
    def visit(self) -> Visit:
        """The visit itself."""
        return self.line.visit

    @property
    def commune(self) -> Commune:
        """Where it is."""
        return self.line.commune

    @property
    def date(self) -> dt.date:
        """When it is."""
        return self.line.date

    @property
    def hours(self) -> Hours:
        """From when to when: those of the place when it has its own, else those of the service."""
        return self.line.hours

    @property
    def place(self) -> Premises | None:
        """The preferred place that is open."""
        return self.line.premises

    @property
    def mediator(self) -> Mediator | None:
        """Who comes; None while nobody holds the post."""
        return self.line.mediator

    @property
    def place_words(self) -> str:
        """Return « Mairie, Salle du conseil »; empty when no place is known."""
        return ", ".join(part.name for part in (self.place, self.room) if part is not None)

    @property
    def walk_in(self) -> Hours:
        """The hours without an appointment."""
        return parts_of(self.hours, self.position)[0]

    @property
    def by_appointment(self) -> Hours:
        """The hours with an appointment."""
        return parts_of(self.hours, self.position)[1]

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody comes after all."""
        return not self.visit.stands

    @property
    def promised_words(self) -> str:
        """When it was first promised: « mardi 8 décembre 2026, matin »."""
        return f"{weekday_date_words(self.visit.origin_date)}, {HALF_WORDS[Half(self.visit.origin_half)]}"

    def changes_soon(self, today: dt.date) -> bool:
        """Tell whether it is cancelled or moved, and people may still come on the wrong day."""
        days = (self.visit.date, self.visit.origin_date)
        changed = self.is_cancelled or self.visit.was_moved
        return changed and max(days) >= today and min(days) <= today + dt.timedelta(days=NOTICE_DAYS)


def stops_of(visits: VisitQuerySet) -> list[Stop]:
    """Return visits as stops, in their order: as many questions to the database for one as for many."""
    return with_rooms(visit_lines(visits))


def with_rooms(lines: Sequence[VisitLine]) -> list[Stop]:
    """Return visits, already read with who comes and where, as stops."""
    places = {line.premises.pk for line in lines if line.premises}
    rooms: dict[int, Room] = {}
    for room in Room.objects.filter(premises__in=places).order_by("rank"):
        rooms.setdefault(room.premises_id, room)
    positions = {epci: settings_of(epci)(APPOINTMENTS_POSITION) for epci in {line.visit.epci for line in lines}}
    return [Stop(line=line, room=_room_of(line, rooms), position=positions[line.visit.epci]) for line in lines]


def _room_of(line: VisitLine, preferred: Mapping[int, Room]) -> Room | None:
    """Return the room that was chosen for this one visit, else the preferred one of its place."""
    if line.premises is None:
        return None
    chosen = line.visit.room
    return chosen if chosen and chosen.premises_id == line.premises.pk else preferred.get(line.premises.pk)
