"""Three years of tours: two that a short search finds, and the next one on its first plan, which the worker improves."""

from __future__ import annotations

from collections.abc import Sequence

from django_tasks import task

from escale.apps.audit.models import Entry
from escale.apps.schedule.actions import plan_year, request_run
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Plan, Publication, Run
from escale.apps.schedule.tasks import perform
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.circumstances import hear_mairies
from escale.core.calendar.months import Month

SHORT_SECONDS = 2
"""Two seconds halve the cost of a first plan. The usual days of last year hold for those that follow."""
SECONDS = 60
"""The search that one can watch."""


def publish_years(epci: Epci) -> None:
    """Plan and publish last year, this year and the next one; a year that has a published month stays as it is.

    Dates of the weeks that come should not move while one looks at them: only next year is left to improve.
    """
    day = today(epci)
    next_year = day.year + 1
    for year in (day.year - 1, day.year):
        if not _is_begun(epci, year):
            _publish(_searched(epci, year))
    hear_mairies(epci, next_year, day)
    if not _is_begun(epci, next_year):
        _publish(first_draft(actor=ACTOR, epci=epci, months=_months(next_year)))


def improve_next_year(epci: Epci) -> None:
    """Ask once for a better tour of the next year, with the communes that take part now."""
    plan_year(actor=ACTOR, epci=epci, year=today(epci).year + 1, seconds=SECONDS)


@task()
def publish_improved(entry: int) -> None:
    """Publish, for the months to come, what a search of the demonstration has found, unless someone has published since."""
    key = Entry.objects.values_list("subject_id", flat=True).get(pk=entry)
    run = Run.objects.select_related("epci").get(pk=key)
    plan = Plan.objects.filter(run=run).first()
    months = [month for month in run.months if month.first > today(run.epci)]
    if run.requested_by == ACTOR.actor_id and plan and plan.is_open and months and _is_untouched(run.epci, months):
        _publish(plan, months)


def _is_begun(epci: Epci, year: int) -> bool:
    return Publication.objects.filter(epci=epci, month__startswith=f"{year}-").exists()


def _is_untouched(epci: Epci, months: Sequence[Month]) -> bool:
    """Tell whether nobody but the demonstration has published these months."""
    current = Publication.objects.filter(epci=epci, month__in=[str(month) for month in months]).current()
    return all(row.published_by == ACTOR.actor_id for row in current)


def _searched(epci: Epci, year: int) -> Plan:
    run = request_run(actor=ACTOR, epci=epci, months=_months(year), seconds=SHORT_SECONDS)
    perform(run.pk)
    return Plan.objects.get(run=run)


def _publish(plan: Plan, months: Sequence[Month] | None = None) -> None:
    publish_plan(actor=ACTOR, plan=plan, version=plan.version, months=months, annex_missing=True)


def _months(year: int) -> tuple[Month, ...]:
    return Month.range(f"{year}-01..{year}-12")
