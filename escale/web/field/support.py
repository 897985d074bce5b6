"""When it goes badly: whom to call for someone in danger, a word to the team, a note of what happened without naming anyone."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.activity.actions import ask_for_help, choose_source, note_incident
from escale.apps.activity.ground import mediator_of, source_of
from escale.apps.activity.labels import HELPS, INCIDENTS
from escale.apps.activity.models import Source
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.catalogue import COORDINATION_PHONE
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Help, IncidentKind
from escale.web.field.day import day_of
from escale.web.field.mine import field_page, writes_here
from escale.web.forms import accepted, performed
from escale.web.journeys import Visitor

A_DAY = 86_400


class HelpForm(forms.Form):
    """Why, and a few words."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label="Pourquoi ?",
        choices=[(str(value), words) for value, words in HELPS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir pourquoi."},
    )
    words = forms.CharField(label="En quelques mots", required=False, max_length=200, help_text="Sans nommer personne.")


class IncidentForm(forms.Form):
    """What happened."""

    kind = forms.ChoiceField(
        label="Ce qui s’est passé",
        choices=[(str(value), words) for value, words in INCIDENTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir ce qui s’est passé."},
    )
    words = forms.CharField(
        label="En quelques mots", required=False, max_length=200, help_text="Sans nommer personne. Effacé après 90 jours."
    )


@require_safe
@cache_control(public=True, max_age=A_DAY)
def show_danger(request: HttpRequest) -> HttpResponse:
    """Show whom to call for someone in danger. The page is the same for everyone, and nothing is written anywhere."""
    return render(request, "field/danger.html")


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def help_me(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show whom to call, and write to the team."""
    form = HelpForm(request.POST or None)
    told: list[int] = []

    def ask() -> None:
        chosen = form.cleaned_data
        where = _visit_now(visitor)
        told.append(
            ask_for_help(actor=visitor.user, kind=Help(chosen["kind"]), key=chosen["key"], words=chosen["words"], visit=where)
        )

    if accepted(form, ask):
        people = f"{told[0]} personnes" if told[0] > 1 else "une personne"
        messages.success(request, f"Message envoyé à {people} de l’équipe. Si c’est pressé, appelez aussi.")
        return redirect("field:help")
    colleagues = Mediator.objects.visible_to(visitor.user).filter(epci=visitor.epci).exclude(user=visitor.user).exclude(phone="")
    seen = {"form": form, "colleagues": colleagues, "coordination": value_of(visitor.epci, COORDINATION_PHONE)}
    return render(request, "field/help.html", {"visitor": visitor, "writes_here": writes_here(visitor), **seen})


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def incident(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Note what happened, without naming anyone."""
    form = IncidentForm(request.POST or None)

    def note() -> None:
        chosen = form.cleaned_data
        kind = IncidentKind(chosen["kind"])
        note_incident(actor=visitor.user, kind=kind, words=chosen["words"], visit=_visit_now(visitor))

    if accepted(form, note):
        messages.success(request, "C’est noté pour la coordination. Prenez soin de vous ; vous pouvez aussi appeler.")
        return redirect("field:help")
    return render(request, "field/incident.html", {"visitor": visitor, "form": form})


@require_POST
@field_page
def choose(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say where the mediator writes the records: here, or in La Coop."""
    mediator = mediator_of(visitor.user)
    other = Source.COOP if source_of(mediator) is Source.ESCALE else Source.ESCALE
    if performed(request, lambda: choose_source(actor=visitor.user, mediator=mediator, source=other)):
        where = "dans La Coop : ici, vous comptez seulement" if other is Source.COOP else "ici"
        messages.success(request, f"Vos fiches se font maintenant {where}.")
    return redirect("field:help")


def _visit_now(visitor: Visitor) -> Visit | None:
    current = day_of(visitor, clock.today(visitor.epci)).current
    return None if current is None else current.stop.visit
