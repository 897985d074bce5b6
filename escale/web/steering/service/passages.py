"""The half-days as the coordination follows them: this week, not confirmed yet, owed; and the story of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from escale.apps.activity.queries import counts_of_visits
from escale.apps.booking.models import Appointment
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.visits.labels import CAUSES, SIDES, VISIT_STATES
from escale.apps.visits.models import Visit, VisitQuerySet, VisitState
from escale.apps.visits.queries import owed_visits, visit_counts, visit_story
from escale.core.booking.states import AppointmentState
from escale.core.visits.life import COMING, Cause, Side
from escale.web.journeys import Journey, Visitor, enter
from escale.web.stops import stops_of

PER_PAGE = 50
SOON = dt.timedelta(days=21)
"""How long before its day a half-day that its commune did not confirm is worth a call."""
TONES = {
    VisitState.PLANNED: "info",
    VisitState.CONFIRMED: "good",
    VisitState.HELD: "good",
    VisitState.CANCELLED: "late",
    VisitState.REFUSED: "late",
    VisitState.WAIVED: "soon",
}


class Looking(StrEnum):
    """What the coordination looks for."""

    WEEK = "semaine"
    TO_CONFIRM = "a-confirmer"
    UNTOLD = "sans-suite"
    OWED = "a-rattraper"
    ALL = "tous"


LOOKING_WORDS = {
    Looking.WEEK: "Cette semaine",
    Looking.TO_CONFIRM: "À confirmer",
    Looking.UNTOLD: "À clore",
    Looking.OWED: "À rattraper",
    Looking.ALL: "Tous",
}


class FilterForm(forms.Form):
    """Which half-days to show."""

    commune = forms.ModelChoiceField(label="Commune", queryset=Commune.objects.none(), required=False, empty_label="Toutes")
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), *((state.value, words.capitalize()) for state, words in VISIT_STATES.items())],
    )

    def __init__(self, data: Mapping[str, Any] | None, visitor: Visitor) -> None:
        super().__init__(data)
        there = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci)
        communes = Commune.objects.filter(pk__in=there.values("commune")).defer("outline").order_by("sort_key")
        self.fields["commune"].queryset = communes  # type: ignore[attr-defined]


@require_safe
@enter(Journey.STEERING)
def list_visits(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the half-days, a page at a time."""
    today = clock.today(visitor.epci)
    asked = request.GET.get("voir", "")
    looking = Looking(asked) if asked in set(Looking) else Looking.WEEK
    rows = _looked_for(Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci), visitor, looking, today)
    form = FilterForm(request.GET or None, visitor)
    if looking is Looking.ALL and form.is_valid():
        if commune := form.cleaned_data["commune"]:
            rows = rows.filter(commune=commune)
        if state := form.cleaned_data["etat"]:
            rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    stops = stops_of(Visit.objects.filter(pk__in=[row.pk for row in page.object_list]).order_by("date", "half", "post"))
    seen = {
        "visitor": visitor,
        "form": form,
        "looking": looking,
        "choices": [(one.value, words) for one, words in LOOKING_WORDS.items()],
        "page": page,
        "lines": [(stop, VISIT_STATES[(state := VisitState(stop.visit.state))], TONES[state]) for stop in stops],
        "counts": visit_counts(visitor.epci, dt.date(today.year, 1, 1), today, today=today),
        "may_act": visitor.holds("visits.cancel"),
        # Asked once, and not for each line.
        "sees_team": visitor.sees_team,
    }
    return render(request, "steering/service/passages.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_visit(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show the story of a half-day: its states, the checks of both sides, the points; how many came, never who."""
    rows = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    visit = get_object_or_404(rows, pk=pk)
    [stop] = stops_of(rows.filter(pk=pk))
    story = visit_story(visitor.user, visit)
    state = VisitState(visit.state)
    lost, booked = story.cancellation, Appointment.objects.filter(visit=visit).standing()
    seen = {
        "visitor": visitor,
        "stop": stop,
        "story": story,
        "state_words": VISIT_STATES[state],
        "tone": TONES[state],
        "is_coming": state in COMING,
        "is_owed": lost is not None and lost.is_owed and story.make_up is None,
        "lost_words": "" if lost is None else f"{SIDES[Side(lost.side)]} : {CAUSES[Cause(lost.cause)]}",
        "state": visit.state,
        "sees_team": visitor.sees_team,
        "appointments": booked.count(),
        "came": booked.filter(state=AppointmentState.HONOURED.value).count(),
        "people": counts_of_visits(visitor.user, [visit]).get(visit.pk),
        "sees_points": visitor.holds("visits.contact"),
        "may_move": visitor.holds("visits.move"),
        "may_act": visitor.holds("visits.cancel"),
        "may_make_up": visitor.holds("visits.move") and lost is not None and story.make_up is None,
    }
    return render(request, "steering/service/visit.html", seen)


def _looked_for(rows: VisitQuerySet, visitor: Visitor, looking: Looking, today: dt.date) -> VisitQuerySet:
    match looking:
        case Looking.WEEK:
            monday = today - dt.timedelta(days=today.weekday())
            return rows.between(monday, monday + dt.timedelta(days=6))
        case Looking.TO_CONFIRM:
            return rows.filter(state=VisitState.PLANNED.value).between(today, today + SOON)
        case Looking.UNTOLD:
            return rows.to_close(today).order_by("date", "half", "post")
        case Looking.OWED:
            return rows.filter(pk__in=owed_visits(visitor.epci).values("pk")).order_by("date", "half", "post")
        case Looking.ALL:
            return rows.order_by("-date", "half", "post")
