"""Something happens to the published tour: what, when, then the planner's answer; and the service when it is reduced."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.actions.asking import ask_repair
from escale.apps.schedule.actions.reducing import announce_reduced_service, end_reduced_service
from escale.apps.schedule.drafts import posts_by_id
from escale.apps.schedule.models import Participation, ReducedService
from escale.apps.schedule.standing import Shortfall, published_months, shortfalls, standing_from
from escale.apps.schedule.wording import date_told
from escale.apps.schedule.workbench import names_of_posts
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.changing.forms import ReducedServiceForm
from escale.web.steering.changing.happenings import KINDS, Kind, Stage
from escale.web.steering.changing.losses import losses
from escale.web.steering.queries import team_lines


@require_safe
@enter(Journey.STEERING)
def choose_happening(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask what happened."""
    require(visitor.user, "schedule.draft", visitor.epci)
    today = clock.today(visitor.epci)
    seen = {
        "visitor": visitor,
        "kinds": KINDS.values(),
        "is_published": any(month >= Month.of(today) for month in published_months(visitor.epci)),
        "losses": losses(visitor.epci, today),
    }
    return render(request, "steering/changing/repair.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def tell_happening(request: HttpRequest, visitor: Visitor, what: str) -> HttpResponse:
    """Ask who and when, and put the question to the planner."""
    require(visitor.user, "schedule.draft", visitor.epci)
    if what not in KINDS:
        raise Http404
    kind, asked = KINDS[what], list[int]()
    form = kind.form(request.POST or None, stage=_stage(visitor.epci, kind), initial=request.GET.dict())

    def ask() -> None:
        asked.append(ask_repair(actor=visitor.user, epci=visitor.epci, disruption=form.disruption, noted=form.noted).pk)

    if accepted(form, ask):
        return redirect("steering:question", asked[0])
    return render(request, "steering/changing/happening.html", {"visitor": visitor, "kind": kind, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def reduced(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what a reduced service takes away, and write the sentence that says so."""
    epci, today = visitor.epci, clock.today(visitor.epci)
    require(visitor.user, "schedule.publish", epci)
    form = ReducedServiceForm(request.POST or None)
    if accepted(form, lambda: announce_reduced_service(actor=visitor.user, epci=epci, **form.cleaned_data)):
        messages.success(request, "C’est annoncé : communes et habitants liront cette phrase.")
        return redirect("steering:reduced")
    told = ReducedService.objects.visible_to(visitor.user).filter(epci=epci).exclude(ends__lt=today)
    seen: dict[str, Any] = {
        "visitor": visitor,
        "form": form,
        "told": told,
        "vacant": [line.post for line in team_lines(visitor.user, epci, today) if line.holder is None],
        "shortfalls": [(found, month_words(found.month), _promised(found)) for found in shortfalls(standing_from(epci, today))],
    }
    return render(request, "steering/changing/reduced.html", seen)


@require_POST
@enter(Journey.STEERING)
def end_reduced(request: HttpRequest, visitor: Visitor, service: int) -> HttpResponse:
    """Say that the service is whole again: yesterday was the last day."""
    services = ReducedService.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    found = get_object_or_404(services, pk=service)
    yesterday = clock.today(visitor.epci) - dt.timedelta(days=1)
    try:
        end_reduced_service(actor=visitor.user, service=found, ends=yesterday)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "C’est retiré : la phrase n’est plus affichée.")
    return redirect("steering:reduced")


def _promised(found: Shortfall) -> str:
    return " ; ".join(date_told(make_up.date) for make_up in found.make_ups)


def _stage(epci: Epci, kind: Kind) -> Stage:
    """Return what the form of a happening chooses from."""
    today = clock.today(epci)
    standing = standing_from(epci, today)
    last = standing.months[-1].last if standing.months else today
    taking_part = Participation.objects.filter(epci=epci).between(today, last).values("commune")
    communes = Commune.objects.served_in(epci, today, last).filter(pk__in=taking_part)
    names = {commune.code: commune.place_name.full for commune in communes}
    order = {code: n for n, code in enumerate(names)}
    visits = [visit for visit in standing.tour.visits if visit.date >= today] if kind.slug == "passage" else []
    return Stage(
        posts=names_of_posts(posts_by_id(epci), today, last),
        communes=names,
        visits=sorted(visits, key=lambda visit: (order.get(visit.commune, 0), visit.date)),
        last=last,
    )
