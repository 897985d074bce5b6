"""The two parts of a half-day, and the slots of its hour of appointments (art. 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.hours import Hours

APPOINTMENT_MINUTES = 60
"""Art. 4: « 1h pour des rendez-vous individuels »."""
SHORTEST_SLOT = 10
MOST_IN_A_ROW = 2
"""One appointment takes one slot, or two in a row."""


class Position(StrEnum):
    """Where the hour of appointments lies in the half-day."""

    FIRST = "FIRST"
    LAST = "LAST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How the hour of appointments is cut: where it lies, and the minutes of a slot, which divide the hour."""

    minutes: int
    position: Position

    def __post_init__(self) -> None:
        if not divides_the_hour(self.minutes):
            raise ValueError(
                f"Un créneau de {self.minutes} minutes ne partage pas l’heure des rendez-vous ; choisir 15, 20, 30 ou 60 minutes."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A numbered part of the hour of appointments; the first one is 1."""

    number: int
    hours: Hours


def divides_the_hour(minutes: int) -> bool:
    """Tell whether slots of so many minutes fill the hour, and are long enough for someone to sit down."""
    return SHORTEST_SLOT <= minutes <= APPOINTMENT_MINUTES and APPOINTMENT_MINUTES % minutes == 0


def parts_of(hours: Hours, position: Position) -> tuple[Hours, Hours]:
    """Return the hours without an appointment and the hour of appointments of a half-day (art. 4)."""
    if position is Position.FIRST:
        by_appointment, walk_in = hours.split(APPOINTMENT_MINUTES)
    else:
        walk_in, by_appointment = hours.split(hours.minutes - APPOINTMENT_MINUTES)
    return walk_in, by_appointment


def slots_of(hours: Hours, grid: Grid) -> tuple[Slot, ...]:
    """Return the slots of a half-day: its hour of appointments, cut by the grid."""
    _, by_appointment = parts_of(hours, grid.position)
    return cut(by_appointment, grid.minutes)


def cut(hours: Hours, minutes: int) -> tuple[Slot, ...]:
    """Return the slots of so many minutes that fill some hours. Raise ValueError when they do not fill them exactly."""
    if minutes <= 0 or hours.minutes % minutes:
        raise ValueError(f"{hours} ne se partage pas en créneaux de {minutes} minutes.")
    first = hours.starts.hour * 60 + hours.starts.minute
    return tuple(
        Slot(number=number + 1, hours=Hours(starts=_time(first + number * minutes), ends=_time(first + (number + 1) * minutes)))
        for number in range(hours.minutes // minutes)
    )


def free_starts(slots: Sequence[Slot], taken: Collection[int], count: int) -> tuple[int, ...]:
    """Return the numbers from which `count` slots in a row are free."""
    free = {slot.number for slot in slots} - set(taken)
    return tuple(slot.number for slot in slots if free.issuperset(range(slot.number, slot.number + count)))


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)
