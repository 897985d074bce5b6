"""What was done of a half-day that went wrong: whom to call now, for that day, and the notice for the door."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.booking.actions import reveal_people, tick_telling
from escale.apps.booking.models import Appointment, Telling
from escale.apps.documents.rendering import Layout
from escale.apps.visits.queries import owed_visits
from escale.web.forms import accepted, performed
from escale.web.stops import Stop, stops_of
from escale.web.takeaway.responses import pdf_response
from escale.web.trouble.calling import Caller, callers_of, numbers_of, revealed_callers
from escale.web.trouble.forms import RevealForm
from escale.web.trouble.notice import notice_of
from escale.web.trouble.situation import Situation, shown


@require_http_methods(["GET", "HEAD", "POST"])
def show_result(request: HttpRequest, situation: Situation, pk: int) -> HttpResponse:
    """Show what was done and whom to call; who does not read names says why, and is shown them once."""
    stop = situation.stop(pk)
    callers, hidden = callers_of(situation, stop.visit)
    form = RevealForm(request.POST or None, initial={"reason": "prévenir du changement de ce passage"}) if hidden else None
    revealed: list[Caller] = []

    def reveal() -> None:
        reason = form.cleaned_data["reason"] if form else ""
        rows = reveal_people(actor=situation.visitor.user, visit=stop.visit, reason=reason)
        revealed.extend(revealed_callers(situation, rows))

    if form is not None and request.method == "POST" and accepted(form, reveal):
        callers, hidden, form = revealed, 0, None
    return shown(
        request,
        situation,
        "done",
        stop=stop,
        callers=_ticks(situation, stop, callers),
        hidden=hidden,
        is_change=any(one.telling for one in callers),
        reveal_form=form if _may_reveal(situation, stop) else None,
        numbers=numbers_of(stop),
        following=_following(stop),
        is_owed=owed_visits(stop.visit.epci).filter(pk=stop.visit.pk).exists(),
        make_up=reverse("steering:service_make_up", args=[pk]) if situation.may_make_up else "",
        notice=situation.url("trouble_notice", pk=pk),
    )


@require_POST
def tick(request: HttpRequest, situation: Situation, pk: int, telling: int) -> HttpResponse:
    """Say that someone who was to come has been told."""
    stop = situation.stop(pk)
    row = get_object_or_404(Telling.objects.filter(appointment__visit=stop.visit), pk=telling)
    if performed(request, lambda: tick_telling(actor=situation.visitor.user, telling=row)):
        messages.success(request, "C’est noté : la personne est prévenue.")
    return redirect(situation.url("trouble_done", pk=pk))


@require_safe
def door_notice(request: HttpRequest, situation: Situation, pk: int) -> HttpResponse:
    """Give the notice for the door as a PDF."""
    del request
    stop = situation.stop(pk)
    name = f"affichette-{stop.commune.code}-{stop.date.isoformat()}"
    return pdf_response(notice_of(stop, _following(stop)), Layout.DOOR, name)


def _following(stop: Stop) -> Stop | None:
    """Return the next half-day of the commune after this one."""
    rows = type(stop.visit).objects.filter(commune=stop.commune).coming().from_day(stop.date).exclude(pk=stop.visit.pk)
    return next(iter(stops_of(rows[:1])), None)


def _may_reveal(situation: Situation, stop: Stop) -> bool:
    user = situation.visitor.user
    return user.may("booking.reveal", stop.visit) or user.may("booking.reveal_today", stop.visit)


def _ticks(situation: Situation, stop: Stop, callers: Iterable[Caller]) -> list[tuple[Caller, str]]:
    """Return each person with the address that says they are told, for whoever may say so."""
    reached = Appointment.objects.reached_with(situation.visitor.user, "booking.book").filter(visit=stop.visit)
    ours = set(Telling.objects.filter(appointment__in=reached).values_list("pk", flat=True))
    return [
        (one, situation.url("trouble_tick", pk=stop.visit.pk, telling=one.telling) if one.telling in ours else "")
        for one in callers
    ]
