"""« Ce passage n’aura pas lieu », « je ne peux pas entrer »: say it in a minute, and choose what is done instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.visits.actions import cancel_visit, change_room, hand_over_visit
from escale.apps.visits.models import VisitState
from escale.apps.visits.repairing import free_colleagues
from escale.core.visits.life import COMING, Side
from escale.web.forms import accepted
from escale.web.stops import Stop, stops_of
from escale.web.trouble.calling import numbers_of
from escale.web.trouble.forms import CancelForm, ColleagueForm, PlaceForm, elsewhere_than
from escale.web.trouble.situation import Situation, shown

SOON, A_MONTH_OR_TWO = dt.timedelta(days=14), dt.timedelta(days=62)
"""How far ahead the list goes: the service has many half-days, a mairie one a month."""


@require_safe
def choose_visit(request: HttpRequest, situation: Situation) -> HttpResponse:
    """List the half-days of today, then those that come: which one goes wrong?"""
    today = clock.today(situation.visitor.epci)
    ahead = A_MONTH_OR_TWO if situation.is_mairie else SOON
    stops = stops_of(situation.visits.coming().between(today, today + ahead))
    return shown(
        request,
        situation,
        "choose",
        of_today=[(stop, situation.url("trouble", pk=stop.visit.pk)) for stop in stops if stop.date == today],
        later=[(stop, situation.url("trouble", pk=stop.visit.pk)) for stop in stops if stop.date > today],
    )


@require_safe
def show_ways(request: HttpRequest, situation: Situation, pk: int) -> HttpResponse:
    """Show what can be done of a half-day that goes wrong."""
    return _ways(request, situation, situation.stop(pk))


@require_POST
def hand_over(request: HttpRequest, situation: Situation, pk: int) -> HttpResponse:
    """Send a colleague who is free."""
    stop = situation.stop(pk)
    form = ColleagueForm(request.POST, colleagues=free_colleagues(stop.visit))

    def go() -> None:
        post = get_object_or_404(Post, pk=form.cleaned_data["post"])
        hand_over_visit(actor=situation.visitor.user, visit=stop.visit, post=post)

    if accepted(form, go):
        return _done(request, situation, stop, "C’est noté : un collègue prend ce passage.")
    return _ways(request, situation, stop, colleague_form=form)


@require_POST
def change_place(request: HttpRequest, situation: Situation, pk: int) -> HttpResponse:
    """Receive in another place of the commune."""
    stop = situation.stop(pk)
    form = PlaceForm(request.POST, places=elsewhere_than(stop))

    def go() -> None:
        there = form.chosen
        change_room(actor=situation.visitor.user, visit=stop.visit, premises=there.premises, room=there.room)

    if accepted(form, go):
        return _done(request, situation, stop, "C’est noté : le public voit déjà le nouveau lieu.")
    return _ways(request, situation, stop, place_form=form)


@require_POST
def cancel(request: HttpRequest, situation: Situation, pk: int) -> HttpResponse:
    """Say that the half-day is not held."""
    stop = situation.stop(pk)
    form = CancelForm(request.POST, is_mairie=situation.is_mairie)
    if accepted(form, lambda: cancel_visit(actor=situation.visitor.user, visit=stop.visit, **form.values)):
        return _done(request, situation, stop, "C’est noté : le public voit déjà que ce passage n’a pas lieu.")
    return _ways(request, situation, stop, cancel_form=form)


def _ways(request: HttpRequest, situation: Situation, stop: Stop, **given: Any) -> HttpResponse:
    if VisitState(stop.visit.state) not in COMING:
        return redirect(situation.url("trouble_done", pk=stop.visit.pk))
    colleagues = [] if situation.is_mairie else free_colleagues(stop.visit)
    places = elsewhere_than(stop)
    forms = {
        "colleague_form": ColleagueForm(colleagues=colleagues) if colleagues else None,
        "place_form": PlaceForm(places=places) if places else None,
        "cancel_form": CancelForm(
            is_mairie=situation.is_mairie, initial={"side": Side.COMMUNE if situation.is_mairie else Side.SERVICE}
        ),
        **given,
    }
    parts = {name: situation.url(f"trouble_{name}", pk=stop.visit.pk) for name in ("hand_over", "room", "cancel")}
    seen = {
        "stop": stop,
        "addresses": parts,
        "numbers": numbers_of(stop),
        "may_add_place": situation.is_mairie and situation.visitor.user.may("premises.manage", stop.commune),
        "may_be_absent": situation.is_mairie and stop.date <= clock.today(situation.visitor.epci),
    }
    return shown(request, situation, "ways", **seen, **forms)


def _done(request: HttpRequest, situation: Situation, stop: Stop, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(situation.url("trouble_done", pk=stop.visit.pk))
