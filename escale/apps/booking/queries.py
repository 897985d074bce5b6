"""What the screens ask of appointments: who comes, whom to tell, who waits and what can be proposed to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escale.apps.audit.actors import Actor
from escale.apps.booking.agenda import Agenda, agenda_of, agendas_of, hours_between
from escale.apps.booking.kinds import Channel, Kind, Need
from escale.apps.booking.models import Appointment, Demande, Offer, Telling
from escale.apps.booking.offices import HALF, OfficeAfternoon, office_afternoons
from escale.apps.territory import clock
from escale.apps.territory.catalogue import RDV_TRANSMISSION_MAX_HOURS
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import hours_at, value_of
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, visit_lines
from escale.core.booking.motives import MOTIVES, Motive, to_bring
from escale.core.booking.slots import cut, slots_of
from escale.core.booking.states import AppointmentState, DemandeState
from escale.core.calendar.halfdays import Half
from escale.core.calendar.hours import Hours

AHEAD = dt.timedelta(days=62)
"""How far ahead a desk looks for a slot: two visits of a commune."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """An appointment as a screen shows it; `person` and `contact` are empty for whoever does not read names."""

    appointment: Appointment
    date: dt.date
    hours: Hours | None
    person: str
    contact: str
    needs: frozenset[Need]
    motive: str
    bring: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbySlots:
    """What a neighbour shows of its next visit: when it is and what is free, never who comes."""

    visit: int
    commune: Commune
    date: dt.date
    half: Half
    free: tuple[tuple[int, Hours], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What can be proposed to someone who waits, in the order in which a desk proposes it."""

    offer: Offer | None
    own: Sequence[Agenda]
    may_call_back: bool
    office: Sequence[OfficeAfternoon]
    nearby: Sequence[NearbySlots]


def appointments_of(actor: Actor, visit: Visit) -> list[AppointmentLine]:
    """Return who comes to a visit, in the order of the hours; names only for its desks and its mediator."""
    rows = Appointment.objects.visible_to(actor).filter(visit=visit).standing()
    return lines_of(actor, rows.select_related("visit", "epci", "asking", "residence").order_by("first_slot"))


def lines_of(actor: Actor, rows: Iterable[Appointment], *, visits: Sequence[VisitLine] | None = None) -> list[AppointmentLine]:
    """Return appointments as lines: as many questions for one as for many. `visits` are their half-days, when read already."""
    found = list(rows)
    if not found:
        return []
    if visits is None:
        visits = visit_lines(Visit.objects.filter(pk__in={row.visit_id for row in found}))
    held = {line.visit.pk: line for line in visits}
    named = set(
        Appointment.objects.reached_with(actor, "booking.name")
        .filter(pk__in=[row.pk for row in found])
        .values_list("pk", flat=True)
    )
    office = {epci: hours_at(epci, None, HALF) for epci in {row.epci for row in found if row.kind == Kind.OFFICE}}
    return [_line(row, held.get(row.visit_id or 0), office.get(row.epci), named=row.pk in named) for row in found]


def people_to_tell(actor: Actor, commune: Commune) -> list[Telling]:
    """Return the list « à prévenir » of a mairie: what only it can tell the people whom it follows.

    The oldest first; what is over is left out.
    """
    rows = Telling.objects.visible_to(actor).untold().by_mairie().coming_from(clock.today())
    ours = rows.filter(appointment__asking=commune) | rows.filter(offer__demande__commune=commune)
    return list(
        ours.select_related("appointment__visit", "appointment__epci", "appointment__asking", "offer__demande", "offer__visit")
    )


def waiting_in(actor: Actor, commune: Commune) -> list[Demande]:
    """Return who waits in a commune, the oldest request first."""
    return list(
        Demande.objects.visible_to(actor).filter(commune=commune).waiting().select_related("epci", "commune", "residence")
    )


def proposals_for(demande: Demande) -> Proposals:
    """Return what can be proposed to someone who waits: a freed slot, the next visits, a call, the office, a neighbour."""
    return proposals_of([demande])[demande.pk]


