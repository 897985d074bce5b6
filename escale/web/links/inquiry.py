"""The sheet of a mairie: filled, saved at once, read back, corrected until a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from escale.apps.schedule.actions.filling import CHANGED, answer_inquiry
from escale.apps.schedule.actions.inquiring import open_link
from escale.apps.schedule.contacts import contact_of
from escale.apps.schedule.inquiries import months_of
from escale.apps.schedule.known import known_sheet, period_of, version_of, wish_of
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import Inquiry, PersonalLink, Wish
from escale.apps.schedule.queries import months_words
from escale.apps.schedule.sentences import day_sentences, place_sentences
from escale.apps.schedule.sheets import Sheet
from escale.apps.territory import clock
from escale.apps.territory.queries import hours_at, service_windows
from escale.core.calendar.halfdays import Half
from escale.web.links.sheet import SheetForm

CORRECT = "corriger"
SEEN = "seen"


def fill_sheet(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Show the sheet of the commune of a link, or what it answered; take what is sent."""
    inquiry = link.inquiry
    assert inquiry is not None  # noqa: S101 -- held by a constraint
    today = clock.today(link.epci)
    if request.method == "POST":
        return _receive(request, link, inquiry, today)
    if request.method == "GET":
        open_link(link=link)
    wish = wish_of(inquiry, link.commune)
    if not link.is_open_on(today):
        return _closed(request, link, inquiry, today)
    if wish is not None and CORRECT not in request.GET:
        told = _told(known_sheet(inquiry, link.commune, today))
        return render(request, "links/answered.html", _page(link, inquiry) | {"told": told, "wish": wish})
    return _sheet(request, link, inquiry, _form(link, inquiry, today), version_of(wish))


def _receive(request: HttpRequest, link: PersonalLink, inquiry: Inquiry, today: dt.date) -> HttpResponse:
    form = _form(link, inquiry, today, typed=request.POST)
    valid = form.is_valid()
    if not link.is_open_on(today):
        return _closed(request, link, inquiry, today, typed=form.sheet if valid else None)
    seen = request.POST.get(SEEN, "")
    if not valid:
        return _sheet(request, link, inquiry, form, seen)
    holder = LinkHolder(link=link, day=today)
    try:
        answer_inquiry(actor=holder, inquiry=inquiry, commune=link.commune, sheet=form.sheet, seen=seen)
    except ValidationError as refusal:
        if getattr(refusal, "code", None) == CHANGED:
            return _both(request, link, inquiry, form, today)
        form.show(refusal)
        return _sheet(request, link, inquiry, form, seen)
    return redirect("links:answer", link.key)


def _both(request: HttpRequest, link: PersonalLink, inquiry: Inquiry, form: SheetForm, today: dt.date) -> HttpResponse:
    """Show the answer that came in between above the one that was typed: sending again keeps the latter."""
    wish = wish_of(inquiry, link.commune)
    return _sheet(
        request, link, inquiry, form, version_of(wish), other=_told(known_sheet(inquiry, link.commune, today)), wish=wish
    )


def _sheet(
    request: HttpRequest,
    link: PersonalLink,
    inquiry: Inquiry,
    form: SheetForm,
    seen: str,
    *,
    other: dict[str, Any] | None = None,
    wish: Wish | None = None,
) -> HttpResponse:
    hours = {"morning": hours_at(link.epci, None, Half.AM), "afternoon": hours_at(link.epci, None, Half.PM)}
    shown = _page(link, inquiry) | hours | {"form": form, "seen": seen, "other": other, "wish": wish}
    return render(request, "links/sheet.html", shown)


def _closed(
    request: HttpRequest, link: PersonalLink, inquiry: Inquiry, today: dt.date, *, typed: Sheet | None = None
) -> HttpResponse:
    """Say that it is too late, whom to call, and what was answered or has just been typed."""
    wish = wish_of(inquiry, link.commune)
    since = link.expires_on + dt.timedelta(days=1)
    shown = _page(link, inquiry) | {"wish": wish, "typed": _told(typed) if typed else None, "since": since}
    if wish is not None:
        shown |= {"told": _told(known_sheet(inquiry, link.commune, today))}
    return render(request, "links/closed.html", shown, status=409 if request.method == "POST" else 200)


def _form(link: PersonalLink, inquiry: Inquiry, today: dt.date, *, typed: Any = None) -> SheetForm:
    first, last = period_of(inquiry)
    known = known_sheet(inquiry, link.commune, today)
    return SheetForm(known, service=service_windows(link.epci), first=first, last=last, typed=typed)


def _page(link: PersonalLink, inquiry: Inquiry) -> dict[str, Any]:
    return {
        "link": link,
        "epci": link.epci,
        "commune": link.commune,
        "inquiry": inquiry,
        "tour": months_words(months_of(inquiry)),
        "contact": contact_of(link.epci),
    }


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "days": day_sentences(sheet),
        "places": [(place, place_sentences(place)) for place in sheet.places],
        "comment": sheet.comment,
    }
