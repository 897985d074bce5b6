"""Lead the evaluations by themselves, once a day: opened a month before, reminded, frozen when their day comes (art. 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.actions.evaluations import drifted_among, freeze_evaluations
from escale.apps.evaluation.actions.questionnaires import ask_commune, remind_commune
from escale.apps.evaluation.dues import Owed, owed_until
from escale.apps.evaluation.models import OPENS_BEFORE, REMINDS_BEFORE, Campaign, Evaluation, Questionnaire
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.months import Month

WATCHED = dt.timedelta(days=365)
"""How long after its figures were frozen corrections are looked for, each day."""


def open_evaluations(*, actor: Actor, epci: Epci, on: dt.date) -> list[Evaluation]:
    """Open the evaluations that fall due within a month and are not open yet, and send their questionnaires; return them.

    Where two are late for the same convention, the last one asks the commune, and the other one has its figures alone.
    Each is opened by itself, so that nobody waits for all of them.
    """
    require(actor, "evaluations.manage", epci)
    known = set(Evaluation.objects.filter(epci=epci).values_list("convention", "rank"))
    owed = [one for one in owed_until(epci, on, on + OPENS_BEFORE) if (one.convention, one.due.rank) not in known]
    last = {one.convention: one.due.rank for one in owed}
    # Those of the conventions first: the whole then asks only the communes that nobody asked.
    in_order = sorted(owed, key=lambda one: (one.due.day, one.convention is None))
    opened = (_open(actor, epci, one, on, asks=one.due.rank == last[one.convention]) for one in in_order)
    return [row for row in opened if row is not None]


def lead_evaluations(*, actor: Actor, now: dt.datetime) -> None:
    """Open, remind and freeze what is due, in every EPCI; late or twice is safe."""
    for epci in Epci.objects.filter(conventions__notified_on__isnull=False).distinct().order_by("pk"):
        today = timezone.localdate(now, ZoneInfo(epci.time_zone))
        open_evaluations(actor=actor, epci=epci, on=today)
        _remind(actor, epci, today)
        _freeze(actor, epci, today)
        note_drifts(actor=actor, epci=epci, on=today)


def note_drifts(*, actor: Actor, epci: Epci, on: dt.date) -> int:
    """Note the frozen evaluations whose months were corrected since: once validated, each is proposed a rectification (art. 6).

    All are counted anew, which takes a while: nothing is locked meanwhile, so that everybody else may write.
    """
    require(actor, "evaluations.manage", epci)
    rows = Evaluation.objects.filter(epci=epci, frozen_at__date__gte=on - WATCHED, drifted_on=None)
    rows = rows.select_related("epci", "convention__commune").prefetch_related("rectifications")
    return sum(_note_drift(actor, row, on) for row in drifted_among(rows))


@transaction.atomic
def _note_drift(actor: Actor, row: Evaluation, on: dt.date) -> bool:
    """Note it, unless someone did meanwhile."""
    if not Evaluation.objects.filter(pk=row.pk, drifted_on=None).update(drifted_on=on):
        return False
    events.record("evaluation.drifted", actor=actor, epci=row.epci.siren, subject=row)
    return True


@transaction.atomic
def _open(actor: Actor, epci: Epci, owed: Owed, on: dt.date, *, asks: bool) -> Evaluation | None:
    """Open one evaluation, unless someone did meanwhile."""
    due = owed.due
    Epci.objects.select_for_update().get(pk=epci.pk)
    if Evaluation.objects.filter(epci=epci, convention=owed.convention, rank=due.rank).exists():
        return None
    campaign, _ = Campaign.objects.get_or_create(epci=epci, month=str(Month.of(due.day)))
    row = Evaluation(epci=epci, campaign=campaign, rank=due.rank, anchor=owed.anchor, due_on=due.day)
    row.convention = Convention.objects.select_related("commune").get(pk=owed.convention) if owed.convention else None
    row.first_month, row.last_month = str(due.first), str(due.last)
    row.opened_at = clock.moment(epci) if asks else None
    row.full_clean()
    row.save(force_insert=True)
    events.record("evaluation.opened", actor=actor, epci=epci.siren, subject=row, rank=due.rank)
    communes = [row.convention.commune] if row.convention else _not_asked(row, on)
    for commune in communes if asks else ():
        ask_commune(actor=actor, evaluation=row, commune=commune)
    return row


def _not_asked(row: Evaluation, on: dt.date) -> Iterable[Commune]:
    """Return the communes of the whole that no evaluation of these months asked."""
    bound = Convention.objects.filter(epci=row.epci, notified_on__lte=on, abandoned_on=None).exclude(ends_on__lt=on)
    asked = Questionnaire.objects.filter(evaluation__epci=row.epci, evaluation__due_on__gt=row.first.first)
    communes = Commune.objects.filter(pk__in=bound.values("commune")).exclude(pk__in=asked.values("commune"))
    return communes.defer("outline").order_by("sort_key", "code")


def _remind(actor: Actor, epci: Epci, today: dt.date) -> None:
    rows = Questionnaire.objects.filter(evaluation__epci=epci, evaluation__frozen_at=None, answered_at=None, reminded_at=None)
    for row in rows.select_related("evaluation__epci").order_by("pk"):
        last = row.evaluation.answers_until
        if last - REMINDS_BEFORE <= today <= last and today > timezone.localdate(row.sent_at):
            remind_commune(actor=actor, questionnaire=row)


def _freeze(actor: Actor, epci: Epci, today: dt.date) -> None:
    rows = Evaluation.objects.filter(epci=epci, frozen_at=None, due_on__lte=today).select_related("epci")
    ready = [row for row in rows.order_by("pk") if row.answers_until <= today]
    freeze_evaluations(actor=actor, evaluations=ready)
