"""« À préparer »: the list of a mairie before a half-day (art. 3-1 and 7), and its word that it expects it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.territory.models import KeyHolder
from escale.apps.visits.actions import confirm_visit, withdraw_confirmation
from escale.apps.visits.answers import PreparationAnswers
from escale.apps.visits.models import Visit, VisitState
from escale.core.visits.life import COMING
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.stops import Stop, stops_of


class PreparationForm(forms.Form):
    """What is ready, and who opens; what is not ready is told to the mediator, and refused nobody."""

    is_room_free = forms.BooleanField(label="La salle est libre", required=False)
    is_heated = forms.BooleanField(label="Elle sera chauffée", required=False)
    has_private_office = forms.BooleanField(label="Un bureau à l’abri des regards est libre aussi", required=False)
    has_power = forms.BooleanField(label="Il y a des prises de courant", required=False)
    has_keys = forms.BooleanField(label="Les clés sont prêtes", required=False)
    opener = forms.CharField(label="Qui ouvre", required=False, max_length=120)
    opener_phone = forms.CharField(
        label="Son téléphone",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text="La médiatrice ou le médiateur l’appelle si la porte est fermée.",
    )

    @property
    def values(self) -> PreparationAnswers:
        """What the action takes."""
        return PreparationAnswers(**self.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def prepare(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Say what is ready, and that the half-day is expected."""
    stop = _stop(visitor, pk)
    form = PreparationForm(request.POST or None, initial=_known(stop))
    if accepted(form, lambda: confirm_visit(actor=visitor.user, visit=stop.visit, preparation=form.values)):
        messages.success(request, "C’est confirmé. Merci : la médiation numérique sait que vous l’attendez.")
        return redirect("commune:prepare_visit", pk)
    seen = {
        "visitor": visitor,
        "commune": visitor.commune,
        "stop": stop,
        "form": form,
        "is_coming": VisitState(stop.visit.state) in COMING,
        "is_confirmed": stop.visit.state == VisitState.CONFIRMED,
    }
    return render(request, "commune/visits/prepare.html", seen)


@require_POST
@enter(Journey.COMMUNE)
def take_back(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Take the confirmation back: something is not ready after all."""
    stop = _stop(visitor, pk)
    if performed(request, lambda: withdraw_confirmation(actor=visitor.user, visit=stop.visit)):
        messages.success(request, "La confirmation est retirée. Le passage reste prévu.")
    return redirect("commune:prepare_visit", pk)


def _stop(visitor: Visitor, pk: int) -> Stop:
    rows = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci, commune=visitor.commune)
    get_object_or_404(rows, pk=pk)
    [stop] = stops_of(rows.filter(pk=pk))
    return stop


def _known(stop: Stop) -> dict[str, Any]:
    """Return what was answered for this half-day, else the first holder of the key of its place."""
    answered = getattr(stop.visit, "preparation", None)
    if answered is not None:
        return model_to_dict(answered, fields=list(PreparationForm.base_fields))
    holder = KeyHolder.objects.filter(premises=stop.place).order_by("rank").first() if stop.place else None
    return {"opener": str(holder), "opener_phone": holder.phone} if holder else {}
