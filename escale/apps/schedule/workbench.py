"""A draft laid open to be changed: its row, its problem and its visits as values, read once for a whole page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from escale.apps.schedule.drafts import made_up, posts_by_id, problem_of, tour_of
from escale.apps.schedule.edits import Edit, Judgement, Place, added, free_places, holder_of, judge_on, moved
from escale.apps.schedule.models import Plan, PlannedVisit
from escale.apps.schedule.problems import mediator_id
from escale.apps.team.models import Occupancy, Post
from escale.apps.territory import clock
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.planning.plan import Plan as Tour
from escale.core.planning.plan import Visit
from escale.core.planning.problem import Problem

FEW = 5
"""How many of the cheapest half-days are offered."""


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """A plan as the database knows it now, on a civil day."""

    plan: Plan
    problem: Problem
    rows: tuple[PlannedVisit, ...]
    posts: dict[str, Post]
    today: dt.date

    @cached_property
    def tour(self) -> Tour:
        """The visits as the planner reads them."""
        return tour_of(self.rows)

    @cached_property
    def post_names(self) -> dict[str, str]:
        """What the posts of the problem are called: « Poste 1 (Camille) »."""
        known = {mediator.id for mediator in self.problem.mediators}
        names = names_of_posts(self.posts, self.plan.months[0].first, self.plan.months[-1].last)
        return {post: name for post, name in names.items() if post in known}

    def row(self, key: int) -> PlannedVisit | None:
        """Return a visit of the plan by its key."""
        return next((row for row in self.rows if row.pk == key), None)

    def row_of(self, visit: Visit) -> PlannedVisit | None:
        """Return the row of a visit as the planner reads it."""
        return next((row for row in self.rows if visit_of(row) == visit), None)

    def holder(self, place: Place) -> Visit | None:
        """Return the visit that has a place."""
        return holder_of(self.tour, place)

    def judge(self, edit: Edit) -> Judgement:
        """Judge an edit."""
        return judge_on(self.problem, self.tour, edit, today=self.today, posts=self.post_names)

    def cheapest_moves(self, visit: Visit, month: Month) -> list[Judgement]:
        """Return the cheapest legal half-days of a month for a visit, the cheapest first."""
        return self._cheapest([moved(visit, place) for place in free_places(self.problem, self.tour, month)])

    def cheapest_additions(self, commune: str, month: Month, promised: Month) -> list[Judgement]:
        """Return the cheapest legal half-days of a month for a visit more, which keeps the promise of a month."""
        return self._cheapest([added(commune, place, promised) for place in free_places(self.problem, self.tour, month)])

    def _cheapest(self, edits: list[Edit]) -> list[Judgement]:
        found = [judged for judged in map(self.judge, edits) if judged.allowed]
        return sorted(found, key=lambda judged: (judged.delta, judged.after[0]))[:FEW]


def workbench_of(plan: Plan) -> Workbench:
    """Lay a plan open. Raise ProblemError as `build_problem` does."""
    return Workbench(
        plan=plan,
        problem=problem_of(plan),
        rows=tuple(plan.visits.select_related("commune", "post")),
        posts=posts_by_id(plan.epci),
        today=clock.today(plan.epci),
    )


def visit_of(row: PlannedVisit) -> Visit:
    """Return a visit as the planner reads it."""
    visit = Visit(date=row.date, half=Half(row.half), commune=row.commune.code, mediator=mediator_id(row.post))
    return made_up(visit, Month.parse(row.for_month)) if row.is_make_up else visit


def judge(plan: Plan, edit: Edit) -> Judgement:
    """Judge an edit of a plan as the database knows it now."""
    return workbench_of(plan).judge(edit)


def names_of_posts(posts: Mapping[str, Post], first: dt.date, last: dt.date) -> dict[str, str]:
    """Return what posts are called in a period, in order: « Poste 1 (Camille) », after the last who holds it."""
    held = Occupancy.objects.filter(post__in=posts.values()).between(first, last).order_by("starts")
    people = {mediator_id(row.post): row.mediator.first_name for row in held.select_related("mediator", "post")}
    return {
        name: f"{post.label} ({people[name]})" if name in people else post.label
        for name, post in sorted(posts.items(), key=lambda pair: (pair[1].label, pair[1].pk))
    }
