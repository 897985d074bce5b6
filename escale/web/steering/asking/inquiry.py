"""The question put to the mairies: who was asked, who opened, who answered what; ask, remind, close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.actions.inquiring import (
    close_inquiry,
    invite_communes,
    move_closing,
    open_inquiry,
    remind_communes,
    renew_link,
)
from escale.apps.schedule.actions.sending import Sending
from escale.apps.schedule.inquiries import (
    Asked,
    AskedLine,
    asked_communes,
    asked_lines,
    current_inquiry,
    is_open,
    months_of,
)
from escale.apps.schedule.known import known_sheet
from escale.apps.schedule.models import Inquiry
from escale.apps.schedule.queries import months_words
from escale.apps.schedule.sentences import day_sentences, place_sentences
from escale.apps.territory import catalogue, clock
from escale.apps.territory.actions import reset_setting, set_setting
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.core.calendar.french import date_words
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.asking.forms import ClosingForm, OpenForm
from escale.web.steering.asking.told import tell_refusal, tell_sending

if TYPE_CHECKING:
    from escale.apps.accounts.models import User

TO_REACH = frozenset({Asked.NO_ADDRESS, Asked.NOT_SENT})


@require_safe
@enter(Journey.STEERING)
def show_inquiry(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show how far the last question is, commune by commune."""
    require(visitor.user, "schedule.draft", visitor.epci)
    inquiry = current_inquiry(visitor.user, visitor.epci)
    if inquiry is None:
        return render(request, "steering/asking/no_inquiry.html", {"visitor": visitor})
    lines = asked_lines(visitor.user, inquiry)
    today = clock.today(visitor.epci)
    seen = _seen(visitor, inquiry) | {
        "lines": lines,
        "answered": sum(line.state is Asked.ANSWERED for line in lines),
        "unasked": sum(_may_be_asked(line) for line in lines),
        "to_reach": sum(line.state in TO_REACH for line in lines),
        "waiting": sum(line.state in {Asked.SENT, Asked.OPENED} for line in lines),
        "is_open": is_open(inquiry, today),
    }
    return render(request, "steering/asking/inquiry.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_commune(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Show what a commune answered, and its link."""
    require(visitor.user, "schedule.draft", visitor.epci)
    inquiry = _current(visitor)
    line = _line_of(visitor.user, inquiry, code)
    today = clock.today(visitor.epci)
    sheet = known_sheet(inquiry, line.commune, today)
    told = {
        "days": day_sentences(sheet) if line.wish else [],
        "places": [(place, place_sentences(place)) for place in sheet.places],
        "comment": sheet.comment,
    }
    seen = _seen(visitor, inquiry) | {"line": line, "told": told, "is_open": is_open(inquiry, today)}
    return render(request, "steering/asking/commune.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def open_new(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Open a question about some months."""
    epci = visitor.epci
    require(visitor.user, "schedule.draft", epci)
    phone = value_of(epci, catalogue.COORDINATION_PHONE)
    form = OpenForm(request.POST or None, today=clock.today(epci), phone=phone)
    if accepted(form, lambda: _open(visitor.user, epci, form)):
        messages.success(request, "La consultation est ouverte. Il reste à envoyer la question.")
        return redirect("steering:inquiry")
    return render(request, "steering/asking/open.html", {"visitor": visitor, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def move(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Let the mairies answer until another day."""
    require(visitor.user, "schedule.draft", visitor.epci)
    inquiry = _current(visitor)
    form = ClosingForm(request.POST or None, initial={"closes_on": clock.today(visitor.epci) + dt.timedelta(days=7)})
    if accepted(form, lambda: move_closing(actor=visitor.user, inquiry=inquiry, **form.cleaned_data)):
        messages.success(request, f"Les mairies peuvent répondre jusqu’au {date_words(form.cleaned_data['closes_on'])} inclus.")
        return redirect("steering:inquiry")
    return render(request, "steering/asking/move.html", _seen(visitor, inquiry) | {"form": form})


@require_POST
@enter(Journey.STEERING)
def send(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Send the question to the mairies that have not received it."""
    inquiry = _current(visitor)
    communes = asked_communes(inquiry.epci, months_of(inquiry))
    return _send(request, lambda: invite_communes(actor=visitor.user, inquiry=inquiry, communes=communes))


@require_POST
@enter(Journey.STEERING)
def remind(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Write again to the mairies that have not answered."""
    inquiry = _current(visitor)
    return _send(request, lambda: remind_communes(actor=visitor.user, inquiry=inquiry))


@require_POST
@enter(Journey.STEERING)
def close(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take no more answers."""
    try:
        close_inquiry(actor=visitor.user, inquiry=_current(visitor))
    except ValidationError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, "La consultation est close. Les réponses sont gardées.")
    return redirect("steering:inquiry")


@require_POST
@enter(Journey.STEERING)
def renew(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Replace the link of a commune, and write to it again."""
    inquiry = _current(visitor)
    line = _line_of(visitor.user, inquiry, code)
    try:
        with transaction.atomic():
            if line.link is not None:
                renew_link(actor=visitor.user, link=line.link)
            sending = invite_communes(actor=visitor.user, inquiry=inquiry, communes=[line.commune])
    except ValidationError as refusal:
        tell_refusal(request, refusal)
    else:
        tell_sending(request, sending)
    return redirect("steering:inquiry_commune", code)


def _send(request: HttpRequest, action: Callable[[], Sending]) -> HttpResponse:
    try:
        tell_sending(request, action())
    except ValidationError as refusal:
        tell_refusal(request, refusal)
    return redirect("steering:inquiry")


def _open(actor: User, epci: Epci, form: OpenForm) -> None:
    with transaction.atomic():
        open_inquiry(actor=actor, epci=epci, months=form.months, closes_on=form.cleaned_data["closes_on"])
        _keep_phone(actor, epci, form.cleaned_data["phone"].strip())


def _keep_phone(actor: User, epci: Epci, phone: str) -> None:
    key = catalogue.COORDINATION_PHONE.key
    if not phone:
        reset_setting(actor=actor, epci=epci, key=key)
        return
    try:
        set_setting(actor=actor, epci=epci, key=key, value=phone)
    except ValidationError as refusal:
        raise ValidationError({"phone": refusal.messages}) from refusal


def _current(visitor: Visitor) -> Inquiry:
    inquiry = current_inquiry(visitor.user, visitor.epci)
    if inquiry is None:
        raise Http404
    return inquiry


def _line_of(actor: User, inquiry: Inquiry, code: str) -> AskedLine:
    for line in asked_lines(actor, inquiry):
        if line.commune.code == code:
            return line
    raise Http404


def _may_be_asked(line: AskedLine) -> bool:
    """Whether sending the question does something for a commune: writes to it, or makes the link that is missing."""
    return line.state is Asked.NEW or (line.state is Asked.NO_ADDRESS and line.link is None)


def _seen(visitor: Visitor, inquiry: Inquiry) -> dict[str, object]:
    return {"visitor": visitor, "inquiry": inquiry, "tour": months_words(months_of(inquiry))}
