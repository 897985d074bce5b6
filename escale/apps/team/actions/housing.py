"""Where the team works beside the half-days: meeting rooms for trainings (art. 7), permanences in médiathèques (art. 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import MeetingRoom, Permanence, Post, RoomBooking
from escale.apps.team.texts import one_line
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import service_windows
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import date_words
from escale.core.calendar.halfdays import WEEKDAY_WORDS, Half, Weekday, Window


@transaction.atomic
def open_meeting_room(
    *, actor: Actor, epci: Epci, commune: Commune, name: str, address: str, seats: int, starts: dt.date
) -> MeetingRoom:
    """Put a room at the disposal of trainings, from a day on."""
    require(actor, "team.manage", epci)
    values = {
        "epci": epci,
        "commune": commune,
        "name": " ".join(name.split()),
        "address": " ".join(address.split()),
        "seats": seats,
        "starts": starts,
    }
    return save_row(MeetingRoom(), values, event="team.room_opened", actor=actor, epci=epci.siren)


@transaction.atomic
def close_meeting_room(*, actor: Actor, room: MeetingRoom, ends: dt.date) -> MeetingRoom:
    """Say the last day of a room; what is booked later has to be moved before."""
    require(actor, "team.manage", room)
    MeetingRoom.objects.select_for_update().get(pk=room.pk)
    if later := RoomBooking.objects.filter(room=room, date__gt=ends).first():
        raise refuse("ends", f"La salle est réservée le {date_words(later.date)} ({later.subject}) ; annuler d’abord cela.")
    return save_row(room, {"ends": ends}, event="team.room_closed", actor=actor, epci=room.epci.siren)


@transaction.atomic
def book_room(*, actor: Actor, room: MeetingRoom, date: dt.date, halves: Collection[Half], subject: str) -> list[RoomBooking]:
    """Take a room for one half-day or both; all that is asked, or nothing."""
    require(actor, "team.equip", room)
    locked = MeetingRoom.objects.select_for_update().get(pk=room.pk)
    today = clock.today(room.epci)
    if date < today:
        raise refuse("date", "Ce jour est passé ; choisir une date à venir.")
    if not locked.holds_on(date):
        raise refuse("date", "La salle n’est pas ouverte aux formations ce jour-là ; choisir une autre date.")
    if not halves:
        raise refuse("halves", "Choisir le matin, l’après-midi ou la journée.")
    words = one_line("subject", subject, today=today)
    taken = RoomBooking.objects.filter(room=room, date=date, half__in=[half.value for half in halves]).first()
    if taken:
        raise refuse("date", f"La salle est déjà prise ({taken.subject}) ; choisir une autre salle ou une autre date.")
    return [
        save_row(
            RoomBooking(),
            {"room": room, "date": date, "half": half.value, "subject": words},
            event="team.room_booked",
            actor=actor,
            epci=room.epci.siren,
        )
        for half in sorted(halves)
    ]


@transaction.atomic
def cancel_room(*, actor: Actor, booking: RoomBooking) -> None:
    """Free a half-day of a room."""
    require(actor, "team.equip", booking)
    events.record("team.room_freed", actor=actor, epci=booking.room.epci.siren, subject=booking)
    booking.delete()


@transaction.atomic
def open_permanence(
    *,
    actor: Actor,
    post: Post,
    commune: Commune,
    place: str,
    window: Window,
    opens: dt.time,
    closes: dt.time,
    starts: dt.date,
    every: int = 1,
    address: str = "",
    ends: dt.date | None = None,
) -> Permanence:
    """Put a post in a place on a half-day of the week, every so many weeks from a day on.

    Raise ValidationError for a half-day that art. 4 gives to the communes, and when the post is elsewhere on one of the days.
    """
    require(actor, "team.manage", post)
    Post.objects.select_for_update().get(pk=post.pk)
    if window in service_windows(post.epci):
        raise refuse("window", f"Le {window.words} est aux communes (art. 4) ; choisir une autre demi-journée.")
    first = _first_on(window.weekday, starts)
    values = {
        "epci": post.epci,
        "post": post,
        "commune": commune,
        "place": " ".join(place.split()),
        "address": " ".join(address.split()),
        "weekday": window.weekday.value,
        "half": window.half.value,
        "opens": opens,
        "closes": closes,
        "every": every,
        "starts": first,
        "ends": ends,
    }
    row = save_row(Permanence(), values, event="team.permanence_opened", actor=actor, epci=post.epci.siren)
    _refuse_two_places(row)
    return row


@transaction.atomic
def end_permanence(*, actor: Actor, permanence: Permanence, ends: dt.date) -> Permanence | None:
    """Say the last day of a permanence; one that has not begun goes away, and None is returned."""
    require(actor, "team.manage", permanence)
    if permanence.starts is not None and ends < permanence.starts:
        events.record("team.permanence_dropped", actor=actor, epci=permanence.epci.siren, subject=permanence)
        permanence.delete()
        return None
    return save_row(permanence, {"ends": ends}, event="team.permanence_ended", actor=actor, epci=permanence.epci.siren)


def _first_on(weekday: Weekday, day: dt.date) -> dt.date:
    """Return the first such weekday from a day on: weeks are counted from it."""
    return day + dt.timedelta(days=(weekday - day.weekday()) % len(WEEKDAY_WORDS))


def _refuse_two_places(row: Permanence) -> None:
    """Keep a post in one place at a time: rhythms that never meet may share the half-day."""
    others = Permanence.objects.filter(post=row.post, weekday=row.weekday, half=row.half).exclude(pk=row.pk)
    for other in others.between(row.first_day, row.ends or dt.date.max):
        if row.rotation.meets(other.rotation):
            raise refuse("starts", f"Ce poste est déjà à {other.place} certains de ces jours ; changer la semaine ou le rythme.")
