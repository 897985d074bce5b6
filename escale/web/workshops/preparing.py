"""Prepare a workshop or a cycle, change it, open it, give it up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.workshops.actions import (
    cancel_workshop,
    change_workshop,
    open_cycle,
    open_workshop,
    prepare_cycle,
    prepare_workshop,
)
from escale.core.calendar.french import weekday_date_words
from escale.web.forms import accepted, performed
from escale.web.workshops.forms import CancelForm
from escale.web.workshops.new_forms import NewWorkshopForm
from escale.web.workshops.plan_forms import PlanForm
from escale.web.workshops.table import WorkTable, shown


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, table: WorkTable) -> HttpResponse:
    """Ask what the workshop is; once, or again at a rhythm. Days that are skipped are told."""
    _require(table)
    form = NewWorkshopForm(request.POST or None, epci=table.epci, user=table.visitor.user)
    made: list[UUID] = []

    def act() -> None:
        common = {"actor": table.visitor.user, "epci": table.epci, "key": form.cleaned_data["key"]}
        cycle = form.cycle
        if cycle is None:
            made.append(prepare_workshop(plan=form.plan, **common).uid)
            messages.success(request, "L’atelier est prêt. Les mairies le verront quand vous ouvrirez les inscriptions.")
            return
        done = prepare_cycle(plan=form.plan, cycle=cycle, **common)
        made.append(done.workshops[0].uid)
        words = f"{len(done.workshops)} séances sont prêtes, {cycle.words}."
        messages.success(request, f"{words} Ouvrez-les ensemble, ou chacune quand vous voudrez.")
        for day, reason in done.skipped:
            messages.warning(request, f"Sautée : {weekday_date_words(day)}, {reason}.")

    if accepted(form, act):
        return redirect(table.url("workshop", uid=made[0]))
    return shown(request, table, "edit", form=form, line=None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Change a workshop that is still to come."""
    _require(table)
    line = table.line(uid)
    form = PlanForm(request.POST or None, epci=table.epci, workshop=line.workshop)
    user = table.visitor.user
    if accepted(form, lambda: change_workshop(actor=user, workshop=line.workshop, plan=form.plan)):
        messages.success(request, "C’est enregistré.")
        return redirect(table.url("workshop", uid=uid))
    return shown(request, table, "edit", form=form, line=line)


@require_POST
def open_it(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Announce a workshop to its communes, or all the sessions of its cycle."""
    _require(table)
    workshop = table.line(uid).workshop
    if "cycle" in request.POST:
        if performed(request, lambda: open_cycle(actor=table.visitor.user, workshop=workshop)):
            messages.success(request, "Les inscriptions sont ouvertes à toutes les séances : les mairies les voient.")
    elif performed(request, lambda: open_workshop(actor=table.visitor.user, workshop=workshop)):
        messages.success(request, "Les inscriptions sont ouvertes : les mairies voient l’atelier.")
    return redirect(table.url("workshop", uid=uid))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, table: WorkTable, uid: UUID) -> HttpResponse:
    """Ask why a workshop is given up."""
    _require(table)
    line = table.line(uid)
    form = CancelForm(request.POST or None)
    user = table.visitor.user
    if accepted(form, lambda: cancel_workshop(actor=user, workshop=line.workshop, reason=form.cleaned_data["reason"])):
        messages.success(request, "L’atelier est annulé ; chaque personne inscrite est à prévenir, ou le sera par message.")
        return redirect(table.url("workshop", uid=uid))
    return shown(request, table, "cancel", form=form, line=line)


def _require(table: WorkTable) -> None:
    if not table.may_manage:
        raise PermissionDenied("Les ateliers sont préparés par la médiation et la coordination.")
