"""A half-day changes by itself: another day, another post, another room, or a new one that makes up for it (art. 4).

A one-off move needs no avenant; a change of the usual day is made by an avenant and a new tour.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.territory.models import Premises, Room
from escale.apps.territory.saving import refuse
from escale.apps.visits.actions.stepping import check_coming, lock, require_side, save_visit, tell
from escale.apps.visits.matching import place_of, told_move
from escale.apps.visits.models import Preparation, Visit
from escale.apps.visits.possible import refuse_impossible
from escale.apps.visits.texts import read_words
from escale.core.calendar.halfdays import Half
from escale.core.visits.life import Side, VisitState


@transaction.atomic
def move_visit(*, actor: Actor, visit: Visit, date: dt.date, half: Half, post: Post | None = None, reason: str) -> Visit:
    """Move a half-day, which keeps its uid and its origin. What the commune made ready was for another day.

    Raise ValidationError beside « date », « half » or « post » when it cannot be held there.
    """
    require(actor, "visits.move", visit)
    row = lock(visit)
    check_coming(row)
    before, after = place_of(row), ((post or row.post).pk, date, half.value)
    if before == after:
        raise refuse("date", "Le passage est déjà sur cette demi-journée ; en choisir une autre.")
    refuse_impossible(row.epci, row.commune, after, but=row)
    row.reason = read_words("reason", reason, today=clock.today(row.epci))
    if before[1:] != after[1:]:
        _another_day(row)
    _put(row, post or row.post, date, half)
    tell("visits.moved", actor=actor, visit=row, moved=[told_move(row.pk, before, after)])
    return row


@transaction.atomic
def hand_over_visit(*, actor: Actor, visit: Visit, post: Post, reason: str = "") -> Visit:
    """Give a half-day to a colleague who is free: it stays where and when it is, and what the commune made ready holds.

    Anyone of the service may do it; raise ValidationError beside « post » when the colleague is not free.
    """
    require_side(actor, "visits.cancel", visit, Side.SERVICE)
    row = lock(visit)
    check_coming(row)
    before, after = place_of(row), (post.pk, row.date, row.half)
    if before == after:
        raise refuse("post", "Ce poste tient déjà ce passage ; en choisir un autre.")
    refuse_impossible(row.epci, row.commune, after, but=row)
    row.reason = read_words("reason", reason, today=clock.today(row.epci))
    _put(row, post, row.date, Half(row.half))
    tell("visits.handed_over", actor=actor, visit=row, moved=[told_move(row.pk, before, after)])
    return row


@transaction.atomic
def change_room(*, actor: Actor, visit: Visit, premises: Premises, room: Room | None = None, reason: str = "") -> Visit:
    """Hold one half-day in another place of the commune; everybody reads it at once."""
    require(actor, "visits.cancel", visit)
    row = lock(visit)
    check_coming(row)
    if premises.commune_id != row.commune_id or (room is not None and room.premises_id != premises.pk):
        raise refuse("premises", "Ce lieu n’est pas de la commune ; en choisir un autre.")
    if not Premises.objects.filter(pk=premises.pk).open_on(row.date).exists():
        raise refuse("premises", "Ce lieu est fermé ce jour-là ; en choisir un autre.")
    if (row.premises_id, row.room_id) == (premises.pk, room.pk if room else None):
        return row
    row.premises, row.room = premises, room
    row.reason = read_words("reason", reason, today=clock.today(row.epci))
    row.sequence += 1
    save_visit(row)
    tell("visits.room_changed", actor=actor, visit=row, premises=premises.pk)
    return row


@transaction.atomic
def make_up_visit(*, actor: Actor, visit: Visit, date: dt.date, half: Half, post: Post) -> Visit:
    """Plan the half-day that makes up for one that was given up; it keeps the promise of the same month (art. 4)."""
    require(actor, "visits.move", visit)
    lost = lock(visit)
    if lost.stands or not hasattr(lost, "cancellation"):
        raise refuse("state", "Ce passage n’est pas à rattraper ; le déplacer s’il est encore à venir.")
    if Visit.objects.standing().filter(makes_up=lost).exists():
        raise refuse("state", "Un rattrapage est déjà prévu pour ce passage ; le déplacer.")
    if (date, half.value) == (lost.date, lost.half):
        raise refuse("date", "C’est la demi-journée qui n’a pas lieu ; en choisir une autre.")
    refuse_impossible(lost.epci, lost.commune, (post.pk, date, half.value))
    made = Visit(
        epci=lost.epci,
        commune=lost.commune,
        post=post,
        date=date,
        half=half.value,
        for_month=lost.for_month,
        origin_date=date,
        origin_half=half.value,
        makes_up=lost,
        is_apart=True,
    )
    save_visit(made)
    tell("visits.made_up", actor=actor, visit=made, created=[made], makes_up=lost.pk)
    return made


def _another_day(row: Visit) -> None:
    row.state = VisitState.PLANNED.value
    row.premises, row.room = None, None
    Preparation.objects.filter(visit=row).delete()


def _put(row: Visit, post: Post, date: dt.date, half: Half) -> None:
    row.post, row.date, row.half = post, date, half.value
    row.is_apart = True
    row.sequence += 1
    save_visit(row)
