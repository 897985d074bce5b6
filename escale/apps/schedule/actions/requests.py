"""Ask for a search, and ask it to stop: no page waits for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.answers import fingerprint_of, versions
from escale.apps.schedule.models import Run, RunStatus
from escale.apps.schedule.problems import build_problem
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse
from escale.core.calendar.months import Month
from escale.core.planning.agreed import keep_agreed
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import problem_to
from escale.core.planning.presets import PresetName

SECONDS = 60


@transaction.atomic
def request_run(
    *,
    actor: Actor,
    epci: Epci,
    months: Sequence[Month],
    preset: PresetName = PresetName.BALANCED,
    freed: Collection[str] = (),
    seed: int = 0,
    seconds: int = SECONDS,
) -> Run:
    """Keep the problem of some months as it is now, and put its search in the queue.

    Raise ValidationError when the problem cannot be built, or when these months are being planned already.
    """
    require(actor, "schedule.plan", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    try:
        problem = build_problem(epci, months, preset=preset)
        keep_agreed(problem, freed=freed)
    except ProblemError as error:
        raise ValidationError(str(error)) from error
    written = problem_to(problem)
    run = Run(
        epci=epci,
        first_month=str(months[0]),
        last_month=str(months[-1]),
        preset=preset.value,
        freed=sorted(freed),
        seed=seed,
        seconds=seconds,
        problem=written,
        fingerprint=fingerprint_of(written),
        versions=versions(),
        requested_by=actor.actor_id,
    )
    run.full_clean()
    run.save()
    events.record(
        "schedule.run_requested",
        actor=actor,
        epci=epci.siren,
        subject=run,
        months=[run.first_month, run.last_month],
        preset=preset.value,
        freed=run.freed,
    )
    return run


@transaction.atomic
def stop_run(*, actor: Actor, run: Run) -> Run:
    """Ask a search to stop: one that runs ends within a second or two with its best plan, one that waits never begins."""
    require(actor, "schedule.plan", run)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if not run.is_under_way:
        raise refuse("status", "Cette recherche est déjà finie.")
    if run.status == RunStatus.QUEUED:
        run.status, run.finished_at = RunStatus.STOPPED.value, timezone.now()
    run.stop_requested = True
    run.save(update_fields=["status", "finished_at", "stop_requested"])
    events.record("schedule.run_stop_requested", actor=actor, epci=run.epci.siren, subject=run)
    return run


@transaction.atomic
def plan_year(*, actor: Actor, epci: Epci, year: int, seconds: int = SECONDS) -> Run | None:
    """Ask once for the plan of a civil year; return nothing when it was asked for before."""
    require(actor, "schedule.plan", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    months = Month.range(f"{year}-01..{year}-12")
    known = Run.objects.filter(epci=epci, first_month=str(months[0]), last_month=str(months[-1]))
    if known.under_way().exists() or known.planned().exists():
        return None
    return request_run(actor=actor, epci=epci, months=months, seconds=seconds)
