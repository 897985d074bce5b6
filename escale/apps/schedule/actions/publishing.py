"""Publish months of a plan: from then on they are promised to the communes, and everyone sees their visits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.agreeing import annex_pattern
from escale.apps.schedule.actions.drafting import store_plan
from escale.apps.schedule.actions.editing import StalePlanError
from escale.apps.schedule.intents import Intent, intent_of, last_publication, month_states
from escale.apps.schedule.models import Participation, Plan, PlanChange, PlanOrigin, PlanState, Publication
from escale.apps.schedule.publication import blocked_words, communes_to_annex
from escale.apps.schedule.published import promises_of, published_visits
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse
from escale.apps.visits.actions import Settlement, settle_months
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Annex

REASON = "nouvelle tournée"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published: the plan in force (another than the one that was asked for, when communes wait) and its visits."""

    plan: Plan
    months: tuple[Month, ...]
    settlement: Settlement
    annexed: int


@transaction.atomic
def publish_plan(
    *,
    actor: Actor,
    plan: Plan,
    version: int,
    months: Sequence[Month] | None = None,
    annex_missing: bool = False,
    last_seen: int | None = None,
    reason: str = REASON,
) -> Published:
    """Publish some months of a plan that was read in a version; all those that still may be, unless they are named.

    Communes whose usual day changes stay on their agreed day until their avenant is in force (art. 4): then a plan of its own
    holds them, and is the one in force. `annex_missing` writes down the usual day of the communes that never agreed to one.
    `last_seen` is the last publication that whoever publishes has seen.

    Raise StalePlanError when the plan has changed since it was read, ValidationError when another publication came first, when a
    visit is no longer possible, or when a month is past and published already.
    """
    require(actor, "schedule.publish", plan)
    epci = Epci.objects.select_for_update().get(pk=plan.epci_id)
    locked = _locked(plan, version)
    _refuse_late(epci, last_seen)
    chosen = _open_months(locked, months)
    intent = _intent(locked, chosen)
    target = locked if intent.is_as_drafted else _transition_plan(actor, intent)
    _close(actor, locked, chosen)
    if target != locked:
        _close(actor, target, chosen)
    _supersede(actor, target, chosen)
    settlement = settle_months(
        actor=actor,
        epci=epci,
        months=chosen,
        promises=promises_of(epci, published_visits(epci, chosen)),
        today=intent.today,
        reason=reason,
        first_time=intent.first_time,
    )
    annexed = _annex(actor, intent) if annex_missing else 0
    events.record(
        "schedule.plan_published",
        actor=actor,
        epci=epci.siren,
        subject=target,
        months=[str(month) for month in chosen],
        draft=locked.number,
        held=sorted({held.drafted.commune for held in intent.transition.held}),
        created=len(settlement.created),
        moved=len(settlement.moved),
        cancelled=len(settlement.cancelled),
        annexed=annexed,
    )
    return Published(plan=target, months=chosen, settlement=settlement, annexed=annexed)


def _locked(plan: Plan, version: int) -> Plan:
    locked = Plan.objects.select_for_update().select_related("epci").get(pk=plan.pk)
    if locked.state == PlanState.DISCARDED:
        raise refuse("version", "Cette tournée a été écartée : elle ne se publie plus. En faire une copie.")
    if locked.version != version:
        raise StalePlanError(list(locked.changes.filter(version__gt=version)))
    return locked


def _refuse_late(epci: Epci, last_seen: int | None) -> None:
    if last_seen is None or last_seen == last_publication(epci):
        return
    last = Publication.objects.filter(epci=epci).select_related("plan").latest("pk")
    raise refuse(
        "last_seen",
        f"La {str(last.plan).lower()} vient d’être publiée pendant que vous regardiez celle-ci. Rien n’est publié de plus : "
        "relire ce qui va se passer, puis publier.",
    )


def _open_months(plan: Plan, months: Sequence[Month] | None) -> tuple[Month, ...]:
    """Return the months to publish, in order. Raise ValidationError when there is none, or one that may not be."""
    states = {state.month: state for state in month_states(plan)}
    if months is None:
        months = [month for month, state in states.items() if state.is_open]
    if not months:
        raise refuse("months", "Choisir au moins un mois à publier.")
    for month in months:
        if month not in states:
            raise refuse("months", f"La tournée ne va pas jusqu’en {month_words(month)} ; choisir parmi ses mois.")
        if not states[month].is_open:
            raise refuse("months", f"{month_words(month).capitalize()} est passé et déjà publié : ce mois ne change plus.")
    return tuple(sorted(set(months)))


def _intent(plan: Plan, months: tuple[Month, ...]) -> Intent:
    try:
        intent = intent_of(plan, months)
    except ProblemError as error:
        raise ValidationError(str(error)) from error
    if intent.faults:
        raise ValidationError(["Des passages ne sont plus possibles ; les déplacer, puis publier.", *blocked_words(intent)])
    return intent


def _transition_plan(actor: Actor, intent: Intent) -> Plan:
    plan, waiting = intent.plan, {held.drafted.commune for held in intent.transition.held}
    note = f"tournée n° {plan.number}"
    if waiting:
        note += (
            f", {len(waiting)} commune{'s' if len(waiting) > 1 else ''} gardée{'s' if len(waiting) > 1 else ''} au jour convenu"
        )
    return store_plan(
        actor=actor,
        epci=plan.epci,
        problem=intent.problem,
        visits=intent.transition.plan,
        preset=PresetName(plan.preset),
        origin=PlanOrigin.TRANSITION,
        parent=plan,
        note=note,
        since=intent.today,
    )


def _close(actor: Actor, plan: Plan, months: tuple[Month, ...]) -> None:
    """Count a version more: whoever edits or publishes what was seen before is told so."""
    first, last = month_words(months[0]), month_words(months[-1])
    plan.state, plan.version = PlanState.PUBLISHED.value, plan.version + 1
    plan.save(update_fields=["state", "version"])
    words = f"Publiée : {first}" if first == last else f"Publiée : de {first} à {last}"
    PlanChange.objects.create(plan=plan, version=plan.version, actor=actor.actor_id, words=words)


def _supersede(actor: Actor, plan: Plan, months: tuple[Month, ...]) -> None:
    now: dt.datetime = timezone.now()
    written = [str(month) for month in months]
    Publication.objects.filter(epci=plan.epci, month__in=written).current().update(superseded_at=now)
    Publication.objects.bulk_create(
        [Publication(epci=plan.epci, plan=plan, month=month, published_by=actor.actor_id, published_at=now) for month in written]
    )


def _annex(actor: Actor, intent: Intent) -> int:
    """Write down the usual day of the communes that never agreed to one, from the first month of the publication on."""
    codes = communes_to_annex(intent)
    epci, first = intent.plan.epci, intent.months[0].first
    communes = {commune.code: commune for commune in Commune.objects.filter(code__in=codes)}
    since = {
        row.commune_id: max(row.starts or first, first)
        for row in Participation.objects.filter(epci=epci).firm().between(first, intent.months[-1].last).order_by("-starts")
    }
    for code in codes:
        usual = Counter(visit.pattern for visit in intent.whole.by_commune[code])
        (nth, window), _ = usual.most_common(1)[0]
        starts = since[communes[code].pk]
        annex_pattern(actor=actor, epci=epci, commune=communes[code], pattern=Annex(nth=nth, window=window), starts=starts)
    return len(codes)
