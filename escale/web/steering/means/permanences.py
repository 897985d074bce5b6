"""The permanences in the médiathèques (art. 4): who keeps them, on which days; no convention counts them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.team.actions import end_permanence, open_permanence
from escale.apps.team.models import Permanence, Post
from escale.apps.team.permanences import permanence_days
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import service_windows
from escale.core.calendar.french import date_words
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.means.asking import Asked, ask
from escale.web.steering.means.forms import LastDayForm, PermanenceForm, open_windows

WEEKS_SHOWN = 6


@require_safe
@enter(Journey.STEERING)
def show_permanences(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the permanences, the days that come, and how many there were this year."""
    require(visitor.user, "team.see", visitor.epci)
    today = clock.today(visitor.epci)
    yesterday, first = today - dt.timedelta(days=1), dt.date(today.year, 1, 1)
    past = permanence_days(visitor.epci, first, yesterday)
    seen = {
        "visitor": visitor,
        "year": today.year,
        "rows": _rows(visitor).exclude(ends__lt=today).select_related("commune", "post"),
        "days": permanence_days(visitor.epci, today, today + dt.timedelta(weeks=WEEKS_SHOWN)),
        "past": len(past),
        "kept": sum(day.mediator is not None for day in past),
        "may_manage": visitor.holds("team.manage"),
    }
    return render(request, "steering/means/permanences.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_permanence(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open a permanence."""
    require(visitor.user, "team.manage", visitor.epci)
    today = clock.today(visitor.epci)
    form = PermanenceForm(request.POST or None, windows=open_windows(service_windows(visitor.epci)))
    form.among("commune", Commune.objects.members_of(visitor.epci, today, today))
    form.among("post", Post.objects.visible_to(visitor.user).filter(epci=visitor.epci).on(today))
    if accepted(form, lambda: open_permanence(actor=visitor.user, **form.values)):
        messages.success(request, f"Permanence ajoutée : {form.cleaned_data['place']}.")
        return redirect("steering:permanences")
    return ask(request, visitor, form, _asked("Quelle permanence, et qui la tient ?", "Ajouter cette permanence"))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def stop_permanence(request: HttpRequest, visitor: Visitor, permanence: int) -> HttpResponse:
    """Say the last day of a permanence."""
    require(visitor.user, "team.manage", visitor.epci)
    row = get_object_or_404(_rows(visitor), pk=permanence)
    form = LastDayForm(request.POST or None, initial={"ends": row.ends or clock.today(visitor.epci)})
    if accepted(form, lambda: end_permanence(actor=visitor.user, permanence=row, **form.cleaned_data)):
        messages.success(request, f"{row} : dernière permanence au plus tard le {date_words(form.cleaned_data['ends'])}.")
        return redirect("steering:permanences")
    return ask(request, visitor, form, _asked(f"{row} : jusqu’à quand ?", "Enregistrer"))


def _asked(question: str, button: str) -> Asked:
    return Asked(question=question, button=button, here="permanences", back="permanences", back_words="Les permanences")


def _rows(visitor: Visitor) -> Any:
    return Permanence.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("epci")
