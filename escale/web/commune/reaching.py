"""« Notre mairie »: how the public and the service reach it, and the relays of the commune."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.booking.actions import take_requests
from escale.apps.booking.models import CallOnly
from escale.apps.territory import clock
from escale.apps.territory.actions import change_relay, record_mairie, record_relay, remove_relay
from escale.apps.territory.models import Relay
from escale.apps.territory.queries import mairie_of, relays_near
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.logos import choose_logo
from escale.web.reaching import MairieForm, RelayForm


@require_safe
@enter(Journey.COMMUNE)
def show_mairie(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show how the mairie is reached and who else helps; the référent changes both."""
    commune = visitor.commune
    seen = {
        "visitor": visitor,
        "commune": commune,
        "mairie": mairie_of(commune),
        "relays": relays_near(commune),
        "call_only": CallOnly.objects.visible_to(visitor.user).filter(commune=commune).first(),
        "may_manage": visitor.user.may("mairies.manage", commune),
    }
    return render(request, "commune/reaching/mairie.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def edit_mairie(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say how the mairie is reached."""
    commune = visitor.commune
    require(visitor.user, "mairies.manage", commune)
    form = MairieForm(request.POST or None, mairie=mairie_of(commune))
    if accepted(form, lambda: record_mairie(actor=visitor.user, commune=commune, **form.cleaned_data)):
        messages.success(request, "C’est noté. Les habitants voient ce numéro dès maintenant.")
        return redirect("commune:mairie")
    title, button = "Comment joindre la mairie ?", "Enregistrer ces coordonnées"
    seen = {"visitor": visitor, "commune": commune, "form": form, "title": title, "button": button}
    return render(request, "commune/reaching/form.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def edit_logo(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the logo of the commune."""
    back = reverse("commune:mairie")
    return choose_logo(request, visitor, visitor.commune, base="commune/base.html", back=back, back_words="Notre mairie")


@require_POST
@enter(Journey.COMMUNE)
def choose_requests(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say whether residents may ask from the page of the commune, or have to call."""
    taken = request.POST.get("do") == "take"
    take_requests(actor=visitor.user, commune=visitor.commune, taken=taken)
    told = "Les habitants peuvent demander à être rappelés." if taken else "Les habitants sont invités à appeler la mairie."
    messages.success(request, told)
    return redirect("commune:mairie")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def add_relay(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Note a relay of the commune."""
    require(visitor.user, "relays.manage", visitor.commune)
    return _ask_of_relay(request, visitor, None)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def edit_relay(request: HttpRequest, visitor: Visitor, relay: int) -> HttpResponse:
    """Change what is said of a relay of the commune."""
    row = _relay(visitor, relay)
    require(visitor.user, "relays.manage", row)
    return _ask_of_relay(request, visitor, row)


@require_POST
@enter(Journey.COMMUNE)
def take_relay_away(request: HttpRequest, visitor: Visitor, relay: int) -> HttpResponse:
    """Forget a relay that is no longer there."""
    row = _relay(visitor, relay)
    remove_relay(actor=visitor.user, relay=row)
    messages.success(request, f"Relais retiré : {row.name}.")
    return redirect("commune:mairie")


def _ask_of_relay(request: HttpRequest, visitor: Visitor, relay: Relay | None) -> HttpResponse:
    form = RelayForm(request.POST or None, relay=relay, today=clock.today(visitor.epci))
    if accepted(form, lambda: _save(visitor, relay, form)):
        messages.success(request, f"C’est noté : {form.cleaned_data['name']}.")
        return redirect("commune:mairie")
    title = f"Corriger : {relay.name}" if relay else f"Ajouter un relais {visitor.commune.place_name.at}"
    seen = {"visitor": visitor, "commune": visitor.commune, "form": form, "title": title, "button": "Enregistrer ce relais"}
    return render(request, "commune/reaching/form.html", seen)


def _save(visitor: Visitor, relay: Relay | None, form: RelayForm) -> Relay:
    if relay is None:
        return record_relay(actor=visitor.user, commune=visitor.commune, **form.values)
    return change_relay(actor=visitor.user, relay=relay, **form.values)


def _relay(visitor: Visitor, key: int) -> Relay:
    rows = Relay.objects.visible_to(visitor.user).filter(commune=visitor.commune)
    return get_object_or_404(rows.select_related("commune"), pk=key)
