"""Publish a tour: one page that says what will happen, month by month, before the one button."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from escale.apps.schedule.actions.editing import StalePlanError
from escale.apps.schedule.actions.publishing import Published, publish_plan
from escale.apps.schedule.intents import MonthState, month_states
from escale.apps.schedule.models import Plan, PlanChange, PlanOrigin
from escale.apps.schedule.publication import PublicationPreview, prepare_publication
from escale.apps.schedule.queries import months_words
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.publishing.forms import PublishForm
from escale.web.steering.publishing.plans import plan_seen_by


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def publish(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Say what publishing the chosen months will do, and do it."""
    plan = plan_seen_by(visitor, number, "schedule.publish")
    states = month_states(plan)
    form = PublishForm(request.POST or None, states=states)
    done: list[Published] = []
    changes: list[PlanChange] = []

    def act() -> None:
        try:
            done.append(_publish(visitor, plan, form))
        except StalePlanError as stale:
            changes.extend(stale.changes)
            raise

    if accepted(form, act):
        messages.success(request, _told(done[0]))
        return redirect(f"{reverse('steering:tour')}?annee={done[0].months[0].year}")
    months = _chosen(request.POST if request.method == "POST" else request.GET, states)
    seen = {
        "visitor": visitor,
        "plan": plan,
        "title": months_words(plan.months),
        "is_repair": plan.origin == PlanOrigin.REPAIR,
        "form": form,
        "states": [(state, month_words(state.month), state.month in months) for state in states if state.is_open],
        "past": _months([state.month for state in states if not state.is_open]),
        "changes": changes,
        "send": _send_words(plan, months),
        "may_choose": any(state.is_open for state in states),
        **_preview(plan, months),
    }
    return render(request, "steering/publishing/publish.html", seen)


def _publish(visitor: Visitor, plan: Plan, form: PublishForm) -> Published:
    return publish_plan(
        actor=visitor.user,
        plan=plan,
        version=form.cleaned_data["version"],
        months=form.chosen,
        annex_missing=form.cleaned_data["annex_missing"],
        last_seen=form.cleaned_data["last_seen"],
    )


def _preview(plan: Plan, months: Sequence[Month]) -> dict[str, PublicationPreview | str | None]:
    if not months:
        return {"preview": None, "problem": ""}
    try:
        return {"preview": prepare_publication(plan, months), "problem": ""}
    except ProblemError as error:
        return {"preview": None, "problem": error.message}


def _chosen(asked: QueryDict, states: Sequence[MonthState]) -> list[Month]:
    """Return the months that are ticked; when the page is just opened, those that may be published and undo nothing newer."""
    may = [state.month for state in states if state.is_open]
    if not asked:
        return [state.month for state in states if state.is_open and not state.is_overtaken]
    ticked = set(asked.getlist("months"))
    return [month for month in may if str(month) in ticked]


def _send_words(plan: Plan, months: Sequence[Month]) -> str:
    if len(months) == 1:
        return f"Publier {month_words(months[0])}"
    if tuple(months) == plan.months:
        return f"Publier la tournée {months_words(plan.months)}"
    return f"Publier ces {len(months)} mois"


def _told(done: Published) -> str:
    visits = done.settlement
    count = len(visits.created) + len(visits.moved) + len(visits.kept)
    words = f"C’est publié : {count} passage{'s' if count > 1 else ''}, {_months(done.months)}."
    if done.annexed:
        words += f" Jour convenu écrit pour {done.annexed} commune{'s' if done.annexed > 1 else ''}."
    return words


def _months(months: Sequence[Month]) -> str:
    if not months:
        return ""
    first, last = month_words(months[0]), month_words(months[-1])
    return f"en {first}" if first == last else f"de {first} à {last}"
