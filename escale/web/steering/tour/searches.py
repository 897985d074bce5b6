"""Drafts and searches: what is being prepared, by whom, and how far a search is. No page waits for one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.schedule.actions import request_run, stop_run
from escale.apps.schedule.models import Plan, Run
from escale.apps.schedule.queries import summary_of
from escale.apps.territory import clock
from escale.core.planning.presets import PRESETS, PresetName
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.tour.drafts import draft_lines, run_lines, who
from escale.web.steering.tour.forms import SECONDS, SearchForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def list_drafts(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the drafts and the searches, and ask for a new search."""
    require(visitor.user, "schedule.draft", visitor.epci)
    form = SearchForm(request.POST or None, today=clock.today(visitor.epci))
    asked: list[Run] = []

    def ask() -> None:
        found = request_run(
            actor=visitor.user,
            epci=visitor.epci,
            months=form.months,
            preset=form.chosen,
            seconds=form.cleaned_data["seconds"],
        )
        asked.append(found)

    if accepted(form, ask):
        return redirect("steering:run", asked[0].pk)
    plans = draft_lines(visitor.user, visitor.epci)
    seen = {
        "visitor": visitor,
        "form": form,
        "open": [line for line in plans if line.plan.is_open],
        "closed": [line for line in plans if not line.plan.is_open],
        "runs": run_lines(visitor.user, visitor.epci),
    }
    return render(request, "steering/tour/drafts.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_run(request: HttpRequest, visitor: Visitor, run: int) -> HttpResponse:
    """Show how far a search is; a POST asks it to stop and to keep its best plan."""
    require(visitor.user, "schedule.draft", visitor.epci)
    search = get_object_or_404(Run.objects.visible_to(visitor.user), epci=visitor.epci, pk=run)
    if request.method == "POST":
        if search.is_under_way:
            stop_run(actor=visitor.user, run=search)
            messages.success(request, "La recherche s’arrête et garde le meilleur plan trouvé.")
        return redirect("steering:run", run)
    seen = {
        "visitor": visitor,
        "run": search,
        "told": summary_of(search),
        "preset": PRESETS[PresetName(search.preset)],
        "who": who([search.requested_by])[search.requested_by],
        "again_seconds": min((seconds for seconds, _ in SECONDS), key=lambda seconds: abs(seconds - search.seconds)),
        "plan": Plan.objects.visible_to(visitor.user).filter(run=search).order_by("-number").first(),
    }
    return render(request, "steering/tour/run.html", seen)
