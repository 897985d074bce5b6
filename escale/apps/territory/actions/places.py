"""Write the places where people are received, their rooms, their closures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypedDict, TypeVar, Unpack

from django.db import transaction
from django.db.models import Max

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory.models import Closure, Commune, Coverage, Premises, Room
from escale.apps.territory.models.premises import Operator, Signal
from escale.apps.territory.queries import siren_of
from escale.apps.territory.saving import save_row

Ranked = TypeVar("Ranked", Premises, Room)


class PremisesFields(TypedDict, total=False):
    """What is said of a place."""

    name: str
    rank: int
    address: str
    latitude: float | None
    longitude: float | None
    morning_start: dt.time | None
    afternoon_start: dt.time | None
    steps: int | None
    parking: str
    entry_code: str
    starts: dt.date | None
    ends: dt.date | None


class RoomFields(TypedDict, total=False):
    """What is said of a room."""

    name: str
    rank: int
    is_private: bool
    is_heated: bool
    seats: int | None
    sockets: int | None


@transaction.atomic
def add_premises(*, actor: Actor, commune: Commune, **fields: Unpack[PremisesFields]) -> Premises:
    """Add a place to a commune; without a rank it comes after the places that are there."""
    require(actor, "premises.manage", commune)
    Commune.objects.select_for_update().get(pk=commune.pk)
    fields.setdefault("rank", _next_rank(Premises.objects.filter(commune=commune).aggregate(Max("rank"))))
    values = {"commune": commune, **fields}
    return save_row(Premises(), values, event="territory.premises_added", actor=actor, epci=siren_of(commune))


@transaction.atomic
def change_premises(*, actor: Actor, premises: Premises, **fields: Unpack[PremisesFields]) -> Premises:
    """Change what is said of a place."""
    require(actor, "premises.manage", premises)
    siren = siren_of(premises.commune)
    return save_row(premises, dict(fields), event="territory.premises_changed", actor=actor, epci=siren)


@transaction.atomic
def add_room(*, actor: Actor, premises: Premises, **fields: Unpack[RoomFields]) -> Room:
    """Add a room to a place; without a rank it comes after the rooms that are there."""
    require(actor, "premises.manage", premises)
    Premises.objects.select_for_update().get(pk=premises.pk)
    fields.setdefault("rank", _next_rank(Room.objects.filter(premises=premises).aggregate(Max("rank"))))
    values = {"premises": premises, **fields}
    return save_row(Room(), values, event="territory.room_added", actor=actor, epci=siren_of(premises.commune))


@transaction.atomic
def change_room(*, actor: Actor, room: Room, **fields: Unpack[RoomFields]) -> Room:
    """Change what is said of a room."""
    require(actor, "premises.manage", room)
    siren = siren_of(room.premises.commune)
    return save_row(room, dict(fields), event="territory.room_changed", actor=actor, epci=siren)


@transaction.atomic
def order_premises(*, actor: Actor, commune: Commune, premises: Sequence[Premises]) -> None:
    """Put the places of a commune in order of preference; those that are not named come after, as they stood."""
    require(actor, "premises.manage", commune)
    Commune.objects.select_for_update().get(pk=commune.pk)
    if _renumber(list(Premises.objects.filter(commune=commune).order_by("rank")), [place.pk for place in premises]):
        events.record("territory.premises_ordered", actor=actor, epci=siren_of(commune), subject=commune)


@transaction.atomic
def order_rooms(*, actor: Actor, premises: Premises, rooms: Sequence[Room]) -> None:
    """Put the rooms of a place in order of preference; those that are not named come after, as they stood."""
    require(actor, "premises.manage", premises)
    Premises.objects.select_for_update().get(pk=premises.pk)
    if _renumber(list(Room.objects.filter(premises=premises).order_by("rank")), [room.pk for room in rooms]):
        events.record("territory.rooms_ordered", actor=actor, epci=siren_of(premises.commune), subject=premises)


@transaction.atomic
def set_coverage(*, actor: Actor, premises: Premises, operator: Operator, signal: Signal) -> Coverage:
    """Say how a mobile network is received in a place."""
    require(actor, "premises.manage", premises)
    known = Coverage.objects.select_for_update().filter(premises=premises, operator=operator.value).first()
    values = {"premises": premises, "operator": operator.value, "signal": signal.value}
    siren = siren_of(premises.commune)
    return save_row(known or Coverage(), values, event="territory.coverage_set", actor=actor, epci=siren)


@transaction.atomic
def close_premises(*, actor: Actor, premises: Premises, starts: dt.date, ends: dt.date, reason: str = "") -> Closure:
    """Say that a place cannot be used from one day to another, both included."""
    require(actor, "premises.manage", premises)
    values = {"premises": premises, "starts": starts, "ends": ends, "reason": reason.strip()}
    siren = siren_of(premises.commune)
    return save_row(Closure(), values, event="territory.premises_closed", actor=actor, epci=siren)


@transaction.atomic
def reopen_premises(*, actor: Actor, closure: Closure) -> None:
    """Take a closure back."""
    require(actor, "premises.manage", closure)
    siren = siren_of(closure.premises.commune)
    events.record("territory.premises_reopened", actor=actor, epci=siren, subject=closure)
    closure.delete()


def _renumber(rows: Sequence[Ranked], first: Sequence[int]) -> bool:
    """Number rows from 1, those of `first` at the front; tell whether anything changed."""
    places = {key: place for place, key in enumerate(first)}
    ordered = sorted(rows, key=lambda row: places.get(row.pk, len(places)))
    if all(row.rank == rank for rank, row in enumerate(ordered, start=1)):
        return False
    # Two rows never have the same rank, not even on the way: all leave first.
    beyond = max(row.rank for row in rows) + len(rows)
    for start in (beyond, 1):
        for rank, row in enumerate(ordered, start=start):
            row.rank = rank
            row.save(update_fields=["rank"])
    return True


def _next_rank(highest: dict[str, int | None]) -> int:
    return (highest["rank__max"] or 0) + 1
