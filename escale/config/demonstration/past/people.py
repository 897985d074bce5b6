"""Who came to a half-day of the past: more in a town than in a village, old people more than young ones; nobody has a name."""

from __future__ import annotations

import datetime as dt
import math
import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from escale.apps.activity.lists import written
from escale.apps.activity.models import Record, Tally
from escale.apps.booking.kinds import Agent, Channel, Kind
from escale.apps.booking.models import Appointment
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.past.likely import AGES, PROCEDURES, STATUSES, THEMES, drawn
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Bound,
    Device,
    Gender,
    Level,
    Mode,
    Orientation,
    Place,
    Posture,
    Public,
    TallyKind,
    Theme,
    proposed_missions,
)
from escale.core.booking.motives import Motive
from escale.core.booking.retention import people_before
from escale.core.booking.slots import Position
from escale.core.booking.states import AppointmentState
from escale.core.calendar.months import Month

SLOTS, SLOT_MINUTES = 2, 30
VILLAGE, MOST = 500, 9
"""About how many inhabitants send one person to a half-day; each doubling sends one more."""
AUGUST = 8
ABSENT, LATE, LEFT, OUTSIDE = 0.09, 0.08, 0.12, 0.07
"""How often a booked person does not come, a half-day is told late, someone leaves without help, asks for something else."""
TOWNS = ("59172", "59526", "59491", "59446", "59632", "59284")
"""Where workshops are: Denain, Saint-Amand-les-Eaux, Raismes, Oisy, Wallers and Hasnon, one after the other."""
WORKSHOPS_A_MONTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What is to be written of those who came."""

    appointments: list[Appointment] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    taps: list[Tally] = field(default_factory=list)


def gather(parts: Iterable[Coming]) -> Coming:
    """Return all of it."""
    found = Coming()
    for part in parts:
        found.appointments.extend(part.appointments)
        found.records.extend(part.records)
        found.taps.extend(part.taps)
    return found


def who_came(visit: Visit, mediator: Mediator, today: dt.date) -> Coming:
    """Return who came to a half-day, the same each time that it is asked."""
    draw = random.Random(f"people {visit.commune.code} {visit.date}")
    came, told_after = Coming(), dt.timedelta(days=9 if draw.random() < LATE else 0)
    keeps_links = visit.date >= people_before(today)
    count = _crowd(visit, draw)
    for slot in range(1, min(SLOTS, draw.choice((0, 1, 1, 2))) + 1):
        booked = _appointment(visit, slot, draw)
        came.appointments.append(booked)
        if booked.state == AppointmentState.HONOURED:
            row = _record(visit, mediator, draw, told_after)
            row.had_appointment, row.appointment = True, booked.uid if keeps_links else None
            came.records.append(row)
    came.records.extend(_record(visit, mediator, draw, told_after) for _ in range(count - len(came.records)))
    if draw.random() < LEFT:
        came.taps.append(_tap(visit, mediator, TallyKind.LEFT))
    if draw.random() < OUTSIDE:
        came.taps.append(_tap(visit, mediator, TallyKind.OUT_OF_BOUNDS, draw.choice(list(Bound))))
    return came


def workshops(epci: Epci, mediators: Sequence[Mediator], first: dt.date, last: dt.date) -> Coming:
    """Return the workshops of each month, and once a quarter a half-day for municipal agents."""
    towns = {commune.code: commune for commune in Commune.objects.filter(code__in=TOWNS)}
    came, rank = Coming(), 0
    for month in Month.of(first).until(Month.of(last)):
        for number in range(WORKSHOPS_A_MONTH):
            day, draw = month.first + dt.timedelta(days=9 + 7 * number), random.Random(f"workshop {month} {number}")
            commune, mediator = towns.get(TOWNS[rank % len(TOWNS)]), mediators[rank % len(mediators)]
            rank += 1
            if commune is None or not first <= day <= last or month.number == AUGUST:
                continue
            is_for_agents = number == 0 and month.number % 3 == 0
            came.records.append(_of_several(epci, commune, mediator, day, draw, is_for_agents=is_for_agents))
    return came


def _crowd(visit: Visit, draw: random.Random) -> int:
    """Return how many come: one or two in a village now and then, up to nine in a town; fewer in August."""
    usual = 1 + math.log2(max(visit.commune.population or 0, VILLAGE / 2) / VILLAGE)
    usual += draw.choice((-2, -1, -1, 0, 0, 0, 1, 1, 2)) - 2 * (visit.date.month == AUGUST)
    return max(0, min(MOST, round(usual)))


def _appointment(visit: Visit, slot: int, draw: random.Random) -> Appointment:
    asked = _at(visit.epci, visit.date - dt.timedelta(days=draw.choice((2, 4, 5, 7, 9, 12, 16, 21))))
    state = AppointmentState.ABSENT if draw.random() < ABSENT else AppointmentState.HONOURED
    return Appointment(
        kind=Kind.VISIT.value,
        epci=visit.epci,
        asking=visit.commune,
        visit=visit,
        first_slot=slot,
        slot_minutes=SLOT_MINUTES,
        position=Position.LAST.value,
        state=state.value,
        state_at=_at(visit.epci, visit.date),
        channel=Channel.PHONE.value,
        contact_forgotten=True,
        person_forgotten=True,
        motive=draw.choice(list(Motive)).value,
        asked_at=asked,
        written_at=asked,
        written_by=ACTOR.actor_id,
        written_as=Agent.COMMUNE.value,
        transmitted_at=asked,
    )


def _record(visit: Visit, mediator: Mediator, draw: random.Random, told_after: dt.timedelta) -> Record:
    themes = frozenset({drawn(draw, THEMES)} | ({Theme.EMAIL} if draw.random() < 0.15 else set()))
    procedure = drawn(draw, PROCEDURES) if Theme.PROCEDURES in themes else None
    is_solved = draw.choice((True, True, True, False, None))
    return Record(
        **_placed(visit.epci, visit.commune, mediator, visit.date, told_after),
        visit=visit,
        kind=ActivityKind.INDIVIDUAL.value,
        public=Public.RESIDENTS.value,
        minutes=draw.choice((15, 15, 30, 30, 30, 45, 60)),
        themes=written(themes),
        procedures=written([procedure] if procedure else []),
        devices=written([draw.choice((Device.COMPUTER, Device.COMPUTER, Device.PHONE, Device.TABLET))]),
        missions=written(proposed_missions(ActivityKind.INDIVIDUAL, Public.RESIDENTS, themes)),
        autonomy=draw.choice((Autonomy.GUIDED, Autonomy.PARTLY, Autonomy.PARTLY, Autonomy.ALONE, "")),
        orientation=draw.choice((Orientation.SOCIAL, Orientation.ADMINISTRATION, "")) if is_solved is False else "",
        age=drawn(draw, AGES) or "",
        gender=draw.choice((Gender.FEMALE, Gender.FEMALE, Gender.FEMALE, Gender.MALE, Gender.MALE, "")),
        status=drawn(draw, STATUSES) or "",
        posture=draw.choice((Posture.TEACHES, Posture.ACCOMPANIES, Posture.ACCOMPANIES)),
        is_first_time=draw.choice((True, True, False, False, False, None)),
        is_solved=is_solved,
        took_pix=True if draw.random() < 0.02 else None,
    )


def _of_several(
    epci: Epci, commune: Commune, mediator: Mediator, day: dt.date, draw: random.Random, *, is_for_agents: bool
) -> Record:
    people = draw.randint(4, 8)
    old = draw.randint(1, people - 1)
    public = Public.AGENTS if is_for_agents else Public.RESIDENTS
    themes = frozenset({draw.choice((Theme.SECURITY, Theme.CONTENTS, Theme.OFFICE, Theme.DEVICE))})
    ages: dict[str, int] = {} if is_for_agents else {AgeBand.FROM_60: old // 2, AgeBand.FROM_70: old - old // 2}
    return Record(
        **_placed(epci, commune, mediator, day, dt.timedelta()),
        kind=ActivityKind.COLLECTIVE.value,
        public=public.value,
        minutes=120,
        themes=written(themes),
        devices=written([Device.COMPUTER]),
        missions=written(proposed_missions(ActivityKind.COLLECTIVE, public, themes)),
        level=Level.BEGINNER.value,
        people=people,
        known=draw.randint(0, people),
        counts={"ages": ages} if ages else {},
    )


def _placed(epci: Epci, commune: Commune, mediator: Mediator, day: dt.date, after: dt.timedelta) -> dict[str, Any]:
    told = _at(epci, day) + after
    return {
        "key": uuid.uuid4(),
        "epci": epci,
        "commune": commune,
        "mediator": mediator,
        "date": day,
        "place": Place.USUAL.value,
        "mode": Mode.ON_SITE.value,
        "entered_at": told,
        "device_time": told,
        "received_at": told,
    }


def _tap(visit: Visit, mediator: Mediator, kind: TallyKind, reason: Bound | None = None) -> Tally:
    return Tally(
        key=uuid.uuid4(),
        epci=visit.epci,
        commune=visit.commune,
        visit=visit,
        mediator=mediator,
        date=visit.date,
        kind=kind.value,
        reason=reason.value if reason else "",
        entered_at=_at(visit.epci, visit.date),
    )


def _at(epci: Epci, day: dt.date) -> dt.datetime:
    """Return the evening of a day."""
    return dt.datetime.combine(day, dt.time(17, 30), tzinfo=ZoneInfo(epci.time_zone))
