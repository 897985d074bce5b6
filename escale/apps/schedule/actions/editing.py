"""Change a draft by hand: each edit is judged, kept with what stood before, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.answers import visit_to
from escale.apps.schedule.drafts import made_up, promised_month, write_visits
from escale.apps.schedule.edits import Edit, Judgement
from escale.apps.schedule.figures import proved_bound, reckon
from escale.apps.schedule.models import Plan, PlanChange
from escale.apps.schedule.workbench import Workbench, workbench_of
from escale.apps.territory.saving import refuse
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from
from escale.core.planning.plan import Visit

MOST_WORDS = 300


class StalePlanError(ValidationError):
    """The plan has changed since it was read; `changes` tells how, the oldest first."""

    def __init__(self, changes: Sequence[PlanChange]) -> None:
        super().__init__("Cette tournée a changé pendant que vous la regardiez. Rien n’est perdu : voici ce qui a changé.")
        self.changes = tuple(changes)


@transaction.atomic
def edit_plan(*, actor: Actor, plan: Plan, version: int, edit: Edit) -> PlanChange:
    """Make one edit of a draft that was read in a version.

    Raise StalePlanError when the draft has changed since, ValidationError beside the field that refuses when a rule does.
    """
    require(actor, "schedule.draft", plan)
    locked = _locked(plan, version)
    bench = _laid_open(locked)
    if not set(edit.gone) <= set(bench.tour.entries()):
        raise refuse("date", "Ce passage n’est plus dans la tournée ; recharger la page.")
    judged = bench.judge(edit)
    if judged.refusals:
        raise _refused(judged)
    after = edit.applied_to(bench.tour)
    write_visits(locked, after)
    locked.lower_bound = proved_bound(locked, bench.problem)
    locked.figures = reckon(bench.problem, after)
    locked.version += 1
    locked.save(update_fields=["lower_bound", "figures", "version"])
    return _told(actor, bench, judged)


@transaction.atomic
def undo_change(*, actor: Actor, plan: Plan, version: int) -> PlanChange:
    """Take back the last edit of a draft, by the edit that undoes it."""
    require(actor, "schedule.draft", plan)
    last = last_change(_locked(plan, version))
    if last is None:
        raise refuse("version", "Aucun changement n’est à annuler.")
    return edit_plan(actor=actor, plan=plan, version=version, edit=edit_of(last).reversed)


def last_change(plan: Plan) -> PlanChange | None:
    """Return the edit that gave the plan its version, or None when something else did."""
    return plan.changes.filter(version=plan.version).first()


def edit_of(change: PlanChange) -> Edit:
    """Return the edit that a change kept."""
    return Edit(gone=_visits_from(change.before), come=_visits_from(change.after))


def _locked(plan: Plan, version: int) -> Plan:
    locked = Plan.objects.select_for_update().select_related("epci").get(pk=plan.pk)
    if not locked.is_open:
        raise refuse("version", "Cette tournée n’est plus un brouillon : elle ne se modifie plus. En faire une copie.")
    if locked.version != version:
        raise StalePlanError(list(locked.changes.filter(version__gt=version)))
    return locked


def _laid_open(plan: Plan) -> Workbench:
    try:
        return workbench_of(plan)
    except ProblemError as error:
        raise ValidationError(str(error)) from error


def _refused(judged: Judgement) -> ValidationError:
    by_field: dict[str, list[str]] = {}
    for refusal in judged.refusals:
        by_field.setdefault(refusal.field, []).append(refusal.words)
    return ValidationError(by_field)


def _told(actor: Actor, bench: Workbench, judged: Judgement) -> PlanChange:
    plan, edit = bench.plan, judged.edit
    communes = dict.fromkeys(bench.problem.commune(entry.commune).name for entry in edit.entries)
    words = f"{' et '.join(communes)} : {edit.words} ({judged.delta_words})"
    change = PlanChange.objects.create(
        plan=plan,
        version=plan.version,
        actor=actor.actor_id,
        words=words[:MOST_WORDS],
        before=[_visit_to(visit) for visit in edit.gone],
        after=[_visit_to(visit) for visit in edit.come],
        delta=judged.delta,
    )
    events.record(
        "schedule.plan_edited", actor=actor, epci=plan.epci.siren, subject=plan, version=plan.version, delta=judged.delta
    )
    return change


def _visit_to(visit: Visit) -> dict[str, str]:
    return {**visit_to(visit), "for_month": str(promised_month(visit))}


def _visits_from(data: list[dict[str, str]]) -> tuple[Visit, ...]:
    visits = plan_from({"visits": data}).visits
    months = {(item["commune"], item["date"], item["half"]): Month.parse(item["for_month"]) for item in data}
    promised = [(visit, months[visit.commune, visit.date.isoformat(), visit.half.value]) for visit in visits]
    return tuple(visit if visit.month == month else made_up(visit, month) for visit, month in promised)
