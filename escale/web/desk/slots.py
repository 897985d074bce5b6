"""The slots of the visits, and booking someone in one of them: one screen, thirty seconds."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.booking.actions import book_appointment
from escale.apps.booking.agenda import Agenda, agenda_of
from escale.apps.booking.models import Appointment
from escale.apps.booking.queries import AHEAD
from escale.apps.territory import clock
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.core.booking.motives import ALWAYS
from escale.core.booking.slots import MOST_IN_A_ROW
from escale.web.desk.counter import Counter, shown
from escale.web.desk.forms import BookingForm
from escale.web.desk.reading import coming_visits, received_elsewhere
from escale.web.forms import accepted


@require_safe
def show_visits(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Show the visits that come with their slots, and who is received elsewhere."""
    seen = {"visits": coming_visits(counter), "elsewhere": received_elsewhere(counter)}
    return shown(request, counter, "visits", **seen)


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, counter: Counter, visit: int) -> HttpResponse:
    """Ask who comes, in which slot of a visit of the commune, or of a neighbour that opens hers."""
    found = get_object_or_404(_open_to(counter).select_related("commune", "epci").defer("commune__outline"), pk=visit)
    agenda, half_day = agenda_of(found), _half_day(found)
    form = BookingForm(
        request.POST or None,
        epci=counter.epci,
        slots=_slots(agenda),
        initial={"slot": _asked_slot(request, agenda), "seen": half_day},
    )
    if accepted(form, lambda: _book(counter, found, form)):
        return redirect(counter.url("appointment", uid=form.cleaned_data["booked"]) + "?nouveau=1")
    if form.is_bound:
        # The half-day as it is now is read with the refusal: sent again, the form means this one.
        form.data = request.POST.copy()
        form.data["seen"] = half_day
    is_own = found.commune_id == counter.commune.pk
    seen = {"form": form, "agenda": agenda, "where": found.commune, "is_own": is_own, "always": ALWAYS}
    return shown(request, counter, "book", may_take_two=bool(agenda.starts_for(MOST_IN_A_ROW)), **seen)


def _open_to(counter: Counter) -> VisitQuerySet:
    today = clock.today(counter.epci)
    others = Visit.objects.filter(epci=counter.epci, commune__shared_slots__isnull=False, date__range=(today, today + AHEAD))
    return Visit.objects.filter(Q(pk__in=counter.visits.values("pk")) | Q(pk__in=others.values("pk")))


def _book(counter: Counter, visit: Visit, form: BookingForm) -> None:
    read_on, _, half = form.cleaned_data["seen"].partition(" ")
    # What the desk has read, and not what the visit has become: the action refuses the difference.
    visit.date, visit.half = dt.date.fromisoformat(read_on), half
    booked: Appointment = book_appointment(
        actor=counter.visitor.user,
        visit=visit,
        slot=form.cleaned_data["slot"],
        count=form.count,
        person=form.person,
        commune=counter.commune,
        asked_at=form.asked,
        key=form.cleaned_data["key"],
    )
    form.cleaned_data["booked"] = booked.uid


def _slots(agenda: Agenda) -> list[tuple[int, str]]:
    return [(line.slot.number, line.slot.hours.words) for line in agenda.free]


def _asked_slot(request: HttpRequest, agenda: Agenda) -> int | None:
    """Return the slot of the link that was followed, else the first that is free."""
    free = [line.slot.number for line in agenda.free]
    asked = request.GET.get("creneau", "")
    if asked.isdecimal() and int(asked[:4]) in free:
        return int(asked[:4])
    return free[0] if free else None


def _half_day(visit: Visit) -> str:
    return f"{visit.date.isoformat()} {visit.half}"
