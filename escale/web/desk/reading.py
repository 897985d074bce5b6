"""What the pages of the desk read: visits with their slots, and who waits with what can be proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import Http404

from escale.apps.audit.actors import Actor
from escale.apps.booking.agenda import Agenda, agendas, moment_of
from escale.apps.booking.kinds import Need
from escale.apps.booking.labels import NEEDS, OBSTACLES
from escale.apps.booking.models import Appointment, Demande, Offer
from escale.apps.booking.queries import (
    AHEAD,
    AppointmentLine,
    Proposals,
    lines_of,
    proposals_of,
    waiting_in,
)
from escale.apps.territory import clock
from escale.apps.visits.models import VisitQuerySet
from escale.apps.visits.queries import visit_lines
from escale.core.booking.motives import MOTIVES, Motive
from escale.core.calendar.hours import Hours
from escale.web.desk.counter import Counter
from escale.web.journeys import Journey
from escale.web.stops import Stop, with_rooms

WITH = ("visit", "epci", "asking", "residence")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """A line of a visit: one slot, or the two of one person; `line` is None where nobody comes."""

    number: int
    hours: Hours
    is_taken: bool
    is_open: bool
    line: AppointmentLine | None
    offer: Offer | None

    @property
    def can_be_booked(self) -> bool:
        """Whether someone new can have it now."""
        return self.is_open and not self.is_taken and self.offer is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVisit:
    """A visit as a desk works with it."""

    stop: Stop
    agenda: Agenda
    rows: Sequence[SlotRow]

    @property
    def obstacle(self) -> str:
        """Why it takes no appointments and what to do; empty when it does."""
        return OBSTACLES[self.agenda.obstacle] if self.agenda.obstacle else ""

    @property
    def people(self) -> list[AppointmentLine]:
        """Who comes, in the order of the hours."""
        return [row.line for row in self.rows if row.line is not None]

    @property
    def closes_at(self) -> dt.datetime | None:
        """Until when the first free slot can be booked, when that is before it begins."""
        first = next(iter(self.agenda.free), None)
        if first is None or first.closes_at == moment_of(self.agenda.visit.epci, self.stop.date, first.slot.hours.starts):
            return None
        return first.closes_at

    @property
    def is_full(self) -> bool:
        """Whether it takes appointments, and none is left."""
        return not self.obstacle and not self.agenda.free


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Someone who waits, and what can be proposed; `person` and `contact` are empty for whoever does not read names."""

    demande: Demande
    person: str
    contact: str
    motive: str
    needs: Sequence[str]
    proposals: Proposals


def desk_visits(actor: Actor, visits: VisitQuerySet) -> list[DeskVisit]:
    """Return visits with their slots, in their order: as many questions for one as for many."""
    found = visit_lines(visits)
    keys = [line.visit.pk for line in found]
    rows = Appointment.objects.visible_to(actor).filter(visit__in=keys).standing().select_related(*WITH)
    lines = {line.appointment.pk: line for line in lines_of(actor, rows)}
    return [
        DeskVisit(stop=stop, agenda=agenda, rows=_rows(agenda, lines))
        for stop, agenda in zip(with_rooms(found), agendas(found), strict=True)
    ]


def desk_visit(actor: Actor, visits: VisitQuerySet, pk: int) -> DeskVisit:
    """Return one of some visits; a page that is not there (404) when it is another one."""
    found = desk_visits(actor, visits.filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def coming_visits(counter: Counter) -> list[DeskVisit]:
    """Return the visits of the commune for which people are booked now."""
    today = clock.today(counter.epci)
    return desk_visits(counter.visitor.user, counter.visits.standing().between(today, today + AHEAD))


def received_elsewhere(counter: Counter) -> list[AppointmentLine]:
    """Return who of the commune is received in another one, or at the office, from today on."""
    actor, today = counter.visitor.user, clock.today(counter.epci)
    rows = Appointment.objects.visible_to(actor).filter(asking=counter.commune).booked().select_related(*WITH, "visit__commune")
    elsewhere = rows.filter(date__gte=today) | rows.filter(visit__date__gte=today).exclude(visit__commune=counter.commune)
    return sorted(lines_of(actor, elsewhere), key=lambda line: line.date)


def first_free(counter: Counter) -> Stop | None:
    """Return the first of the visits that come with a slot that can be booked now."""
    return next((found.stop for found in coming_visits(counter) if not found.obstacle and found.agenda.free), None)


def waiting_list(counter: Counter) -> list[Waiting]:
    """Return who waits in the commune, the oldest request first."""
    return waiting_lines(counter, waiting_in(counter.visitor.user, counter.commune))


def asked_list(counter: Counter) -> list[Waiting]:
    """Return who asked from the page of the commune and waits for an answer, the oldest first."""
    rows = Demande.objects.visible_to(counter.visitor.user).filter(commune=counter.commune).to_confirm()
    return waiting_lines(counter, list(rows.select_related("epci", "commune", "residence")))


def waiting_lines(counter: Counter, demandes: Sequence[Demande]) -> list[Waiting]:
    """Return some of those who wait in the commune with what can be proposed to each."""
    named = named_among(counter.visitor.user, demandes)
    proposals = proposals_of(demandes)
    if counter.journey is Journey.FIELD:
        mine = set(counter.visits.values_list("pk", flat=True))
        proposals = {key: _held(found, mine) for key, found in proposals.items()}
    return [
        Waiting(
            demande=row,
            person=row.person if row.pk in named else "",
            contact=row.contact if row.pk in named else "",
            motive=MOTIVES[Motive(row.motive)].label,
            needs=need_words(row.needs),
            proposals=proposals[row.pk],
        )
        for row in demandes
    ]


def named_among(actor: Actor, demandes: Iterable[Demande]) -> set[int]:
    """Return the keys of the requests of which an actor reads the names."""
    reached = Demande.objects.reached_with(actor, "booking.name")
    return set(reached.filter(pk__in=[row.pk for row in demandes]).values_list("pk", flat=True))


def need_words(needs: Iterable[Need]) -> list[str]:
    """Return what a person needs in words, always in the same order."""
    some = set(needs)
    return [words for need, words in NEEDS.items() if need in some]


def _held(found: Proposals, mine: set[int]) -> Proposals:
    """Leave out the visits of the colleagues: a mediator books in their own."""
    return replace(found, own=[agenda for agenda in found.own if agenda.visit.pk in mine])


def _rows(agenda: Agenda, lines: dict[int, AppointmentLine]) -> list[SlotRow]:
    found: list[SlotRow] = []
    for slot in agenda.slots:
        row = slot.appointment
        if row is not None and slot.slot.number != row.first_slot:
            continue
        hours = slot.slot.hours if row is None else agenda.hours_of(row.first_slot, row.slot_count)
        found.append(
            SlotRow(
                number=slot.slot.number,
                hours=hours or slot.slot.hours,
                is_taken=row is not None,
                is_open=slot.is_open,
                line=lines.get(row.pk) if row else None,
                offer=slot.offer,
            )
        )
    return found
