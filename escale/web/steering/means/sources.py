"""Where each mediator writes the records: here, or in La Coop, and then only counts are kept here."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from escale.apps.activity.actions import choose_source
from escale.apps.activity.ground import source_of
from escale.apps.activity.labels import SOURCES
from escale.apps.activity.models import Source
from escale.apps.audit.actors import require
from escale.apps.team.models import Mediator
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.means.asking import Asked, ask


class SourceForm(forms.Form):
    """Where the records are written from now on."""

    source = forms.ChoiceField(
        label="Les fiches se font",
        choices=list(SOURCES.items()),
        widget=forms.RadioSelect,
        help_text="Ce qui est déjà noté reste tel quel. Une même personne ne se compte jamais deux fois.",
        error_messages={"required": "Choisir où se font les fiches.", "invalid_choice": "Choisir l’une des deux réponses."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def change_source(request: HttpRequest, visitor: Visitor, mediator: int) -> HttpResponse:
    """Say where a mediator writes the records from now on."""
    require(visitor.user, "team.manage", visitor.epci)
    row = get_object_or_404(Mediator.objects.visible_to(visitor.user).filter(epci=visitor.epci), pk=mediator)
    form = SourceForm(request.POST or None, initial={"source": source_of(row)})
    if accepted(form, lambda: choose_source(actor=visitor.user, mediator=row, source=Source(form.cleaned_data["source"]))):
        messages.success(request, f"{row.first_name} : c’est enregistré.")
        return redirect("steering:team")
    asked = Asked(
        question=f"Où se font les fiches de {row.first_name} ?",
        button="Enregistrer ce choix",
        here="team",
        back="team",
        back_words="L’équipe",
    )
    return ask(request, visitor, form, asked)
