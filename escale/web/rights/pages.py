"""The register, and the page of one request: nothing that names anybody stands in an address; it is looked for by POST alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from escale.apps.booking.actions.rights import (
    answer_rights_request,
    copy_person,
    erase_person,
    note_rights_request,
    search_person,
)
from escale.apps.booking.models import RightsRequest
from escale.apps.booking.rights.sources import KnownRow
from escale.apps.territory import clock
from escale.web.forms import accepted, performed
from escale.web.rights.copies import json_copy, pdf_copy
from escale.web.rights.forms import AnswerForm, NoteForm, SearchForm
from escale.web.rights.register import SOURCES, Register, shown

COPIES = {"json": json_copy, "pdf": pdf_copy}
MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def show_register(request: HttpRequest, register: Register) -> HttpResponse:
    """Show what waits and what was answered, and note a new request."""
    epci, actor = register.visitor.epci, register.visitor.user
    form = NoteForm(request.POST or None, initial={"received_on": clock.today(epci)})
    noted: list[RightsRequest] = []
    if accepted(form, lambda: noted.append(note_rights_request(actor=actor, epci=epci, commune=register.commune, **form.values))):
        messages.success(request, f"Demande n° {noted[0].number} notée : y répondre avant le {noted[0].due_on:%d/%m/%Y}.")
        return redirect(register.url(noted[0]))
    waiting = [(row, register.url(row)) for row in register.rows.waiting()]
    answered = register.rows.filter(answered_on__isnull=False)[:MOST_SHOWN]
    return shown(request, register, "register", form=form, waiting=waiting, answered=answered, today=clock.today(epci))


@require_http_methods(["GET", "HEAD", "POST"])
def show_request(request: HttpRequest, register: Register, number: int) -> HttpResponseBase:
    """Show one request; a POST looks for the person, gives a copy, erases, or notes the answer."""
    row = register.request(number)
    match request.POST.get("do", ""):
        case "search":
            return _search(request, register, row)
        case "erase":
            return _erase(request, register, row)
        case "answer":
            return _answer(request, register, row)
        case kind if kind in COPIES:
            return _copy(request, register, row, kind)
    return _page(request, register, row)


def _search(request: HttpRequest, register: Register, row: RightsRequest) -> HttpResponse:
    form, actor = SearchForm(request.POST), register.visitor.user
    found: list[KnownRow] = []
    done = accepted(form, lambda: found.extend(search_person(actor=actor, request=row, search=form.search, sources=SOURCES)))
    return _page(request, register, row, search=form, found=found if done else None)


def _copy(request: HttpRequest, register: Register, row: RightsRequest, kind: str) -> HttpResponse:
    try:
        found = copy_person(actor=register.visitor.user, request=row, uids=_chosen(request), sources=SOURCES)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(register.url(row))
    return COPIES[kind](row, found)


def _erase(request: HttpRequest, register: Register, row: RightsRequest) -> HttpResponse:
    actor = register.visitor.user
    if performed(request, lambda: erase_person(actor=actor, request=row, uids=_chosen(request), sources=SOURCES)):
        row.refresh_from_db()
        messages.success(
            request, f"C’est effacé. Le certificat est la ligne n° {row.number} du registre : {row.erased} lignes effacées."
        )
    return redirect(register.url(row))


def _answer(request: HttpRequest, register: Register, row: RightsRequest) -> HttpResponse:
    form, actor = AnswerForm(request.POST), register.visitor.user
    if accepted(form, lambda: answer_rights_request(actor=actor, request=row, answered_on=form.cleaned_data["answered_on"])):
        messages.success(request, f"Réponse notée. La demande n° {row.number} ne dit plus qui l’a faite.")
        return redirect(register.home)
    return _page(request, register, row, answer=form)


def _page(
    request: HttpRequest,
    register: Register,
    row: RightsRequest,
    *,
    search: SearchForm | None = None,
    answer: AnswerForm | None = None,
    found: Sequence[KnownRow] | None = None,
) -> HttpResponse:
    today = clock.today(row.epci)
    return shown(
        request,
        register,
        "request",
        row=row,
        search=search or SearchForm(),
        answer=answer or AnswerForm(initial={"answered_on": today}),
        found=found,
        today=today,
    )


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    """Return the rows that are ticked; what is no identifier is nobody's."""
    found = []
    for text in request.POST.getlist("uids"):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
