"""A day of a mediator, for its page and for the telephone that keeps it: where, when, who opens, who comes, who came."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from escale.apps.activity.models import Record
from escale.apps.activity.queries import VisitCounts, counts_of_visits, records_of
from escale.apps.booking.models import Appointment
from escale.apps.booking.queries import AppointmentLine, lines_of
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, KeyHolder, Mairie, Referent
from escale.apps.visits.models import Holding, Preparation
from escale.core.booking.states import AppointmentState
from escale.core.calendar.hours import time_words
from escale.web.field.mine import visits_of, writes_here
from escale.web.field.words import record_words
from escale.web.journeys import Visitor
from escale.web.stops import Stop, stops_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAppointment:
    """Someone who is expected; `record` is what was noted of it."""

    line: AppointmentLine
    record: Record | None

    @property
    def is_open(self) -> bool:
        """Whether nobody said yet if the person came."""
        return self.line.appointment.state == AppointmentState.BOOKED

    @property
    def is_present(self) -> bool:
        """Whether the person came."""
        return self.line.appointment.state == AppointmentState.HONOURED


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldStop:
    """A half-day: the place, who opens and whom to call, the appointments, and what was noted so far."""

    stop: Stop
    key_holders: Sequence[KeyHolder]
    referents: Sequence[Referent]
    mairie: Mairie | None
    preparation: Preparation | None
    holding: Holding | None
    appointments: Sequence[FieldAppointment]
    records: Sequence[Record]
    counts: VisitCounts

    @property
    def last(self) -> Record | None:
        """What was noted last."""
        return self.records[0] if self.records else None

    @property
    def last_words(self) -> str:
        """What was noted last, in a line."""
        return record_words(self.records[0]) if self.records else ""

    @property
    def tally_keys(self) -> list[str]:
        """New keys for the buttons that count: pressed twice at once, each counts once."""
        return [str(uuid.uuid4()) for _ in range(2)]

    @property
    def unanswered(self) -> int:
        """Of how many appointments nobody said yet whether the person came."""
        return sum(expected.is_open for expected in self.appointments)

    @property
    def held_words(self) -> str:
        """The real hours of a half-day that is closed: « de 9 h 05 à 11 h 45 »."""
        if self.holding is None or self.holding.started_at is None or self.holding.ended_at is None:
            return ""
        zone = ZoneInfo(self.stop.visit.epci.time_zone)
        started, ended = (moment.astimezone(zone).time() for moment in (self.holding.started_at, self.holding.ended_at))
        return f"de {time_words(started)} à {time_words(ended)}"

    @property
    def is_closed(self) -> bool:
        """Whether the half-day is closed."""
        return self.holding is not None and self.holding.closed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDay:
    """A day on the road, from the base and back. `writes_here` is false for whoever keeps the records in La Coop."""

    date: dt.date
    base: Commune | None
    stops: Sequence[FieldStop]
    now: dt.datetime
    writes_here: bool

    @property
    def current(self) -> FieldStop | None:
        """The half-day that is held now: the first one that is not over yet, else the last of the day."""
        if not self.stops:
            return None
        hour = self.now.time() if self.date == self.now.date() else dt.time.min
        return next((part for part in self.stops if part.stop.hours.ends >= hour), self.stops[-1])


def day_of(visitor: Visitor, day: dt.date) -> FieldDay:
    """Return a day of a mediator."""
    return day_at(visitor, day, stops_of(visits_of(visitor).standing().between(day, day)))


def day_at(visitor: Visitor, day: dt.date, stops: Sequence[Stop]) -> FieldDay:
    """Return the same for stops that are read already: as many questions for one as for several."""
    user = visitor.user
    visits = [stop.visit for stop in stops]
    communes = [stop.commune for stop in stops]
    places = [stop.place for stop in stops if stop.place]
    holders = list(KeyHolder.objects.visible_to(user).filter(premises__in=places).order_by("rank"))
    referents = list(Referent.objects.visible_to(user).filter(commune__in=communes).in_charge_on(day))
    mairies = {row.commune_id: row for row in Mairie.objects.filter(commune__in=communes)}
    prepared = {row.visit_id: row for row in Preparation.objects.filter(visit__in=visits)}
    holdings = {row.visit_id: row for row in Holding.objects.filter(visit__in=visits)}
    counts = counts_of_visits(user, visits)
    records: defaultdict[int | None, list[Record]] = defaultdict(list)
    for row in records_of(user, visits):
        records[row.visit_id].append(row)
    expected = _appointments(visitor, stops, [row for some in records.values() for row in some])
    return FieldDay(
        date=day,
        base=stops[0].line.post.base if stops else None,
        now=clock.moment(visitor.epci),
        writes_here=writes_here(visitor),
        stops=[
            FieldStop(
                stop=stop,
                key_holders=[holder for holder in holders if stop.place and holder.premises_id == stop.place.pk],
                referents=[referent for referent in referents if referent.commune_id == stop.commune.pk],
                mairie=mairies.get(stop.commune.pk),
                preparation=prepared.get(stop.visit.pk),
                holding=holdings.get(stop.visit.pk),
                appointments=expected[stop.visit.pk],
                records=records[stop.visit.pk],
                counts=counts.get(stop.visit.pk, VisitCounts()),
            )
            for stop in stops
        ],
    )


def _appointments(visitor: Visitor, stops: Sequence[Stop], records: Sequence[Record]) -> dict[int, list[FieldAppointment]]:
    visits, lines = [stop.visit for stop in stops], [stop.line for stop in stops]
    rows = Appointment.objects.visible_to(visitor.user).filter(visit__in=visits).standing()
    rows = rows.select_related("visit", "epci", "asking", "residence").order_by("first_slot")
    noted = {row.appointment: row for row in records if row.appointment}
    found: dict[int, list[FieldAppointment]] = {visit.pk: [] for visit in visits}
    for line in lines_of(visitor.user, rows, visits=lines):
        appointment = line.appointment
        found[appointment.visit_id or 0].append(FieldAppointment(line=line, record=noted.get(appointment.uid)))
    return found
