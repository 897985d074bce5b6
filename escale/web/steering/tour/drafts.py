"""What the list of drafts and searches reads: their figures, their state, who asked for them and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.schedule.labels import PLAN_ORIGINS, PLAN_STATES
from escale.apps.schedule.models import Plan, PlanOrigin, PlanState, Run
from escale.apps.schedule.queries import RunSummary, gap_words, months_words, served_words, summary_of
from escale.apps.territory.models import Epci
from escale.core.planning.presets import PRESETS, PresetName
from escale.web.steering.tour.figures import km_words

LAST_RUNS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A tour in the list, with what is said of it in words."""

    plan: Plan
    months: str
    state: str
    origin: str
    preset: str
    figures: Sequence[str]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A search in the list."""

    told: RunSummary
    preset: str
    who: str


def draft_lines(actor: Actor, epci: Epci) -> list[DraftLine]:
    """Return the tours of an EPCI that the actor may see, the last one first."""
    plans = list(Plan.objects.visible_to(actor).filter(epci=epci).order_by("-number"))
    # The worker writes the plan of a search; whoever asked for it is who the others know.
    asked_by = dict(Run.objects.filter(plans__in=plans).values_list("pk", "requested_by"))
    authors = {plan: asked_by.get(plan.run_id or 0, plan.created_by) for plan in plans}
    names = who(authors.values())
    return [
        DraftLine(
            plan=plan,
            months=months_words(plan.months),
            state=PLAN_STATES[PlanState(plan.state)],
            origin=PLAN_ORIGINS[PlanOrigin(plan.origin)],
            preset=PRESETS[PresetName(plan.preset)].label,
            figures=_figures(plan),
            who=names[authors[plan]],
        )
        for plan in plans
    ]


def run_lines(actor: Actor, epci: Epci) -> list[RunLine]:
    """Return the last searches of an EPCI, the last one first."""
    runs = list(Run.objects.visible_to(actor).filter(epci=epci).latest_first().defer("problem", "plan")[:LAST_RUNS])
    names = who(run.requested_by for run in runs)
    return [
        RunLine(told=summary_of(run), preset=PRESETS[PresetName(run.preset)].label, who=names[run.requested_by]) for run in runs
    ]


def who(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of actors by what the audit log calls them; the installation itself when it is no person."""
    asked = set(actors)
    keys = [int(name.removeprefix("user:")) for name in asked if name.startswith("user:")]
    names = {f"user:{key}": name for key, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}
    return {name: names.get(name, "l’installation") for name in asked}


def _figures(plan: Plan) -> list[str]:
    figures = plan.figures
    if not figures:
        return []
    found = [served_words(figures["served"], figures["due"]), f"{figures['usual']} à leur jour habituel", km_words(plan)]
    if plan.lower_bound and (gap := gap_words(figures["cost"], plan.lower_bound)):
        found.append(gap)
    return found
