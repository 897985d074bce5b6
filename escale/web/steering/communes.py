"""The communes of the territory: their list, the sheet of each one, and what may be corrected there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.territory import clock
from escale.apps.territory.actions import add_premises, change_premises, rename_commune
from escale.apps.territory.models import Commune, Premises
from escale.apps.territory.queries import mairie_of, relays_near
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.forms import NameForm, PremisesForm
from escale.web.steering.queries import commune_lines
from escale.web.steering.tour.card import card_of

if TYPE_CHECKING:
    from escale.apps.accounts.models import User

RELAYS_SHOWN = 4


@require_safe
@enter(Journey.STEERING)
def list_communes(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the communes of today, sorted without their article."""
    seen = {
        "visitor": visitor,
        "lines": commune_lines(visitor.user, visitor.epci, clock.today(visitor.epci)),
        "sees_names": visitor.user.may("referents.see", visitor.epci),
        "may_open": visitor.holds("territory.manage"),
    }
    return render(request, "steering/communes.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_commune(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Show what is known of a commune."""
    user = visitor.user
    commune = _commune(user, code)
    seen = {
        "visitor": visitor,
        "commune": commune,
        "card": card_of(user, commune, clock.today(visitor.epci)),
        "sees_names": user.may("referents.see", commune),
        "may_rename": user.may("territory.manage", commune),
        "may_place": user.may("premises.manage", commune),
        "mairie": mairie_of(commune),
        "relays": relays_near(commune, count=RELAYS_SHOWN),
        "may_reach": user.may("mairies.manage", commune),
    }
    return render(request, "steering/commune.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_commune(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Choose how the name of a commune is written in a sentence."""
    commune = _commune(visitor.user, code)
    require(visitor.user, "territory.manage", commune)
    form = NameForm(request.POST or None, name=commune.place_name)
    if accepted(form, lambda: rename_commune(actor=visitor.user, commune=commune, name=form.chosen)):
        messages.success(request, f"C’est noté : la mairie {form.chosen.de}.")
        return redirect("steering:commune", code)
    return render(request, "steering/edit_commune.html", {"visitor": visitor, "commune": commune, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_place(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Add a place where the commune receives people."""
    commune = _commune(visitor.user, code)
    require(visitor.user, "premises.manage", commune)
    form = PremisesForm(request.POST or None)
    if accepted(form, lambda: add_premises(actor=visitor.user, commune=commune, **form.cleaned_data)):
        messages.success(request, f"Lieu ajouté : {form.cleaned_data['name']}.")
        return redirect("steering:commune", code)
    return render(request, "steering/edit_premises.html", {"visitor": visitor, "commune": commune, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_place(request: HttpRequest, visitor: Visitor, code: str, place: int) -> HttpResponse:
    """Change what is said of a place."""
    commune = _commune(visitor.user, code)
    premises = get_object_or_404(Premises.objects.visible_to(visitor.user), commune=commune, pk=place)
    require(visitor.user, "premises.manage", premises)
    form = PremisesForm(request.POST or None, initial=vars(premises))
    if accepted(form, lambda: change_premises(actor=visitor.user, premises=premises, **form.cleaned_data)):
        messages.success(request, f"Lieu modifié : {form.cleaned_data['name']}.")
        return redirect("steering:commune", code)
    seen = {"visitor": visitor, "commune": commune, "form": form, "premises": premises}
    return render(request, "steering/edit_premises.html", seen)


def _commune(user: User, code: str) -> Commune:
    return get_object_or_404(Commune.objects.visible_to(user), code=code)
