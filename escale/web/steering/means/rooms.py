"""The meeting rooms at the disposal of trainings (art. 7): which there are, when they are taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.team.actions import book_room, cancel_room, close_meeting_room, open_meeting_room
from escale.apps.team.models import MeetingRoom, RoomBooking
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.means.asking import Asked, ask
from escale.web.steering.means.forms import BookingForm, LastDayForm, RoomForm


@require_safe
@enter(Journey.STEERING)
def show_rooms(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the rooms of today and after, and the bookings that come."""
    require(visitor.user, "team.see", visitor.epci)
    today = clock.today(visitor.epci)
    coming = _bookings(visitor).filter(date__gte=today)
    seen = {
        "visitor": visitor,
        "rooms": _rooms(visitor).exclude(ends__lt=today).select_related("commune"),
        "bookings": [(row, HALF_WORDS[Half(row.half)]) for row in coming],
        "may_manage": visitor.holds("team.manage"),
        "may_book": visitor.holds("team.equip"),
    }
    return show(request, "steering/means/rooms.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_room(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open a room to trainings."""
    require(visitor.user, "team.manage", visitor.epci)
    today = clock.today(visitor.epci)
    form = RoomForm(request.POST or None, initial={"starts": today})
    form.among("commune", Commune.objects.members_of(visitor.epci, today, today))
    if accepted(form, lambda: open_meeting_room(actor=visitor.user, epci=visitor.epci, **form.cleaned_data)):
        messages.success(request, f"Salle ajoutée : {form.cleaned_data['name']}.")
        return redirect("steering:rooms")
    return ask(request, visitor, form, _asked("Quelle salle ouvre-t-on aux formations ?", "Ajouter cette salle"))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def close_room(request: HttpRequest, visitor: Visitor, room: int) -> HttpResponse:
    """Say the last day of a room."""
    require(visitor.user, "team.manage", visitor.epci)
    row = get_object_or_404(_rooms(visitor), pk=room)
    form = LastDayForm(request.POST or None, initial={"ends": row.ends or clock.today(visitor.epci)})
    if accepted(form, lambda: close_meeting_room(actor=visitor.user, room=row, **form.cleaned_data)):
        messages.success(request, f"{row} : ouverte jusqu’au {date_words(form.cleaned_data['ends'])}.")
        return redirect("steering:rooms")
    return ask(request, visitor, form, _asked(f"{row} : jusqu’à quand est-elle ouverte ?", "Enregistrer"))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def book(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take a room for a training."""
    require(visitor.user, "team.equip", visitor.epci)
    form = BookingForm(request.POST or None, initial={"room": request.GET.get("salle")})
    form.among("room", _rooms(visitor).exclude(ends__lt=clock.today(visitor.epci)))
    if accepted(form, lambda: book_room(actor=visitor.user, **form.values)):
        messages.success(request, f"{form.cleaned_data['room']} réservée le {date_words(form.cleaned_data['date'])}.")
        return redirect("steering:rooms")
    return ask(request, visitor, form, _asked("Quelle salle, et quand ?", "Réserver cette salle"))


@require_POST
@enter(Journey.STEERING)
def cancel_booking(request: HttpRequest, visitor: Visitor, booking: int) -> HttpResponse:
    """Free a room."""
    row = get_object_or_404(_bookings(visitor), pk=booking)
    cancel_room(actor=visitor.user, booking=row)
    messages.success(request, f"{row.room} : réservation du {date_words(row.date)} annulée.")
    return redirect("steering:rooms")


def _asked(question: str, button: str) -> Asked:
    return Asked(question=question, button=button, here="rooms", back="rooms", back_words="Les salles")


def _rooms(visitor: Visitor) -> Any:
    return MeetingRoom.objects.visible_to(visitor.user).filter(epci=visitor.epci)


def _bookings(visitor: Visitor) -> Any:
    return RoomBooking.objects.visible_to(visitor.user).filter(room__epci=visitor.epci).select_related("room__epci")
