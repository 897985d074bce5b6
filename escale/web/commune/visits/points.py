"""« Points à régler » of a mairie: what the service noted, answered in one click, and what the mairie notes itself."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.territory import clock
from escale.apps.visits.actions import answer_point, note_point
from escale.apps.visits.labels import POINT_ANSWERS, POINT_KINDS, SIDES
from escale.apps.visits.models import Point, Visit
from escale.apps.visits.stories import point_lines
from escale.core.visits.life import OF_THE_COMMUNE, PointAnswer, PointKind, Side
from escale.web.answering import ANSWER_CHOICES, WORDS_HINT, read_answer
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.stops import stops_of

SHOWN = 60
LATEST = 6
"""How many past half-days a mairie may tell something of, from this page."""


class NoteForm(forms.Form):
    """What the mairie found."""

    kind = forms.ChoiceField(
        label="Ce qui s’est passé",
        choices=[(kind.value, POINT_KINDS[kind].capitalize()) for kind in PointKind if kind in OF_THE_COMMUNE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir ce qui s’est passé."},
    )
    words = forms.CharField(label="En quelques mots", required=False, max_length=200, help_text=WORDS_HINT)


@require_safe
@enter(Journey.COMMUNE)
def list_points(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what waits for an answer of the mairie, then all the rest with both versions."""
    rows = Point.objects.visible_to(visitor.user).filter(visit__epci=visitor.epci, visit__commune=visitor.commune)
    lines = point_lines(list(rows.select_related("visit")[:SHOWN]))
    told = [
        (
            line,
            POINT_KINDS[PointKind(line.point.kind)],
            SIDES[Side(line.point.side)],
            POINT_ANSWERS[PointAnswer(line.point.answer)],
        )
        for line in lines
    ]
    today = clock.today(visitor.epci)
    past = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci, commune=visitor.commune, date__lte=today)
    seen = {
        "visitor": visitor,
        "commune": visitor.commune,
        "waiting": [one for one in told if not one[0].point.answer and one[0].point.side == Side.SERVICE],
        "others": [one for one in told if one[0].point.answer or one[0].point.side == Side.COMMUNE],
        "answers": ANSWER_CHOICES,
        "past": stops_of(past.order_by("-date", "-half")[:LATEST]),
    }
    return render(request, "commune/visits/points.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def note(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Note what the mairie found on a half-day."""
    rows = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci, commune=visitor.commune)
    visit = get_object_or_404(rows, pk=pk)
    form = NoteForm(request.POST or None)

    def go() -> None:
        given = form.cleaned_data
        note_point(actor=visitor.user, visit=visit, kind=PointKind(given["kind"]), words=given["words"])

    if accepted(form, go):
        messages.success(request, "C’est noté. La coordination répond ; votre version reste telle quelle.")
        return redirect("commune:points")
    [stop] = stops_of(rows.filter(pk=pk))
    seen = {"visitor": visitor, "commune": visitor.commune, "stop": stop, "form": form}
    return render(request, "commune/visits/note.html", seen)


@require_POST
@enter(Journey.COMMUNE)
def answer(request: HttpRequest, visitor: Visitor, pk: int, answer: str) -> HttpResponse:
    """Answer what the service noted, in one click."""
    rows = Point.objects.visible_to(visitor.user).filter(visit__commune=visitor.commune, visit__epci=visitor.epci)
    point = get_object_or_404(rows.select_related("visit"), pk=pk)
    chosen = read_answer(answer)
    if performed(
        request, lambda: answer_point(actor=visitor.user, point=point, answer=chosen, words=request.POST.get("words", ""))
    ):
        messages.success(request, f"Réponse notée : {POINT_ANSWERS[chosen]}. Merci.")
    return redirect("commune:points")
