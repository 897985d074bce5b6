"""A commune nouvelle: which communes, which day, what it changes, then do it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.merging import merge_communes
from escale.apps.conventions.succession import merge_plan
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.many.forms import MergeForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def merge(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask which communes merge, say what that changes, and do it when it is confirmed."""
    epci = visitor.epci
    require(visitor.user, "conventions.manage", epci)
    require(visitor.user, "territory.manage", epci)
    today = clock.today(epci)
    form = MergeForm(request.POST or None, communes=list(Commune.objects.members_of(epci, today, today)))
    is_confirmed = request.POST.get("do") == "confirm"
    if is_confirmed and accepted(
        form, lambda: merge_communes(actor=visitor.user, epci=epci, name=form.cleaned_data["name"], **form.values)
    ):
        values = form.values
        messages.success(request, f"La commune nouvelle est enregistrée, à partir du {date_words(values['on'])}.")
        return redirect("steering:conventions")
    plan = None
    if not is_confirmed and request.POST.get("do") != "correct" and form.is_valid():
        plan = merge_plan(epci, **form.values)
    seen = {"visitor": visitor, "form": form, "plan": plan}
    return render(request, "steering/conventions/many/merge.html", seen)
