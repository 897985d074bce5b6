"""How the half-days went: held with what was noted on them, made ready by the mairies, one given up, one point to settle."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record, note_incident, tally
from escale.apps.audit.actors import Actor
from escale.apps.team.models import Occupancy
from escale.apps.territory.catalogue import HALF_DAY_AM, HALF_DAY_PM
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.apps.visits.actions import cancel_visit, close_holding, confirm_visit, note_point
from escale.apps.visits.answers import HoldingChecks, HoldingReport, PreparationAnswers
from escale.apps.visits.models import Visit
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.month.days import as_if_on
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import AgeBand, IncidentKind, Posture, Procedure, TallyKind, Theme
from escale.core.calendar.halfdays import Half
from escale.core.calendar.hours import Hours
from escale.core.visits.life import Cause, PointKind, Side

READY_BEFORE, NOTED_BEFORE = dt.timedelta(days=10), dt.timedelta(days=5)
GIVEN_UP, WITH_A_POINT = 17, 5
"""The half-days, by their rank, that the weather took and that were found cold; one in five sees somebody leave without help."""
LEFT_EACH, UNREADY_EACH = 5, 4
FEWEST, MOST = 4, 8
READY = PreparationAnswers(is_heated=True, has_private_office=True, is_room_free=True, has_keys=True, has_power=True)
FOUND = HoldingChecks(
    was_opened=True,
    was_heated=True,
    had_private_office=True,
    had_room=True,
    had_power=True,
    had_network=True,
    is_kit_complete=True,
)
COLD = HoldingChecks(was_opened=True, was_heated=False, had_private_office=True, had_room=True, had_power=True)
THEMES = (
    (Theme.PROCEDURES, Procedure.PAPERS),
    (Theme.EMAIL, None),
    (Theme.DEVICE, None),
    (Theme.PROCEDURES, Procedure.MONEY),
    (Theme.HEALTH, None),
    (Theme.PROCEDURES, Procedure.SOCIAL),
    (Theme.SECURITY, None),
    (Theme.BANKING, None),
    (Theme.BROWSING, None),
)
AGES = (AgeBand.FROM_70, AgeBand.FROM_60, AgeBand.FROM_40, AgeBand.FROM_70, AgeBand.FROM_25, AgeBand.FROM_60)
MINUTES = (15, 30, 30, 15, 45)


def mediators_of(epci: Epci) -> dict[int, User]:
    """Return the account of whoever holds each post."""
    held = Occupancy.objects.filter(post__epci=epci, mediator__user__isnull=False).select_related("mediator__user")
    return {row.post_id: row.mediator.user for row in held if row.mediator.user is not None}


def give_up(visit: Visit) -> None:
    """Let snow keep the mediator from coming."""
    with as_if_on(visit.date):
        cancel_visit(
            actor=ACTOR,
            visit=visit,
            side=Side.SERVICE,
            cause=Cause.WEATHER,
            force_majeure=True,
            reason="Verglas, routes fermées",
        )


def hold(visit: Visit, number: int, mediator: User) -> None:
    """Note who came to a half-day, and close it; it is written down on the day after."""
    starts = _starts(visit)
    with as_if_on(visit.date + dt.timedelta(days=1)):
        for rank in range(FEWEST + number % (MOST - FEWEST + 1)):
            log_record(actor=mediator, record=_entry(visit, number + rank, starts + dt.timedelta(minutes=20 * (rank + 1))))
        if number % LEFT_EACH == 1:
            tally(actor=mediator, visit=visit, kind=TallyKind.LEFT, key=uuid.uuid4(), entered_at=starts + dt.timedelta(hours=1))
        is_cold = number == WITH_A_POINT
        close(visit, mediator, COLD if is_cold else FOUND)
        if is_cold:
            note_point(actor=mediator, visit=visit, kind=PointKind.NOT_HEATED, words="14 degrés à l’arrivée")


def close(visit: Visit, mediator: User, checks: HoldingChecks = FOUND) -> None:
    """Close a half-day on the day after."""
    starts = _starts(visit)
    with as_if_on(visit.date + dt.timedelta(days=1)):
        report = HoldingReport(started_at=starts, ended_at=starts + dt.timedelta(minutes=_hours(visit).minutes), checks=checks)
        close_holding(actor=mediator, visit=visit, report=report)


def note_a_theft(mediators: dict[int, User], today: dt.date) -> None:
    """Let a mediator note what went wrong some days ago."""
    with as_if_on(today - NOTED_BEFORE):
        note_incident(actor=mediators[min(mediators)], kind=IncidentKind.EQUIPMENT, words="une souris a disparu (démonstration)")


def prepare(visit: Visit, number: int, desk: User | None, today: dt.date) -> None:
    """Let most mairies say that the place is ready, some days before."""
    if visit.date - today > READY_BEFORE or number % UNREADY_EACH == 0:
        return
    actor: Actor = desk or ACTOR
    confirm_visit(actor=actor, visit=visit, preparation=READY)


def _hours(visit: Visit) -> Hours:
    return value_of(visit.epci, HALF_DAY_AM if visit.half == Half.AM else HALF_DAY_PM)


def _starts(visit: Visit) -> dt.datetime:
    return dt.datetime.combine(visit.date, _hours(visit).starts, tzinfo=ZoneInfo(visit.epci.time_zone))


def _entry(visit: Visit, number: int, at: dt.datetime) -> RecordEntry:
    theme, procedure = THEMES[number % len(THEMES)]
    return RecordEntry(
        key=uuid.uuid4(),
        entered_at=at,
        visit=visit.uid,
        minutes=MINUTES[number % len(MINUTES)],
        themes=frozenset({theme}),
        procedures=frozenset() if procedure is None else frozenset({procedure}),
        age=AGES[number % len(AGES)],
        posture=Posture.TEACHES if number % 3 else Posture.ACCOMPANIES,
        is_first_time=number % 4 == 0,
        is_solved=number % 6 != 2,
    )
