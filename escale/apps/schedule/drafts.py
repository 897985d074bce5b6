"""Plans between the database and the planner: the problem of a plan, its visits as values, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction

from escale.apps.schedule.models import Plan, PlannedVisit
from escale.apps.schedule.problems import build_problem, mediator_id
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.planning import plan as tour
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Problem


def problem_of(plan: Plan) -> Problem:
    """Return the problem of the months of a plan, as the database knows it now. Raise ProblemError as `build_problem` does."""
    return build_problem(plan.epci, plan.months, preset=PresetName(plan.preset))


def plan_of(plan: Plan) -> tour.Plan:
    """Return the visits of a plan as the planner reads them; one for another month than its own is a make-up."""
    # Fetched once each: a year names every commune twelve times.
    return tour_of(plan.visits.prefetch_related("commune", "post"))


def tour_of(rows: Iterable[PlannedVisit]) -> tour.Plan:
    """Return some visits, read with their commune and post, as the planner reads them."""
    visits: list[tour.Visit] = []
    make_ups: list[tour.MakeUp] = []
    for row in rows:
        visit = tour.Visit(date=row.date, half=Half(row.half), commune=row.commune.code, mediator=mediator_id(row.post))
        if row.is_make_up:
            make_ups.append(made_up(visit, Month.parse(row.for_month)))
        else:
            visits.append(visit)
    return tour.Plan(visits=tuple(visits), make_ups=tuple(make_ups))


def made_up(visit: tour.Visit, month: Month) -> tour.MakeUp:
    """Return a visit as the make-up of a month."""
    return tour.MakeUp(date=visit.date, half=visit.half, commune=visit.commune, mediator=visit.mediator, for_month=month)


def promised_month(visit: tour.Visit) -> Month:
    """Return the month whose promise a visit keeps (art. 4)."""
    return visit.for_month if isinstance(visit, tour.MakeUp) else visit.month


def posts_by_id(epci: Epci) -> dict[str, Post]:
    """Return the posts of an EPCI by what a problem calls them."""
    return {mediator_id(post): post for post in Post.objects.filter(epci=epci)}


def rows_of(plan: Plan, visits: tour.Plan, posts: Mapping[str, Post]) -> list[PlannedVisit]:
    """Return the visits of a tour as rows of a plan, not written yet."""
    communes = {commune.code: commune for commune in Commune.objects.filter(code__in={v.commune for v in visits.entries()})}
    return [
        PlannedVisit(
            plan=plan,
            commune=communes[visit.commune],
            post=posts[visit.mediator],
            date=visit.date,
            half=visit.half.value,
            for_month=str(promised_month(visit)),
        )
        for visit in visits.entries()
    ]


@transaction.atomic
def write_visits(plan: Plan, visits: tour.Plan) -> None:
    """Make the visits of a plan those of a tour; a visit that moves keeps its key, one that stays is not touched.

    Whoever calls this has judged the tour (`require_legal`) and counts the version.
    """
    rows = rows_of(plan, visits, posts_by_id(plan.epci))
    standing = {_place(row): row for row in plan.visits.all()}
    wanted = {_place(row) for row in rows}
    new = [row for row in rows if _place(row) not in standing]
    gone = {row.pk: row for place, row in standing.items() if place not in wanted}
    keys: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for key, row in gone.items():
        keys[row.commune_id, row.for_month].append(key)
    for row in new:
        if left := keys[row.commune_id, row.for_month]:
            row.pk = left.pop(0)
    # Deleted first, then written: two visits may take each other's place.
    plan.visits.filter(pk__in=gone).delete()
    PlannedVisit.objects.bulk_create(new)


def _place(row: PlannedVisit) -> tuple[object, ...]:
    return row.commune_id, row.post_id, row.date, row.half, row.for_month
