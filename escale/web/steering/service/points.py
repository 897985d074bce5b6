"""Points to settle, as the coordination and the lawyer follow them: both versions, the word between friends, the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.visits.actions import answer_point, make_evidence, record_contact
from escale.apps.visits.labels import POINT_ANSWERS, POINT_KINDS, SIDES
from escale.apps.visits.models import Point
from escale.apps.visits.stories import point_lines
from escale.core.visits.life import PointAnswer, PointKind, Side
from escale.web.answering import ANSWER_CHOICES, WORDS_HINT, read_answer
from escale.web.days import DayField
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter

PER_PAGE = 50


class ContactForm(forms.Form):
    """When the parties spoke, and what came of it."""

    on = DayField(
        label="Date de l’échange",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner la date de l’échange."},
    )
    words = forms.CharField(label="Ce qui en ressort", required=False, max_length=200, help_text=WORDS_HINT)


@require_safe
@enter(Journey.STEERING)
def list_points(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the points, those that wait for an answer first."""
    require(visitor.user, "visits.contact", visitor.epci)
    rows = _seen(visitor)
    waiting = request.GET.get("voir") != "tous"
    page = Paginator(rows.filter(answer="") if waiting else rows, PER_PAGE).get_page(request.GET.get("page"))
    seen = {
        "visitor": visitor,
        "waiting": waiting,
        "page": page,
        "lines": [(line, POINT_KINDS[PointKind(line.point.kind)], _words_of(line.point)) for line in point_lines(list(page))],
    }
    return render(request, "steering/service/points.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_point(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show both versions of a point; note that the parties spoke about it."""
    point = _point(visitor, pk)
    form = ContactForm(request.POST or None, initial={"on": point.contact_on, "words": point.contact_words})
    if accepted(form, lambda: record_contact(actor=visitor.user, point=point, **form.cleaned_data)):
        messages.success(request, "L’échange amiable est noté.")
        return redirect("steering:service_point", pk)
    [line] = point_lines([point])
    theirs = Side(point.side) is Side.COMMUNE
    seen = {
        "visitor": visitor,
        "line": line,
        "kind": POINT_KINDS[PointKind(point.kind)],
        "side": SIDES[Side(point.side)],
        "other": SIDES[Side.SERVICE if theirs else Side.COMMUNE],
        "answer": _words_of(point),
        "form": form,
        "answers": ANSWER_CHOICES,
        "may_answer": theirs and not point.answer and visitor.holds("visits.note"),
        "may_make_evidence": visitor.holds("visits.evidence") and point.evidence_at is None,
    }
    return render(request, "steering/service/point.html", seen)


@require_POST
@enter(Journey.STEERING)
def answer(request: HttpRequest, visitor: Visitor, pk: int, answer: str) -> HttpResponse:
    """Answer what a mairie noted, for the service."""
    point = _point(visitor, pk)
    chosen = read_answer(answer)
    if performed(
        request, lambda: answer_point(actor=visitor.user, point=point, answer=chosen, words=request.POST.get("words", ""))
    ):
        messages.success(request, f"Réponse notée : {POINT_ANSWERS[chosen]}.")
    return redirect("steering:service_point", pk)


@require_POST
@enter(Journey.STEERING)
def add_to_file(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Make a point a piece of the file of the convention."""
    point = _point(visitor, pk)
    if performed(request, lambda: make_evidence(actor=visitor.user, point=point)):
        messages.success(request, "Le point est versé au dossier de la convention.")
    return redirect("steering:service_point", pk)


def _seen(visitor: Visitor) -> Any:
    rows = Point.objects.visible_to(visitor.user).filter(visit__epci=visitor.epci)
    return rows.select_related("visit__commune", "visit__epci").order_by("answer", "-noted_at", "-pk")


def _point(visitor: Visitor, pk: int) -> Point:
    point: Point = get_object_or_404(_seen(visitor), pk=pk)
    require(visitor.user, "visits.contact", point.visit)
    return point


def _words_of(point: Point) -> str:
    return POINT_ANSWERS[PointAnswer(point.answer)]
