"""Move one half-day, make up for one, or do without one: what the coordination decides with the commune (art. 4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.visits.actions import make_up_visit, move_visit, waive_visit
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import free_dates
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.visits.life import Side
from escale.web.answering import WORDS_HINT
from escale.web.days import DayField
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.stops import Stop, stops_of
from escale.web.trouble.forms import SIDE_CHOICES


class WhenForm(forms.Form):
    """Another half-day, and whoever comes."""

    date = DayField(
        label="Date",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner la nouvelle date."},
    )
    half = forms.ChoiceField(
        label="Moment",
        choices=[(half.value, words.capitalize()) for half, words in HALF_WORDS.items()],
        error_messages={"required": "Choisir le matin ou l’après-midi."},
    )
    post = forms.ModelChoiceField(
        label="Poste", queryset=Post.objects.none(), empty_label=None, error_messages={"required": "Choisir qui vient."}
    )

    def __init__(self, *args: Any, posts: Any, **choices: Any) -> None:
        super().__init__(*args, **choices)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "half": Half(self.cleaned_data["half"])}


class MoveForm(WhenForm):
    """Another half-day, and why."""

    reason = forms.CharField(
        label="Pourquoi",
        max_length=200,
        help_text=f"La commune le lit. {WORDS_HINT}",
        error_messages={"required": "Dire pourquoi : la commune le lit."},
    )


class WaiveForm(forms.Form):
    """Who asked to do without, and why."""

    side = forms.ChoiceField(
        label="Qui l’a demandé",
        choices=SIDE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Dire qui l’a demandé."},
    )
    reason = forms.CharField(
        label="Ce qui est convenu",
        max_length=200,
        help_text=WORDS_HINT,
        error_messages={"required": "Dire en quelques mots ce qui est convenu."},
    )

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {"side": Side(self.cleaned_data["side"]), "reason": self.cleaned_data["reason"]}


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def move(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Move a half-day to another one."""
    stop = _stop(visitor, pk, "visits.move")
    initial = {"date": stop.date, "half": stop.visit.half, "post": stop.visit.post_id, **_picked(request)}
    form = MoveForm(request.POST or None, posts=_posts(visitor), initial=initial)
    if accepted(form, lambda: move_visit(actor=visitor.user, visit=stop.visit, **form.values)):
        messages.success(request, f"Déplacé au {_told(form)}. La commune et les personnes inscrites sont à prévenir.")
        return redirect("steering:service_visit", pk)
    title = f"Déplacer le passage {stop.commune.place_name.de}"
    note = "Un déplacement isolé ne demande pas d’avenant ; un autre jour habituel en demande un (art. 4)."
    return _asked(request, visitor, stop, form, title=title, note=note, button="Déplacer ce passage")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def make_up(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Plan the half-day that makes up for one that was given up."""
    stop = _stop(visitor, pk, "visits.move")
    form = WhenForm(request.POST or None, posts=_posts(visitor), initial={"post": stop.visit.post_id, **_picked(request)})
    if accepted(form, lambda: make_up_visit(actor=visitor.user, visit=stop.visit, **form.values)):
        messages.success(request, f"Rattrapage prévu le {_told(form)}.")
        return redirect("steering:service_visit", pk)
    title = f"Rattraper le passage {stop.commune.place_name.de}"
    note = f"Il devait se tenir le {weekday_date_words(stop.date)}. Le rattrapage compte pour le même mois (art. 4)."
    return _asked(request, visitor, stop, form, title=title, note=note, button="Prévoir ce rattrapage")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def waive(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Do without a half-day, both parties agreeing."""
    stop = _stop(visitor, pk, "visits.waive")
    form = WaiveForm(request.POST or None)
    if accepted(form, lambda: waive_visit(actor=visitor.user, visit=stop.visit, **form.values)):
        messages.success(request, "C’est noté : les deux parties se passent de ce passage.")
        return redirect("steering:service_visit", pk)
    seen = {"visitor": visitor, "stop": stop, "form": form}
    return render(request, "steering/service/waive.html", seen)


def _asked(request: HttpRequest, visitor: Visitor, stop: Stop, form: WhenForm, **words: str) -> HttpResponse:
    first = clock.today(visitor.epci) + dt.timedelta(days=1)
    seen = {"visitor": visitor, "stop": stop, "form": form, "dates": free_dates(stop.visit, first), **words}
    return render(request, "steering/service/when.html", seen)


def _stop(visitor: Visitor, pk: int, permission: str) -> Stop:
    rows = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    require(visitor.user, permission, get_object_or_404(rows, pk=pk))
    [stop] = stops_of(rows.filter(pk=pk))
    return stop


def _posts(visitor: Visitor) -> Any:
    return Post.objects.visible_to(visitor.user).filter(epci=visitor.epci)


def _picked(request: HttpRequest) -> dict[str, str]:
    """Return the free date that was tapped, to fill the form."""
    return {name: request.GET[name] for name in ("date", "half", "post") if name in request.GET}


def _told(form: WhenForm) -> str:
    return f"{weekday_date_words(form.cleaned_data['date'])}, {HALF_WORDS[Half(form.cleaned_data['half'])]}"
