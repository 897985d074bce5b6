"""Hold the half-days of last year and of this one, but for some that were given up; once, before the month that is lived."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db import transaction

from escale.apps.activity.actions import refresh_month, touch_everything
from escale.apps.activity.actions.figuring import touched_months
from escale.apps.activity.models import Record, Tally
from escale.apps.booking.models import Appointment, HeldSlot
from escale.apps.team.models import Mediator, Occupancy
from escale.apps.territory.catalogue import HALF_DAY_AM, HALF_DAY_PM
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Cancellation, Holding, Visit
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.month.living import AROUND
from escale.config.demonstration.past.people import Coming, gather, who_came, workshops
from escale.core.calendar.halfdays import Half
from escale.core.calendar.hours import Hours
from escale.core.visits.life import Cause, Side, VisitState

AT_ONCE = 1_000
DAY = dt.timedelta(days=1)
GIVEN_UP = (
    (31, Side.SERVICE, Cause.WEATHER, True),
    (173, Side.COMMUNE, Cause.ROOM, False),
    (242, Side.SERVICE, Cause.ABSENCE, False),
    (391, Side.COMMUNE, Cause.EVENT, False),
    (517, Side.SERVICE, Cause.VEHICLE, False),
    (634, Side.COMMUNE, Cause.HEATING, False),
    (746, Side.SERVICE, Cause.ABSENCE, False),
)
"""The half-days, by their rank, that were not held: whose doing it was, why, and whether nobody could help it."""
COLD_EACH, NO_OFFICE_EACH = 23, 41


@transaction.atomic
def live_the_past(epci: Epci) -> None:
    """Write what was held and noted since the first of January of last year, up to a month ago."""
    now = today(epci)
    first, last = dt.date(now.year - 1, 1, 1), now - AROUND - DAY
    if Record.objects.filter(epci=epci, date__range=(first, last)).exists():
        return
    visits = list(Visit.objects.filter(epci=epci, date__range=(first, last)).standing().select_related("commune", "epci"))
    lost = {rank: visits[rank] for rank, *_ in GIVEN_UP if rank < len(visits)}
    _give_up(epci, lost, {(visit.post_id, visit.date, visit.half) for visit in visits}, last)
    held = list(Visit.objects.filter(epci=epci, date__range=(first, last)).standing().select_related("commune", "epci"))
    _hold(epci, held)
    mediators = _mediators_of(epci)
    came = [who_came(visit, mediators[visit.post_id], now) for visit in held]
    _write(gather([*came, workshops(epci, list(mediators.values()), first, last)]))
    touch_everything(actor=ACTOR)
    for key, month in touched_months():
        refresh_month(actor=ACTOR, epci=key, month=month)


def _give_up(epci: Epci, lost: dict[int, Visit], taken: set[tuple[int, dt.date, str]], last: dt.date) -> None:
    """Let some half-days be lost; what the service gives up is held some days later (art. 4)."""
    rows, make_ups = [], []
    for rank, side, cause, is_nobodys in GIVEN_UP:
        if (visit := lost.get(rank)) is None:
            continue
        rows.append(
            Cancellation(
                visit=visit,
                side=side.value,
                cause=cause.value,
                force_majeure=is_nobodys,
                is_owed=side is Side.SERVICE,
                written_by=ACTOR.actor_id,
                written_at=_moment(visit, dt.time(8)),
            )
        )
        if side is Side.SERVICE and (day := _free_day(visit, taken, last)) is not None:
            taken.add((visit.post_id, day, visit.half))
            make_ups.append(_make_up(visit, day))
    Visit.objects.filter(pk__in=[row.visit_id for row in rows]).update(state=VisitState.CANCELLED.value)
    Cancellation.objects.bulk_create(rows)
    Visit.objects.bulk_create(make_ups)


def _free_day(visit: Visit, taken: set[tuple[int, dt.date, str]], last: dt.date) -> dt.date | None:
    days = (visit.date + number * DAY for number in range(5, 29))
    free = (day for day in days if day.weekday() == visit.date.weekday() and (visit.post_id, day, visit.half) not in taken)
    return next((day for day in free if day <= last), None)


def _make_up(visit: Visit, day: dt.date) -> Visit:
    return Visit(
        epci=visit.epci,
        commune=visit.commune,
        post_id=visit.post_id,
        date=day,
        half=visit.half,
        for_month=visit.for_month,
        origin_date=day,
        origin_half=visit.half,
        makes_up=visit,
        reason="rattrapage",
    )


def _hold(epci: Epci, visits: Sequence[Visit]) -> None:
    """Close each half-day on its evening, found right but for a few cold halls and missing offices."""
    hours = {Half.AM: value_of(epci, HALF_DAY_AM), Half.PM: value_of(epci, HALF_DAY_PM)}
    known = set(Holding.objects.filter(visit__in=visits).values_list("visit", flat=True))
    rows = [_holding(visit, rank, hours[Half(visit.half)]) for rank, visit in enumerate(visits) if visit.pk not in known]
    Visit.objects.filter(pk__in=[row.visit_id for row in rows]).update(state=VisitState.HELD.value)
    Holding.objects.bulk_create(rows, batch_size=AT_ONCE)


def _holding(visit: Visit, rank: int, hours: Hours) -> Holding:
    draw = random.Random(f"hours {visit.commune.code} {visit.date}")
    starts = _moment(visit, hours.starts)
    ends = starts + dt.timedelta(minutes=hours.minutes - draw.choice((0, 0, 0, 0, 15, 30)))
    return Holding(
        visit=visit,
        started_at=starts,
        ended_at=ends,
        was_opened=True,
        was_heated=bool(rank % COLD_EACH),
        had_private_office=bool(rank % NO_OFFICE_EACH),
        had_room=True,
        had_power=True,
        had_network=bool(rank % 3),
        is_kit_complete=True,
        closed_at=ends,
        closed_by=ACTOR.actor_id,
    )


def _mediators_of(epci: Epci) -> dict[int, Mediator]:
    held = Occupancy.objects.filter(post__epci=epci).select_related("mediator")
    return {row.post_id: row.mediator for row in held}


def _write(came: Coming) -> None:
    Appointment.objects.bulk_create(came.appointments, batch_size=AT_ONCE)
    slots = [HeldSlot(appointment=row, visit=row.visit, number=row.first_slot) for row in came.appointments]
    HeldSlot.objects.bulk_create(slots, batch_size=AT_ONCE)
    Record.objects.bulk_create(came.records, batch_size=AT_ONCE)
    Tally.objects.bulk_create(came.taps, batch_size=AT_ONCE)


def _moment(visit: Visit, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(visit.date, hour, tzinfo=ZoneInfo(visit.epci.time_zone))
