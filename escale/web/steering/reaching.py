"""How each mairie is reached, and the relays of the territory: who else helps between two visits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.territory import clock
from escale.apps.territory.actions import change_relay, record_mairie, record_relay, remove_relay
from escale.apps.territory.models import Commune, Relay
from escale.apps.territory.queries import mairie_of
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.logos import choose_logo
from escale.web.reaching import MairieForm, RelayForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_mairie(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Say how a mairie is reached."""
    commune = _commune(visitor, code)
    require(visitor.user, "mairies.manage", commune)
    form = MairieForm(request.POST or None, mairie=mairie_of(commune))
    if accepted(form, lambda: record_mairie(actor=visitor.user, commune=commune, **form.cleaned_data)):
        messages.success(request, f"C’est noté : la mairie {commune.place_name.de}.")
        return redirect("steering:commune", code)
    return render(request, "steering/reaching/mairie.html", {"visitor": visitor, "commune": commune, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_logo(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the logo of the EPCI."""
    back = reverse("steering:communes")
    return choose_logo(request, visitor, None, base="steering/base.html", back=back, back_words="Les communes")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_commune_logo(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Give the logo of a commune."""
    commune, back = _commune(visitor, code), reverse("steering:commune", args=[code])
    return choose_logo(request, visitor, commune, base="steering/base.html", back=back, back_words=str(commune))


@require_safe
@enter(Journey.STEERING)
def list_relays(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the relays of the territory, commune by commune."""
    seen = {
        "visitor": visitor,
        "relays": Relay.objects.visible_to(visitor.user).select_related("commune").defer("commune__outline"),
        "may_manage": visitor.holds("relays.manage"),
    }
    return render(request, "steering/reaching/relays.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_relay(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Note a relay of a commune."""
    commune = _commune(visitor, code)
    require(visitor.user, "relays.manage", commune)
    form = RelayForm(request.POST or None, relay=None, today=clock.today(visitor.epci))
    if accepted(form, lambda: record_relay(actor=visitor.user, commune=commune, **form.values)):
        messages.success(request, f"Relais ajouté : {form.cleaned_data['name']}.")
        return redirect("steering:relays")
    return render(request, "steering/reaching/relay.html", {"visitor": visitor, "commune": commune, "form": form, "relay": None})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_relay(request: HttpRequest, visitor: Visitor, relay: int) -> HttpResponse:
    """Change what is said of a relay."""
    row = _relay(visitor, relay)
    require(visitor.user, "relays.manage", row)
    form = RelayForm(request.POST or None, relay=row, today=clock.today(visitor.epci))
    if accepted(form, lambda: change_relay(actor=visitor.user, relay=row, **form.values)):
        messages.success(request, f"Relais modifié : {form.cleaned_data['name']}.")
        return redirect("steering:relays")
    seen = {"visitor": visitor, "commune": row.commune, "form": form, "relay": row}
    return render(request, "steering/reaching/relay.html", seen)


@require_POST
@enter(Journey.STEERING)
def take_relay_away(request: HttpRequest, visitor: Visitor, relay: int) -> HttpResponse:
    """Forget a relay that is no longer there."""
    row = _relay(visitor, relay)
    remove_relay(actor=visitor.user, relay=row)
    messages.success(request, f"Relais retiré : {row.name}.")
    return redirect("steering:relays")


def _commune(visitor: Visitor, code: str) -> Commune:
    return get_object_or_404(Commune.objects.visible_to(visitor.user), code=code)


def _relay(visitor: Visitor, key: int) -> Relay:
    return get_object_or_404(Relay.objects.visible_to(visitor.user).select_related("commune"), pk=key)
