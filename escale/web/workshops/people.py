"""Register someone for a workshop in one screen; correct, withdraw and tell them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.territory import clock
from escale.apps.workshops.actions import correct_registration, mark_told, register_person, withdraw_person
from escale.apps.workshops.labels import NEWS, REGISTRATION_STATES
from escale.apps.workshops.models import Registration
from escale.apps.workshops.notices import devices_for
from escale.apps.workshops.queries import registrations_of
from escale.core.workshops.states import News, RegistrationState
from escale.web.forms import accepted, performed
from escale.web.workshops.forms import AttendeeForm, NewAttendeeForm
from escale.web.workshops.table import WorkTable, shown


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Ask who comes; without a place left, they wait in order."""
    line = table.line(uid)
    form = NewAttendeeForm(request.POST or None, line=line, commune=table.commune)
    written: list[Registration] = []

    def act() -> None:
        row = register_person(
            actor=table.visitor.user,
            workshop=line.workshop,
            commune=form.commune,
            person=form.person,
            key=form.cleaned_data["key"],
        )
        messages.success(request, _told(row))
        written.append(row)

    if accepted(form, act):
        may_name = written[0].pk in table.names(line.workshop)
        one = {"person": written[0].uid} if may_name else {}
        return redirect(table.url("workshop_person" if may_name else "workshop", uid=uid, **one))
    seated = [row for row in registrations_of(line.workshop) if row.place_id is not None]
    return shown(request, table, "register", line=line, form=form, devices=devices_for(line.workshop, seated))


@require_http_methods(["GET", "HEAD", "POST"])
def show_person(request: HttpRequest, table: WorkTable, uid: UUID, person: UUID) -> HttpResponse:
    """Show one registration; correct what is written of the person."""
    row = table.registration(uid, person)
    if row.pk not in table.names(row.workshop):
        raise Http404
    line = table.line(uid)
    form = AttendeeForm(request.POST or None, line=line, row=row)
    user = table.visitor.user
    if accepted(form, lambda: correct_registration(actor=user, registration=row, person=form.person)):
        messages.success(request, "C’est corrigé.")
        return redirect(table.url("workshop_person", uid=uid, person=person))
    is_over = clock.today(table.epci) > row.workshop.date
    seen = {
        "line": line,
        "row": row,
        "form": form,
        "state": REGISTRATION_STATES[RegistrationState(row.state)],
        "news": NEWS[News(row.news)] if row.news else "",
        "rank": _rank(row),
        "may_withdraw": row.state != RegistrationState.WITHDRAWN and row.workshop.is_coming and not is_over,
    }
    return shown(request, table, "registration", **seen)


@require_POST
def withdraw(request: HttpRequest, table: WorkTable, uid: UUID, person: UUID) -> HttpResponse:
    """Take someone off; whoever waits first has the place."""
    row = table.registration(uid, person)
    if performed(request, lambda: withdraw_person(actor=table.visitor.user, registration=row)):
        left = "la place va à la première personne qui attend, s’il y en a une." if row.place_id else "la liste avance."
        messages.success(request, f"L’inscription est retirée ; {left}")
    return redirect(table.url("workshop", uid=uid))


@require_POST
def tell(request: HttpRequest, table: WorkTable, uid: UUID, person: UUID) -> HttpResponse:
    """Tick that someone knows what changed."""
    row = table.registration(uid, person)
    if performed(request, lambda: mark_told(actor=table.visitor.user, registration=row)):
        messages.success(request, "C’est noté : la personne le sait.")
    return redirect(table.url("workshops"))


def _told(row: Registration) -> str:
    if row.place is not None:
        return f"C’est fait : place n° {row.place.number}."
    return f"L’atelier est complet : la personne attend, en position {_rank(row)}. Sa place viendra si quelqu’un se retire."


def _rank(row: Registration) -> int:
    """Return the position of someone who waits, from 1; 0 for who does not."""
    waiting = list(Registration.objects.filter(workshop=row.workshop).waiting().values_list("pk", flat=True))
    return waiting.index(row.pk) + 1 if row.pk in waiting else 0
