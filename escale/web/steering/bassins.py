"""The bassins de vie (art. 4): communes that are offered a workshop together; drawn, corrected, renamed, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.territory import clock
from escale.apps.territory.actions import add_bassin, change_bassin, remove_bassin
from escale.apps.territory.models import BassinDeVie
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.forms import BassinForm
from escale.web.steering.queries import bassin_lines, communes_for


@require_safe
@enter(Journey.STEERING)
def list_bassins(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the bassins de vie, each with its communes."""
    user, epci, today = visitor.user, visitor.epci, clock.today(visitor.epci)
    seen = {
        "visitor": visitor,
        "lines": bassin_lines(user, epci, today),
        "outside": communes_for(user, epci, today),
        "may_manage": visitor.holds("territory.manage"),
    }
    return render(request, "steering/bassins/list.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def draw_bassin(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Draw a bassin de vie around communes that are in no other."""
    epci = visitor.epci
    require(visitor.user, "territory.manage", epci)
    form = BassinForm(request.POST or None, communes=communes_for(visitor.user, epci, clock.today(epci)))
    if accepted(form, lambda: add_bassin(actor=visitor.user, epci=epci, **form.values)):
        messages.success(request, f"Bassin de vie ajouté : {form.values['name']}.")
        return redirect("steering:bassins")
    return _show_form(request, visitor, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_bassin(request: HttpRequest, visitor: Visitor, bassin: int) -> HttpResponse:
    """Rename a bassin de vie, and say again which communes are in it."""
    row = _bassin(visitor, bassin)
    require(visitor.user, "territory.manage", row)
    communes = communes_for(visitor.user, visitor.epci, clock.today(visitor.epci), row)
    form = BassinForm(request.POST or None, communes=communes, bassin=row)
    if accepted(form, lambda: change_bassin(actor=visitor.user, bassin=row, **form.values)):
        messages.success(request, f"Bassin de vie modifié : {form.values['name']}.")
        return redirect("steering:bassins")
    return _show_form(request, visitor, form, row)


@require_POST
@enter(Journey.STEERING)
def take_bassin_away(request: HttpRequest, visitor: Visitor, bassin: int) -> HttpResponse:
    """Forget a bassin de vie that no workshop uses."""
    row = _bassin(visitor, bassin)
    if performed(request, lambda: remove_bassin(actor=visitor.user, bassin=row)):
        messages.success(request, f"Bassin de vie retiré : {row.name}.")
    return redirect("steering:bassins")


def _bassin(visitor: Visitor, key: int) -> BassinDeVie:
    return get_object_or_404(BassinDeVie.objects.visible_to(visitor.user).filter(epci=visitor.epci), pk=key)


def _show_form(request: HttpRequest, visitor: Visitor, form: BassinForm, row: BassinDeVie | None) -> HttpResponse:
    lines = bassin_lines(visitor.user, visitor.epci, clock.today(visitor.epci))
    others = [line for line in lines if line.bassin != row]
    return render(request, "steering/bassins/edit.html", {"visitor": visitor, "form": form, "bassin": row, "others": others})
