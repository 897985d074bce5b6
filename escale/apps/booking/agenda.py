"""The slots of visits: when each is, whether it is free, kept or taken, and why a visit takes none."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from escale.apps.booking.kinds import Obstacle
from escale.apps.booking.models import Appointment, Offer
from escale.apps.schedule.models import Participation
from escale.apps.territory import clock
from escale.apps.territory.catalogue import APPOINTMENT_SLOT_MINUTES, APPOINTMENTS_POSITION, RDV_CUTOFF_HOURS_BEFORE_SESSION
from escale.apps.territory.models import Epci, Room
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.apps.visits.queries import VisitLine, visit_lines
from escale.core.booking.slots import Grid, Slot, free_starts, slots_of
from escale.core.calendar.hours import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotLine:
    """One slot of a visit: who has it, for whom it is kept, until when it can be booked."""

    slot: Slot
    closes_at: dt.datetime
    is_open: bool
    appointment: Appointment | None
    offer: Offer | None

    @property
    def is_free(self) -> bool:
        """Whether nobody has it and it is kept for nobody."""
        return self.appointment is None and self.offer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The hour of appointments of one visit; `obstacle` is None when it takes appointments."""

    line: VisitLine
    grid: Grid
    slots: Sequence[SlotLine]
    obstacle: Obstacle | None

    @property
    def visit(self) -> Visit:
        """The visit itself."""
        return self.line.visit

    @property
    def free(self) -> list[SlotLine]:
        """The slots that can be booked now."""
        return [] if self.obstacle else [line for line in self.slots if line.is_free and line.is_open]

    def starts_for(self, count: int) -> tuple[int, ...]:
        """Return the slots from which so many in a row can be booked now."""
        taken = {line.slot.number for line in self.slots} - {line.slot.number for line in self.free}
        return free_starts([line.slot for line in self.slots], taken, count)

    def hours_of(self, first: int, count: int = 1) -> Hours | None:
        """Return from when to when some slots in a row are; None when there are none of these numbers."""
        return hours_between([line.slot for line in self.slots], first, count)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """What an EPCI decided of its appointments, and its clock."""

    grid: Grid
    cutoff: dt.timedelta
    now: dt.datetime


def agendas_of(visits: VisitQuerySet) -> list[Agenda]:
    """Return the slots of some visits, in their order: as many questions to the database for one as for many."""
    return agendas(visit_lines(visits))


def agenda_of(visit: Visit) -> Agenda:
    """Return the slots of one visit."""
    (found,) = agendas_of(Visit.objects.filter(pk=visit.pk))
    return found


def agendas(lines: Sequence[VisitLine]) -> list[Agenda]:
    """Return the same of visits that are read already."""
    visits = [line.visit for line in lines]
    choices = {epci.pk: _choices_of(epci) for epci in {visit.epci for visit in visits}}
    booked: defaultdict[int, list[Appointment]] = defaultdict(list)
    for row in Appointment.objects.filter(visit__in=visits).standing():
        booked[row.visit_id or 0].append(row)
    offered: defaultdict[int, list[Offer]] = defaultdict(list)
    for offer in Offer.objects.filter(visit__in=visits).unanswered():
        offered[offer.visit_id].append(offer)
    firm: defaultdict[int, list[Participation]] = defaultdict(list)
    for held in Participation.objects.filter(commune__in={visit.commune_id for visit in visits}).firm():
        firm[held.commune_id].append(held)
    places = {line.premises.pk for line in lines if line.premises}
    private = set(Room.objects.filter(premises__in=places, is_private=True).values_list("premises", flat=True))
    return [
        _agenda(
            line,
            choices[line.visit.epci_id],
            booked[line.visit.pk],
            offered[line.visit.pk],
            is_firm=any(held.holds_on(line.date) for held in firm[line.visit.commune_id]),
            has_office=line.premises is not None and line.premises.pk in private,
        )
        for line in lines
    ]


def hours_between(slots: Sequence[Slot], first: int, count: int) -> Hours | None:
    """Return from the start of a slot to the end of another; None when one of them is not there."""
    by_number = {slot.number: slot for slot in slots}
    last = first + count - 1
    if first not in by_number or last not in by_number:
        return None
    return Hours(starts=by_number[first].hours.starts, ends=by_number[last].hours.ends)


def moment_of(epci: Epci, day: dt.date, time: dt.time) -> dt.datetime:
    """Return a local time of a day as a moment."""
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(epci.time_zone))


def _choices_of(epci: Epci) -> _Choices:
    return _Choices(
        grid=Grid(minutes=value_of(epci, APPOINTMENT_SLOT_MINUTES), position=value_of(epci, APPOINTMENTS_POSITION)),
        cutoff=dt.timedelta(hours=value_of(epci, RDV_CUTOFF_HOURS_BEFORE_SESSION)),
        now=clock.moment(epci),
    )


def _agenda(
    line: VisitLine, choices: _Choices, booked: Sequence[Appointment], offers: Iterable[Offer], *, is_firm: bool, has_office: bool
) -> Agenda:
    # Whoever has an appointment keeps its hour: a grid chosen later waits for visits without any.
    grid = booked[0].grid if booked else choices.grid
    taken = {number: row for row in booked for number in row.numbers}
    kept = {number: offer for offer in offers if offer.expires_at > choices.now for number in offer.numbers}
    slots = []
    for slot in slots_of(line.hours, grid):
        closes_at = moment_of(line.visit.epci, line.date, slot.hours.starts) - choices.cutoff
        slots.append(
            SlotLine(
                slot=slot,
                closes_at=closes_at,
                is_open=choices.now <= closes_at,
                appointment=taken.get(slot.number),
                offer=kept.get(slot.number),
            )
        )
    ends = moment_of(line.visit.epci, line.date, line.hours.ends)
    obstacle = _obstacle(line, is_over=choices.now > ends, is_firm=is_firm, has_office=has_office)
    return Agenda(line=line, grid=grid, slots=slots, obstacle=obstacle)


def _obstacle(line: VisitLine, *, is_over: bool, is_firm: bool, has_office: bool) -> Obstacle | None:
    if not line.visit.stands:
        return Obstacle.CANCELLED
    if is_over:
        return Obstacle.PAST
    if not is_firm:
        return Obstacle.NOT_FIRM
    return None if has_office else Obstacle.NO_OFFICE