def proposals_of(demandes: Sequence[Demande]) -> dict[int, Proposals]:
    """Return the same for those who wait in one commune, by their keys: as many questions for one as for many."""
    if not demandes:
        return {}
    epci, commune = demandes[0].epci, demandes[0].commune
    now = clock.moment(epci)
    first, last = now.date(), now.date() + AHEAD
    own = agendas_of(Visit.objects.filter(epci=epci, commune=commune).standing().between(first, last))
    nearby = _agendas_nearby(epci, commune) if any(demande.accepts_neighbour for demande in demandes) else []
    office = [afternoon for afternoon in office_afternoons(epci, first, last) if afternoon.free]
    holding = Offer.objects.filter(demande__in=demandes).holding_at(now).select_related("visit")
    offers = {offer.demande_id: offer for offer in holding}
    return {
        demande.pk: Proposals(
            offer=offers.get(demande.pk),
            own=[agenda for agenda in own if agenda.obstacle is None and agenda.starts_for(demande.slot_count)],
            may_call_back=demande.channel == Channel.PHONE,
            office=[afternoon for afternoon in office if afternoon.starts_for(demande.slot_count)],
            nearby=_free_in(nearby, demande.slot_count) if demande.accepts_neighbour else [],
        )
        for demande in demandes
    }


def free_nearby(epci: Epci, commune: Commune, *, count: int = 1) -> list[NearbySlots]:
    """Return the free slots of the other communes of an EPCI that open theirs, in the order of time."""
    return _free_in(_agendas_nearby(epci, commune), count)


def _agendas_nearby(epci: Epci, commune: Commune) -> list[Agenda]:
    today = clock.today(epci)
    others = Visit.objects.filter(epci=epci, commune__shared_slots__isnull=False).exclude(commune=commune)
    return agendas_of(others.standing().between(today, today + AHEAD))


def _free_in(agendas: Iterable[Agenda], count: int) -> list[NearbySlots]:
    found = []
    for agenda in agendas:
        starts = () if agenda.obstacle else agenda.starts_for(count)
        free = tuple((start, hours) for start in starts if (hours := agenda.hours_of(start, count)) is not None)
        if free:
            found.append(
                NearbySlots(
                    visit=agenda.visit.pk, commune=agenda.line.commune, date=agenda.line.date, half=agenda.line.half, free=free
                )
            )
    return found


def hours_of(appointment: Appointment) -> Hours | None:
    """Return from when to when an appointment is, where its visit stands now."""
    if appointment.visit is None:
        return _office_hours(appointment, hours_at(appointment.epci, None, HALF))
    return _hours_in(agenda_of(appointment.visit).line, appointment)


def late_transmissions(epci: Epci, first: dt.date, last: dt.date) -> list[Appointment]:
    """Return the appointments asked for in a period that were transmitted too late, or are not yet and should be (art. 3-1)."""
    most, now = dt.timedelta(hours=value_of(epci, RDV_TRANSMISSION_MAX_HOURS)), clock.moment(epci)
    rows = Appointment.objects.filter(epci=epci, asked_at__date__range=(first, last)).exclude(
        state=AppointmentState.CANCELLED.value, transmitted_at__isnull=True
    )
    rows = rows.select_related("asking", "visit").defer("asking__outline")
    return [row for row in rows if (row.transmitted_at or now) - row.asked_at > most]


def unmet_count(epci: Epci, commune: Commune | None = None) -> int:
    """Return how many requests found no answer, those that still wait not counted."""
    rows = Demande.objects.filter(epci=epci, state=DemandeState.UNMET.value)
    return (rows if commune is None else rows.filter(commune=commune)).count()


def _line(row: Appointment, line: VisitLine | None, office: Hours | None, *, named: bool) -> AppointmentLine:
    motive = Motive(row.motive)
    return AppointmentLine(
        appointment=row,
        date=row.day,
        hours=_office_hours(row, office) if line is None else _hours_in(line, row),
        person=row.person if named else "",
        contact=row.contact if named else "",
        needs=row.needs,
        motive=MOTIVES[motive].label,
        bring=to_bring(motive),
    )


def _hours_in(line: VisitLine, row: Appointment) -> Hours | None:
    return hours_between(slots_of(line.hours, row.grid), row.first_slot, row.slot_count)


def _office_hours(row: Appointment, office: Hours | None) -> Hours | None:
    if row.kind != Kind.OFFICE or office is None:
        return None
    return hours_between(cut(office, row.slot_minutes), row.first_slot, row.slot_count)
