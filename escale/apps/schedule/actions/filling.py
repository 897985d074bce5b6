"""Write down what a mairie answers: its wish, and what it says of its places, in one go or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.known import known_sheet, period_of, version_of, wish_of
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import Inquiry, PersonalLink, Wish
from escale.apps.schedule.sheets import PlaceSheet, RoomSheet, Sheet, faults_of, says_the_same
from escale.apps.territory import clock
from escale.apps.territory.actions import (
    add_premises,
    add_room,
    change_premises,
    change_room,
    order_premises,
    order_rooms,
    remove_key_holder,
    set_coverage,
    set_key_holder,
)
from escale.apps.territory.models import Commune, KeyHolder, Premises, Room
from escale.apps.territory.names import normalised
from escale.apps.territory.queries import service_windows
from escale.core.calendar.french import date_words

R = TypeVar("R", Premises, Room)

CHANGED = "changed"
"""The code of the error that says that somebody else answered meanwhile."""


@transaction.atomic
def answer_inquiry(*, actor: Actor, inquiry: Inquiry, commune: Commune, sheet: Sheet, seen: str) -> Wish:
    """Keep the answer of a commune, the first one or a corrected one; `seen` is the version that its author corrected.

    Raise ValidationError by field: those of a place are under « lieu-0-name », those of its rooms « lieu-0-salle-0-name ».
    The code CHANGED says that another answer came in between, and that this one says something else.
    """
    require(actor, "schedule.wishes", commune)
    Commune.objects.select_for_update().get(pk=commune.pk)
    inquiry.refresh_from_db(fields=["closes_on"])
    today = clock.today(inquiry.epci)
    if today > inquiry.closes_on:
        raise ValidationError(f"La consultation est close depuis le {date_words(inquiry.closes_on)}.")
    first, last = period_of(inquiry)
    if faults := faults_of(sheet, service=service_windows(inquiry.epci), first=first, last=last):
        raise ValidationError({name: [message] for name, message in faults.items()})
    known = wish_of(inquiry, commune)
    if known and version_of(known) != seen and not says_the_same(known_sheet(inquiry, commune, today), sheet):
        raise ValidationError("Quelqu’un de votre mairie a répondu entre-temps.", code=CHANGED)
    wish = _keep_wish(actor, known or Wish(epci=inquiry.epci, inquiry=inquiry, commune=commune), sheet)
    _keep_places(actor, commune, sheet.places)
    if isinstance(actor, LinkHolder):
        PersonalLink.objects.filter(pk=actor.link.pk).update(used_at=timezone.now())
    return wish


def _keep_wish(actor: Actor, wish: Wish, sheet: Sheet) -> Wish:
    wish.impossible = sorted(map(str, sheet.impossible))
    wish.wished = sorted(map(str, sheet.wished))
    wish.market = str(sheet.market or "")
    wish.market_effect = sheet.market_effect.value
    wish.closed_days = sorted(day.isoformat() for day in sheet.closed_days)
    wish.comment = sheet.comment.strip()
    wish.answered_at = timezone.now()
    wish.full_clean()
    wish.save()
    events.record("schedule.inquiry_answered", actor=actor, epci=wish.epci.siren, subject=wish)
    return wish


def _keep_places(actor: Actor, commune: Commune, sheets: tuple[PlaceSheet, ...]) -> None:
    known = {place.pk: place for place in Premises.objects.filter(commune=commune)}
    places = []
    for number, sheet in enumerate(sheets):
        with _under(f"lieu-{number}"):
            place = _keep_place(actor, commune, _row_of(sheet, known), sheet)
        places.append(place)
        _keep_rooms(actor, place, sheet.rooms, f"lieu-{number}")
    order_premises(actor=actor, commune=commune, premises=places)


def _keep_place(actor: Actor, commune: Commune, known: Premises | None, sheet: PlaceSheet) -> Premises:
    if known is None:
        place = add_premises(
            actor=actor,
            commune=commune,
            name=sheet.name,
            address=sheet.address,
            morning_start=sheet.morning_start,
            afternoon_start=sheet.afternoon_start,
        )
    else:
        place = change_premises(
            actor=actor,
            premises=known,
            name=sheet.name,
            address=sheet.address,
            morning_start=sheet.morning_start,
            afternoon_start=sheet.afternoon_start,
        )
    for operator, signal in sheet.signals.items():
        set_coverage(actor=actor, premises=place, operator=operator, signal=signal)
    _keep_holders(actor, place, sheet)
    return place


def _keep_holders(actor: Actor, place: Premises, sheet: PlaceSheet) -> None:
    for rank, holder in enumerate(sheet.holders, start=1):
        if holder is not None:
            set_key_holder(actor=actor, premises=place, rank=rank, name=holder.name, phone=holder.phone)
        elif gone := KeyHolder.objects.filter(premises=place, rank=rank).first():
            remove_key_holder(actor=actor, holder=gone)


def _keep_rooms(actor: Actor, place: Premises, sheets: tuple[RoomSheet, ...], prefix: str) -> None:
    known = {room.pk: room for room in place.rooms.all()}
    rooms = []
    for number, sheet in enumerate(sheets):
        with _under(f"{prefix}-salle-{number}"):
            rooms.append(_keep_room(actor, place, _row_of(sheet, known), sheet))
    order_rooms(actor=actor, premises=place, rooms=rooms)


def _keep_room(actor: Actor, place: Premises, known: Room | None, sheet: RoomSheet) -> Room:
    if known is None:
        return add_room(
            actor=actor,
            premises=place,
            name=sheet.name,
            is_private=sheet.is_private,
            is_heated=sheet.is_heated,
            sockets=sheet.sockets,
        )
    return change_room(
        actor=actor,
        room=known,
        name=sheet.name,
        is_private=sheet.is_private,
        is_heated=sheet.is_heated,
        sockets=sheet.sockets,
    )


def _row_of(sheet: PlaceSheet | RoomSheet, known: Mapping[int, R]) -> R | None:
    """Return the row that a part of the sheet is about: the one it names, or for a new one that of the same name."""
    if sheet.key is not None and sheet.key in known:
        return known[sheet.key]
    return next((row for row in known.values() if normalised(row.name) == normalised(sheet.name)), None)


@contextmanager
def _under(prefix: str) -> Iterator[None]:
    """Name the fields of a refusal after the part of the sheet where they stand."""
    try:
        yield
    except ValidationError as refusal:
        errors = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}
        # What concerns a place as a whole is shown beside its name.
        raise ValidationError(
            {f"{prefix}-{'name' if field == NON_FIELD_ERRORS else field}": found for field, found in errors.items()}
        ) from None
