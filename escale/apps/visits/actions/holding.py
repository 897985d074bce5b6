"""The mediator holds a half-day: begun on arrival with what was found there, closed once at its end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.actions.stepping import check_coming, check_step, lock, save_visit, take_step, tell
from escale.apps.visits.answers import HoldingChecks, HoldingReport
from escale.apps.visits.authors import author_of
from escale.apps.visits.models import Holding, Visit
from escale.apps.visits.texts import read_words
from escale.core.visits.life import VisitState

FORWARD = dt.timedelta(hours=2)
"""How far ahead the clock of a telephone may be without anybody losing a half-day that was held."""


class HoldingConflict(ValidationError):  # noqa: N818 -- a conflict is no mistake: both versions are shown
    """A half-day was closed already, and told otherwise: `kept` is what stands, `given` what came after; both are shown."""

    def __init__(self, kept: Holding, given: HoldingReport) -> None:
        told = f"Ce passage a déjà été clos par {author_of(kept.closed_by)} avec d’autres réponses ; comparer les deux versions."
        super().__init__({"state": told})
        self.kept, self.given = kept, given


@transaction.atomic
def begin_holding(*, actor: Actor, visit: Visit, started_at: dt.datetime, checks: HoldingChecks | None = None) -> Holding:
    """Note that the mediator is there since an hour, and what they found; said again, the last answers are kept."""
    require(actor, "visits.hold", visit)
    row = lock(visit)
    check_coming(row)
    _refuse_hour(row, "started_at", started_at)
    values = {"started_at": started_at, **(checks or HoldingChecks()).known}
    held: Holding
    held, is_new = Holding.objects.select_for_update(of=("self",)).update_or_create(visit=row, defaults=values)
    held.full_clean(exclude=["visit"])
    tell("visits.begun", actor=actor, visit=row, again=not is_new)
    return held


@transaction.atomic
def close_holding(*, actor: Actor, visit: Visit, report: HoldingReport) -> Holding:
    """Close a half-day, which is then held. The same report again is the same row; another one raises HoldingConflict."""
    require(actor, "visits.hold", visit)
    row = lock(visit)
    held: Holding = Holding.objects.filter(visit=row).first() or Holding(visit=row)
    values = _read(row, report)
    if held.closed_at is not None:
        if any(getattr(held, name) != value for name, value in values.items()):
            raise HoldingConflict(held, report)
        return held
    check_step(row, VisitState.HELD)
    for name, value in values.items():
        setattr(held, name, value)
    held.closed_at, held.closed_by, held.device_time = clock.moment(row.epci), actor.actor_id, report.device_time
    held.full_clean(exclude=["visit"])
    held.save()
    take_step(row, VisitState.HELD)
    save_visit(row)
    tell("visits.held", actor=actor, visit=row, is_shortened=held.is_shortened, to_finish=held.to_finish)
    return held


@transaction.atomic
def correct_holding(*, actor: Actor, visit: Visit, report: HoldingReport) -> Holding:
    """Tell otherwise how a closed half-day was held, once someone has read both versions and chosen this one."""
    require(actor, "visits.hold", visit)
    row = lock(visit)
    held: Holding | None = Holding.objects.filter(visit=row, closed_at__isnull=False).first()
    if held is None:
        raise refuse("state", "Ce passage n’est pas encore clos ; le clore d’abord.")
    values = _read(row, report)
    changed = sorted(name for name, value in values.items() if getattr(held, name) != value)
    if not changed:
        return held
    for name in changed:
        setattr(held, name, values[name])
    held.closed_by, held.device_time = actor.actor_id, report.device_time
    held.full_clean(exclude=["visit"])
    held.save()
    tell("visits.holding_corrected", actor=actor, visit=row, changed=changed)
    return held


def _read(visit: Visit, report: HoldingReport) -> dict[str, Any]:
    _refuse_hour(visit, "started_at", report.started_at)
    _refuse_hour(visit, "ended_at", report.ended_at)
    if report.ended_at <= report.started_at:
        raise refuse("ended_at", "La fin vient après le début ; corriger l’une des deux heures.")
    words = read_words("words", report.words, today=clock.today(visit.epci))
    return {**report.values, "words": words}


def _refuse_hour(visit: Visit, field: str, hour: dt.datetime) -> None:
    """Refuse an hour of another day than that of the half-day, or of the future."""
    now = clock.moment(visit.epci)
    if hour.astimezone(now.tzinfo).date() != visit.date:
        raise refuse(field, "Cette heure est d’un autre jour que le passage ; la corriger.")
    if hour > now + FORWARD:
        raise refuse(field, "Cette heure n’est pas encore passée ; la corriger.")
