"""The ages of the population, typed in by the coordinator: without them E6 and E7 of the evaluation stay « donnée absente »."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.territory import clock
from escale.apps.territory.actions import write_ages_of_commune, write_ages_of_epci
from escale.apps.territory.models import Commune, Epci
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter

WHOLE = {"invalid": "Donner un nombre entier, en chiffres.", "min_value": "Ce nombre ne peut être négatif."}


class AgesForm(forms.Form):
    """Two numbers as a source gives them for a year; all left empty, nothing is known."""

    population_15 = forms.IntegerField(label="Habitants de 15 ans et plus", required=False, min_value=0, error_messages=WHOLE)
    population_60 = forms.IntegerField(
        label="Habitants de 60 ans et plus",
        required=False,
        min_value=0,
        error_messages=WHOLE,
        help_text="Parmi ceux de 15 ans et plus.",
    )
    source = forms.CharField(
        label="D’où viennent ces nombres",
        required=False,
        max_length=120,
        help_text="Par exemple : Insee, recensement de la population.",
    )
    year = forms.IntegerField(
        label="Année", required=False, min_value=0, error_messages=WHOLE, help_text="Celle des nombres, pas de leur parution."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_ages(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Type in the ages of the whole territory, and see those of each commune."""
    epci = visitor.epci
    require(visitor.user, "territory.manage", epci)
    form = AgesForm(request.POST or None, initial=_known(epci))

    def write() -> None:
        write_ages_of_epci(actor=visitor.user, epci=epci, **form.cleaned_data)

    if _is_written(request, form, write):
        return redirect("steering:ages")
    today = clock.today(epci)
    communes = Commune.objects.visible_to(visitor.user).members_of(epci, today, today).order_by("sort_key")
    return render(request, "steering/ages.html", {"visitor": visitor, "form": form, "communes": communes})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_ages_of_commune(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Type in the ages of one commune."""
    commune = get_object_or_404(Commune.objects.visible_to(visitor.user), code=code)
    require(visitor.user, "territory.manage", commune)
    form = AgesForm(request.POST or None, initial=_known(commune))

    def write() -> None:
        write_ages_of_commune(actor=visitor.user, commune=commune, **form.cleaned_data)

    if _is_written(request, form, write):
        return redirect("steering:ages")
    return render(request, "steering/edit_ages.html", {"visitor": visitor, "commune": commune, "form": form})


def _known(place: Commune | Epci) -> dict[str, Any]:
    columns = {"population_15": "population_15", "population_60": "population_60", "source": "ages_source", "year": "ages_year"}
    return {name: getattr(place, column) for name, column in columns.items()}


def _is_written(request: HttpRequest, form: forms.Form, write: Callable[[], None]) -> bool:
    if done := accepted(form, write):
        messages.success(request, "Les nombres d’habitants sont enregistrés.")
    return done
