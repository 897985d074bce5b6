"""Years of a service for the benchmarks: the visits of each month, who came to them, and what was noted."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator

from escale.apps.activity.lists import written
from escale.apps.activity.models import Record
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.kinds import Agent, Channel, Kind
from escale.apps.booking.models import Appointment, HeldSlot
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit, VisitState
from escale.core.activity.vocabulary import ActivityKind, AgeBand, Mission, Mode, Place, Public, Theme
from escale.core.booking.motives import Motive
from escale.core.booking.slots import Position
from escale.core.booking.states import AppointmentState

YEARS, RECORDS = 10, 100_000
AT_ONCE = 2_000
DAYS = tuple(range(1, 29))
APPOINTMENTS_A_VISIT = 2


def write_history(epci: Epci, before: int, *, years: int = YEARS, records: int = RECORDS) -> None:
    """Write the years before a year: one visit a month and commune, its appointments, and some records in all."""
    first = before - years
    Occupancy.objects.filter(post__epci=epci).update(starts=dt.date(first, 1, 1))
    posts = list(Post.objects.filter(epci=epci).order_by("pk"))
    people = {held.post_id: held.mediator for held in Occupancy.objects.filter(post__epci=epci).select_related("mediator")}
    visits = Visit.objects.bulk_create(_visits(epci, posts, first, before), batch_size=AT_ONCE)
    _book(epci, visits)
    each = -(-records // len(visits))
    rows = (_record(visit, people[visit.post_id], number) for visit in visits for number in range(each))
    Record.objects.bulk_create(itertools.islice(rows, records), batch_size=AT_ONCE)


def _visits(epci: Epci, posts: list[Post], first: int, before: int) -> Iterator[Visit]:
    communes = list(Commune.objects.order_by("code"))
    places = [(post, day, half) for post in posts for day in DAYS for half in ("AM", "PM")]
    for year, month in itertools.product(range(first, before), range(1, 13)):
        for commune, (post, day, half) in zip(communes, places, strict=False):
            date = dt.date(year, month, day)
            yield Visit(
                epci=epci,
                commune=commune,
                post=post,
                date=date,
                half=half,
                for_month=f"{date:%Y-%m}",
                origin_date=date,
                origin_half=half,
                state=VisitState.HELD.value,
            )


def _book(epci: Epci, visits: list[Visit]) -> None:
    rows = [_appointment(epci, visit, slot) for visit in visits for slot in range(1, APPOINTMENTS_A_VISIT + 1)]
    Appointment.objects.bulk_create(rows, batch_size=AT_ONCE)
    held = [HeldSlot(appointment=row, visit=row.visit, number=row.first_slot) for row in rows]
    HeldSlot.objects.bulk_create(held, batch_size=AT_ONCE)


def _appointment(epci: Epci, visit: Visit, slot: int) -> Appointment:
    asked = _moment(visit.date - dt.timedelta(days=9))
    return Appointment(
        kind=Kind.VISIT.value,
        epci=epci,
        asking=visit.commune,
        visit=visit,
        first_slot=slot,
        slot_minutes=30,
        position=Position.LAST.value,
        state=AppointmentState.HONOURED.value,
        state_at=_moment(visit.date),
        channel=Channel.PHONE.value,
        contact_forgotten=True,
        person_forgotten=True,
        motive=list(Motive)[(visit.pk + slot) % len(Motive)].value,
        asked_at=asked,
        written_at=asked,
        written_by=SYSTEM.actor_id,
        written_as=Agent.COMMUNE.value,
        transmitted_at=asked,
    )


def _record(visit: Visit, mediator: Mediator, number: int) -> Record:
    themes = [theme for theme in Theme if theme is not Theme.PROCEDURES]
    at = _moment(visit.date)
    return Record(
        key=uuid.uuid4(),
        epci_id=visit.epci_id,
        commune_id=visit.commune_id,
        mediator=mediator,
        visit=visit,
        date=visit.date,
        kind=ActivityKind.INDIVIDUAL.value,
        place=Place.USUAL.value,
        mode=Mode.ON_SITE.value,
        public=Public.RESIDENTS.value,
        minutes=15 * (1 + number % 4),
        themes=written([themes[(visit.pk + number) % len(themes)]]),
        missions=written([next(iter(Mission))]),
        age=list(AgeBand)[number % len(AgeBand)].value,
        entered_at=at,
        device_time=at,
        received_at=at,
    )


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC)
