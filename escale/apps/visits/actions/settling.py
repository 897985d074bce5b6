"""The one writer of visits: it makes those of some months what is promised now, and says what became of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.matching import Matching, Move, Promise, match_visits, place_of, told_move
from escale.apps.visits.models import Visit, VisitState
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.months import Month

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of the visits of some months."""

    created: tuple[Visit, ...]
    moved: tuple[Visit, ...]
    cancelled: tuple[Visit, ...]
    kept: tuple[Visit, ...]


@transaction.atomic
def settle_months(
    *,
    actor: Actor,
    epci: Epci,
    months: Collection[Month],
    promises: Iterable[Promise],
    today: dt.date,
    reason: str,
    communes: Collection[int] | None = None,
    first_time: Collection[Month] = (),
    outside: Collection[int] = (),
) -> Settlement:
    """Make the visits that keep the promise of some months those that are promised now; only of some `communes`, when given.

    A visit that moves keeps its uid and counts one more change; what is before `today`, held or agreed apart stays, and what was
    given up is not promised again. `first_time` names the months that are promised for the first time, whose past is written
    down too, and `outside` the visits of days on which their commune no longer takes part: even what was agreed apart goes.
    Raise ValidationError, and write nothing, when a half-day is taken by a visit of another month.
    """
    require(actor, "visits.settle", epci)
    written = {str(month) for month in months}
    rows = Visit.objects.select_for_update().filter(epci=epci, for_month__in=written).standing()
    if communes is not None:
        rows = rows.filter(commune__in=communes)
    given_up = Visit.objects.filter(epci=epci, for_month__in=written).given_up().select_related("cancellation")
    known = {str(month) for month in first_time}
    found = match_visits(rows, promises, today=today, first_time=known, given_up=given_up, outside=outside)
    _refuse_taken(epci, found)
    now = timezone.now()
    # All places are left first, then taken: two visits may take each other's place.
    leaving = [move.visit.pk for move in found.moved] + [visit.pk for visit in found.cancelled]
    Visit.objects.filter(pk__in=leaving).update(state=VisitState.CANCELLED.value, reason=reason, changed_at=now)
    told = [told_move(move.visit.pk, place_of(move.visit), move.promise.place) for move in found.moved]
    for visit in found.cancelled:
        visit.state, visit.reason, visit.changed_at = VisitState.CANCELLED.value, reason, now
        visit.sequence += 1
    for move in found.moved:
        _take_place(move, reason, now)
    moved = [move.visit for move in found.moved]
    fields = ["post", "date", "half", "sequence", "state", "reason", "changed_at", "premises", "room"]
    Visit.objects.bulk_update([*found.cancelled, *moved], fields, batch_size=AT_ONCE)
    created = Visit.objects.bulk_create([_new(epci, promise, now) for promise in found.created], batch_size=AT_ONCE)
    if created or leaving:
        events.record(
            "visits.settled",
            actor=actor,
            epci=epci.siren,
            subject=epci,
            months=sorted(written),
            reason=reason,
            created=[visit.pk for visit in created],
            moved=told,
            cancelled=[visit.pk for visit in found.cancelled],
        )
    return Settlement(created=tuple(created), moved=tuple(moved), cancelled=found.cancelled, kept=found.kept)


def _new(epci: Epci, promise: Promise, now: dt.datetime) -> Visit:
    return Visit(
        epci=epci,
        commune_id=promise.commune,
        post_id=promise.post,
        date=promise.date,
        half=promise.half,
        for_month=promise.for_month,
        origin_date=promise.date,
        origin_half=promise.half,
        makes_up_id=promise.makes_up,
        changed_at=now,
    )


def _take_place(move: Move, reason: str, now: dt.datetime) -> None:
    visit, promise = move.visit, move.promise
    if move.is_seen:
        # What the commune made ready was for another day.
        visit.state = VisitState.PLANNED.value
        visit.premises, visit.room = None, None
    visit.post_id, visit.date, visit.half = promise.post, promise.date, promise.half
    visit.sequence += 1
    visit.reason, visit.changed_at = reason, now


def _refuse_taken(epci: Epci, found: Matching) -> None:
    """Refuse a half-day that a visit of another month holds, such as the make-up of an earlier one."""
    taking = [*found.created, *(move.promise for move in found.moved)]
    if not taking:
        return
    leaving = {move.visit.pk for move in found.moved} | {visit.pk for visit in found.cancelled}
    dates = {promise.date for promise in taking}
    others = Visit.objects.filter(epci=epci, date__in=dates).standing().exclude(pk__in=leaving).select_related("commune")
    by_post = {place_of(visit): visit for visit in others}
    by_commune = {(visit.commune_id, visit.date, visit.half): visit for visit in others}
    blocked = [
        (promise, other)
        for promise in taking
        if (other := by_post.get(promise.place) or by_commune.get((promise.commune, promise.date, promise.half)))
    ]
    if blocked:
        names = Commune.objects.in_bulk({promise.commune for promise, _ in blocked})
        raise ValidationError([_taken_words(names[promise.commune], promise, other) for promise, other in blocked])


def _taken_words(commune: Commune, promise: Promise, other: Visit) -> str:
    when = f"{weekday_date_words(promise.date)} {HALF_WORDS[Half(promise.half)]}"
    return (
        f"{commune}, {when} : la demi-journée est prise par {other.commune}, dans un mois qui n’est pas publié maintenant. "
        "Publier aussi ce mois, ou choisir une autre demi-journée."
    )
