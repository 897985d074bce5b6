"""What the coordination says for the open data: the SIRET of the EPCI; and the places that still want an address."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.territory.actions import reset_setting, set_setting
from escale.apps.territory.catalogue import EPCI_SIRET
from escale.apps.territory.queries import value_of
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.opendata.reading import places_of


class SiretForm(forms.Form):
    """The SIRET, or nothing."""

    value = forms.CharField(
        label="SIRET de l’intercommunalité",
        required=False,
        max_length=30,
        help_text="Quatorze chiffres : le SIREN, puis les cinq du siège. Sans lui, les fichiers donnent le SIREN.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def prepare_open_data(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for the SIRET, and show which places the national map does not take yet."""
    require(visitor.user, "territory.manage", visitor.epci)
    form = SiretForm(request.POST or None, initial={"value": value_of(visitor.epci, EPCI_SIRET)})
    if accepted(form, lambda: _choose(visitor, form.cleaned_data["value"])):
        messages.success(request, "C’est noté : les données ouvertes en tiennent compte.")
        return redirect("steering:open_data")
    places = places_of([visitor.epci])
    seen = {"visitor": visitor, "form": form, "places": places, "lacking": [one for one in places if not one.address.is_whole]}
    return render(request, "steering/open_data.html", seen)


def _choose(visitor: Visitor, text: str) -> None:
    if text:
        set_setting(actor=visitor.user, epci=visitor.epci, key=EPCI_SIRET.key, value=text)
    else:
        reset_setting(actor=visitor.user, epci=visitor.epci, key=EPCI_SIRET.key)
