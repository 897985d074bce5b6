"""« Points à régler » that a mairie noted of the half-days of a mediator: read, and answered in one click for the service."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.visits.actions import answer_point
from escale.apps.visits.labels import POINT_ANSWERS
from escale.apps.visits.models import Point
from escale.apps.visits.models.points import PointQuerySet
from escale.apps.visits.stories import point_lines
from escale.core.visits.life import Side
from escale.web.answering import ANSWER_CHOICES, WORDS_HINT, read_answer
from escale.web.field.mine import field_page, visits_of
from escale.web.forms import performed
from escale.web.journeys import Visitor

LATEST = 20


def points_of(visitor: Visitor) -> PointQuerySet:
    """Return what mairies noted of the half-days of a mediator."""
    rows = Point.objects.visible_to(visitor.user).noted_by(Side.COMMUNE)
    return rows.filter(visit__in=visits_of(visitor).order_by())


@require_safe
@field_page
def show_points(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what waits for an answer, then what has one."""
    rows = points_of(visitor).select_related("visit__commune", "visit__epci")
    seen = {
        "waiting": point_lines(list(rows.unanswered())),
        "answered": point_lines(list(rows.exclude(answer="")[:LATEST])),
        "answers": ANSWER_CHOICES,
        "hint": WORDS_HINT,
    }
    return render(request, "field/points.html", {"visitor": visitor, **seen})


@require_POST
@field_page
def answer(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Answer what a mairie noted; its version and this one stay side by side."""
    point = get_object_or_404(points_of(visitor).select_related("visit"), pk=pk)
    chosen = read_answer(request.POST.get("answer", ""))
    words = request.POST.get("words", "")
    if performed(request, lambda: answer_point(actor=visitor.user, point=point, answer=chosen, words=words)):
        messages.success(request, f"Réponse notée : {POINT_ANSWERS[chosen]}. Les deux versions restent côte à côte.")
    return redirect("field:points")
