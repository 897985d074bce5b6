"""Prepare workshops, one or a whole cycle, and change those that are still to come."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse
from escale.apps.workshops.actions.seating import ACTOR, promote_waiting, set_places
from escale.apps.workshops.actions.telling import must_learn
from escale.apps.workshops.checking import communes_of, refuse_past, values_of_plan
from escale.apps.workshops.labels import WORKSHOP_STATES
from escale.apps.workshops.locking import lock_workshop
from escale.apps.workshops.models import Hold, Registration, Workshop
from escale.apps.workshops.obstacles import obstacles_between
from escale.apps.workshops.plans import WorkshopPlan
from escale.core.calendar.french import weekday_date_words
from escale.core.workshops.cycles import Cycle, cycle_days, last_of_search
from escale.core.workshops.states import News, WorkshopState

TAKEN = "Ce poste ou cette malle vient d’être pris pour un autre atelier ; recharger la page et choisir une autre date."
TOLD = ("date", "starts", "ends", "premises", "room", "address", "host")
"""What people who are registered have to learn when it changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The sessions of a cycle, and the days that were skipped, each with its reason."""

    workshops: Sequence[Workshop]
    skipped: Sequence[tuple[dt.date, str]]


@transaction.atomic
def prepare_workshop(*, actor: Actor, epci: Epci, plan: WorkshopPlan, key: uuid.UUID | None = None) -> Workshop:
    """Write a workshop, that its communes do not see yet; `key` makes a second click the same one.

    Raise ValidationError beside each field that refuses.
    """
    _lock(actor, epci)
    if key is not None and (done := Workshop.objects.filter(uid=key, epci=epci).first()) is not None:
        return done
    _refuse_day(epci, plan)
    return _write(actor, epci, plan, uid=key or uuid.uuid4())


@transaction.atomic
def prepare_cycle(*, actor: Actor, epci: Epci, plan: WorkshopPlan, cycle: Cycle, key: uuid.UUID | None = None) -> Prepared:
    """Write the sessions of a cycle; days that are closed or taken are skipped and told, and it goes on until it has them all."""
    _lock(actor, epci)
    name = key or uuid.uuid4()
    if done := list(Workshop.objects.filter(cycle=name, epci=epci)):
        return Prepared(workshops=done, skipped=())
    refuse_past(epci, cycle.first)
    found = cycle_days(cycle, obstacles_between(epci, plan, cycle.first, last_of_search(cycle)))
    if not found.days:
        raise refuse("date", f"Aucune séance n’est possible : {found.skipped[0][1]}. Choisir un autre jour ou un autre poste.")
    rows = [_write(actor, epci, replace(plan, date=day), cycle=name) for day in found.days]
    return Prepared(workshops=rows, skipped=found.skipped)


@transaction.atomic
def change_workshop(*, actor: Actor, workshop: Workshop, plan: WorkshopPlan) -> Workshop:
    """Change a workshop that is still to come; those who registered learn its new day, hours or place.

    Raise ValidationError beside each field that refuses: fewer places than people, another public once people registered.
    """
    row = lock_workshop(workshop.pk)
    require(actor, "workshops.manage", row)
    if not row.is_coming:
        raise refuse("state", f"Cet atelier est noté « {WORKSHOP_STATES[WorkshopState(row.state)]} » : il ne change plus.")
    values = values_of_plan(row.epci, plan)
    _refuse_people(row, plan, values["places"])
    _refuse_day(row.epci, plan, besides=row)
    moved = sorted(name for name in TOLD if getattr(row, name) != values[name])
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name, value in values.items():
        setattr(row, name, value)
    row.sequence += bool(moved)
    row.full_clean()
    row.save()
    row.communes.set(communes_of(row.epci, plan))
    set_places(row)
    _hold(row, plan)
    people = must_learn(row, News.CHANGED) if moved and row.is_open else []
    events.record("workshops.changed", actor=actor, epci=row.epci.siren, subject=row, changed=changed)
    if moved and row.is_open:
        events.record("workshops.moved", actor=actor, epci=row.epci.siren, subject=row, changed=moved, registrations=people)
    promote_waiting(actor=ACTOR, workshop=row)
    return row


def _lock(actor: Actor, epci: Epci) -> None:
    """Two clicks at the same moment: the second waits here, then finds what the first wrote."""
    require(actor, "workshops.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)


def _write(
    actor: Actor, epci: Epci, plan: WorkshopPlan, *, uid: uuid.UUID | None = None, cycle: uuid.UUID | None = None
) -> Workshop:
    row = Workshop(uid=uid or uuid.uuid4(), cycle=cycle, epci=epci, state_at=clock.moment(epci), **values_of_plan(epci, plan))
    row.full_clean()
    row.save()
    row.communes.set(communes_of(epci, plan))
    set_places(row)
    _hold(row, plan)
    events.record("workshops.prepared", actor=actor, epci=epci.siren, subject=row, places=row.places)
    return row


def _hold(workshop: Workshop, plan: WorkshopPlan) -> None:
    workshop.holds.all().delete()
    when = [{"date": plan.date, "half": half.value} for half in plan.halves]
    holds = [Hold(workshop=workshop, post=post, **at) for post in plan.posts for at in when]
    if plan.kit is not None:
        holds += [Hold(workshop=workshop, kit=plan.kit, **at) for at in when]
    try:
        with transaction.atomic():
            Hold.objects.bulk_create(holds)
    except IntegrityError:
        # Whoever prepares another workshop at the same moment took it first.
        raise refuse("date", TAKEN) from None


def _refuse_day(epci: Epci, plan: WorkshopPlan, besides: Workshop | None = None) -> None:
    refuse_past(epci, plan.date)
    if reason := obstacles_between(epci, plan, plan.date, plan.date, besides=besides).get(plan.date):
        raise refuse(
            "date", f"{weekday_date_words(plan.date).capitalize()}, {reason}. Choisir une autre date, un autre poste ou lieu."
        )


def _refuse_people(row: Workshop, plan: WorkshopPlan, places: int) -> None:
    registered = Registration.objects.filter(workshop=row).registered().count()
    if places < registered:
        raise refuse(
            "places", f"{registered} personnes sont inscrites : garder au moins {registered} places, ou en retirer d’abord."
        )
    asking = Registration.objects.filter(workshop=row).asking()
    if plan.public.value != row.public and asking.exists():
        raise refuse("public", "Des personnes sont inscrites : préparer un autre atelier pour l’autre public.")
    kept = {commune.pk for commune in communes_of(row.epci, plan)}
    if lost := asking.exclude(commune__in=kept).select_related("commune").first():
        raise refuse("communes", f"Des personnes sont inscrites par la mairie {lost.commune.place_name.de} : la garder.")
