"""The publication of some months of a plan, worked out and not done: which tour, which visits, what stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.schedule.actions.keeping import faults_since
from escale.apps.schedule.drafts import plan_of, posts_by_id, rows_of
from escale.apps.schedule.models import AnnexedPattern, Participation, Plan, PlanOrigin, Publication, Standing
from escale.apps.schedule.problems import build_problem
from escale.apps.schedule.published import promises_of, published_tour
from escale.apps.territory.catalogue import PLANNING_AVENANT_REQUIRED_FOR
from escale.apps.territory.clock import today
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.apps.visits.matching import Matching, match_visits
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from escale.core.planning import plan as tour
from escale.core.planning.faults import Fault
from escale.core.planning.presets import PresetName
from escale.core.planning.problem import Annex, Problem
from escale.core.planning.transition import Transition, hold_agreed_days


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthState:
    """A month of a plan that may be published: by which plan it is published now, and whether it may still be.

    `is_overtaken` when a repair does not know what is published: the month was published again since it was found.
    """

    month: Month
    current: Publication | None
    is_open: bool
    is_overtaken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The publication of some months of a plan, as it would be today.

    `drafted` is the part of the plan from the first to the last of these months, `whole` the tour whose usual days count;
    `transition` is what may be published of that part, with the communes that wait for their avenant. `faults` stand in the way.
    """

    plan: Plan
    months: tuple[Month, ...]
    today: dt.date
    problem: Problem
    whole: tour.Plan
    drafted: tour.Plan
    transition: Transition
    agreed: Mapping[Month, Mapping[str, Annex]]
    first_time: frozenset[Month]
    faults: tuple[Fault, ...]

    @property
    def is_as_drafted(self) -> bool:
        """Whether the plan itself is published; else a plan of its own holds those that wait, and what is past."""
        return self.transition.plan == self.drafted

    @property
    def promised(self) -> tour.Plan:
        """The visits that keep the promise of the months to be published."""
        return _part(self.transition.plan, self.months)


def month_states(plan: Plan) -> list[MonthState]:
    """Return the months of a plan with what is published of them; a past month that is published changes no more."""
    written = [str(month) for month in plan.months]
    rows = Publication.objects.filter(epci=plan.epci, month__in=written).current().select_related("plan")
    current = {row.month: row for row in rows}
    day = today(plan.epci)
    return [
        MonthState(
            month=month,
            current=current.get(str(month)),
            is_open=str(month) not in current or month.last >= day,
            is_overtaken=_is_overtaken(plan, current.get(str(month))),
        )
        for month in plan.months
    ]


def _is_overtaken(plan: Plan, current: Publication | None) -> bool:
    if plan.origin != PlanOrigin.REPAIR or current is None or current.plan_id == plan.pk:
        return False
    return current.published_at > plan.created_at


def last_publication(epci: Epci) -> int:
    """Return the key of the last publication of an EPCI, 0 before the first: who publishes names the one that was seen."""
    return Publication.objects.filter(epci=epci).order_by("-pk").values_list("pk", flat=True).first() or 0


def intent_of(plan: Plan, months: Sequence[Month]) -> Intent:
    """Return what the publication of some months of a plan would be. Raise ProblemError when the problem cannot be built."""
    epci = plan.epci
    day = today(epci)
    span = tuple(months[0].until(months[-1]))
    problem = build_problem(epci, span, preset=PresetName(plan.preset))
    own = plan_of(plan)
    is_repair = plan.origin == PlanOrigin.REPAIR
    whole = _with_rest_of_years(plan, own) if is_repair else own
    drafted = _part(own, span)
    published = set(map(Month.parse, Publication.objects.filter(epci=epci).current().values_list("month", flat=True)))
    agreed = agreed_in(epci, span, {commune.code for commune in problem.communes})
    settled = published_tour(epci, span)
    transition = hold_agreed_days(
        problem,
        drafted,
        agreed,
        rule=value_of(epci, PLANNING_AVENANT_REQUIRED_FOR),
        today=day,
        settled=settled,
        begun=[month for month in span if month in published],
        whole=whole,
        promised=frozenset(settled.entries()) if is_repair else frozenset(),
    )
    return Intent(
        plan=plan,
        months=tuple(months),
        today=day,
        problem=problem,
        whole=whole,
        drafted=drafted,
        transition=transition,
        agreed=agreed,
        first_time=frozenset(months) - published,
        faults=tuple(faults_since(problem, transition.plan, day)),
    )


def _with_rest_of_years(plan: Plan, own: tour.Plan) -> tour.Plan:
    """Return a repair with what is published in the other months of its years: alone, it cannot tell what a usual day is."""
    years = {month.year for month in plan.months}
    others = [Month(year, number) for year in sorted(years) for number in range(1, 13)]
    rest = published_tour(plan.epci, [month for month in others if month not in plan.months])
    return tour.Plan(visits=(*own.visits, *rest.visits), make_ups=(*own.make_ups, *rest.make_ups))


def agreed_in(epci: Epci, months: Iterable[Month], codes: Collection[str]) -> dict[Month, dict[str, Annex]]:
    """Return the usual day of each commune that is in force on the first day of each month: an avenant takes whole months."""
    rows = list(AnnexedPattern.objects.filter(epci=epci, commune__code__in=codes).select_related("commune").order_by("starts"))
    return {month: {row.commune.code: row.value for row in rows if row.starts <= month.first} for month in months}


def visits_to_settle(intent: Intent) -> Matching:
    """Return which visits a publication would create, move, cancel and leave."""
    epci = intent.plan.epci
    written = {str(month) for month in intent.months}
    standing = Visit.objects.filter(epci=epci, for_month__in=written).standing().prefetch_related("commune", "post")
    rows = rows_of(intent.plan, intent.promised, posts_by_id(epci))
    first_time = {str(month) for month in intent.first_time}
    return match_visits(standing, promises_of(epci, rows), today=intent.today, first_time=first_time)


def standings_on(epci: Epci, first: dt.date, last: dt.date) -> dict[str, set[Standing]]:
    """Return how each commune takes part in a period, by its code: firmly, as expected, or first one and then the other."""
    found: dict[str, set[Standing]] = {}
    rows = Participation.objects.filter(epci=epci).between(first, last)
    for code, standing in rows.values_list("commune__code", "standing"):
        found.setdefault(code, set()).add(Standing(standing))
    return found


def _part(plan: tour.Plan, months: Collection[Month]) -> tour.Plan:
    return tour.Plan(
        visits=tuple(visit for visit in plan.visits if visit.month in months),
        make_ups=tuple(visit for visit in plan.make_ups if visit.for_month in months),
    )
