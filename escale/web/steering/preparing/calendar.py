"""The days of the territory: when no hall can be had, the school holidays of its zone, the dates that are fragile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.fragile import fragile_days
from escale.apps.territory import catalogue, school
from escale.apps.territory.actions import (
    add_school_holiday,
    change_school_holiday,
    change_territory_closure,
    close_territory,
    remove_school_holiday,
    reopen_territory,
    seed_school_holidays,
    set_setting,
)
from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.labels import SCHOOL_ZONES
from escale.apps.territory.models import SchoolHoliday, TerritoryClosure
from escale.apps.territory.queries import school_holidays_until, value_of
from escale.apps.visits.models import Visit
from escale.core.calendar.fragile import ONE_DAY
from escale.core.calendar.french import date_words, period_words
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.preparing.forms import ClosureForm, HolidayForm, ZoneForm
from escale.web.steering.preparing.years import ShownYear, shown_year

REMOVE = "remove"
"""The name of the button that takes a row away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FragileRun:
    """Days that are fragile for one reason, with nothing but weekends and holidays between them."""

    reason: str
    starts: dt.date
    ends: dt.date
    days: int


@require_safe
@enter(Journey.STEERING)
def show_calendar(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the days of a year that count for the whole territory."""
    epci = visitor.epci
    require(visitor.user, "territory.manage", epci)
    year = shown_year(request, epci)
    zone = value_of(epci, catalogue.SCHOOL_ZONE)
    seen = {
        "visitor": visitor,
        "year": year,
        "closures": TerritoryClosure.objects.visible_to(visitor.user).filter(epci=epci).between(year.first, year.last),
        "holidays": SchoolHoliday.objects.visible_to(visitor.user).filter(epci=epci).between(year.first, year.last),
        "fragile": _runs(fragile_days(epci, year.first, year.last)),
        "until": school_holidays_until(epci),
        "official": _official(zone, year),
        "zone": SCHOOL_ZONES[zone] if zone else "",
        "zone_form": ZoneForm(),
    }
    return render(request, "steering/preparing/calendar.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_closure(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Close the halls of the whole territory on some days."""
    require(visitor.user, "territory.manage", visitor.epci)
    form = ClosureForm(request.POST or None)
    if accepted(form, lambda: close_territory(actor=visitor.user, epci=visitor.epci, **form.values)):
        return _closed(request, visitor, form.values)
    return _ask(request, visitor, form, title="Fermer les salles de tout le territoire", send="Fermer ces jours")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_closure(request: HttpRequest, visitor: Visitor, closure: int) -> HttpResponse:
    """Correct a closure of the territory, or take it back."""
    row = get_object_or_404(TerritoryClosure.objects.visible_to(visitor.user), epci=visitor.epci, pk=closure)
    require(visitor.user, "territory.manage", row)
    if REMOVE in request.POST:
        reopen_territory(actor=visitor.user, closure=row)
        messages.success(request, f"{row.reason} : ces jours sont de nouveau libres.")
        return _back(row.starts)
    form = ClosureForm(request.POST or None, initial=ClosureForm.initial_of(row.reason, row.starts, row.ends))
    if accepted(form, lambda: change_territory_closure(actor=visitor.user, closure=row, **form.values)):
        return _closed(request, visitor, form.values)
    return _ask(request, visitor, form, title="Modifier une fermeture", send="Enregistrer", remove="Retirer cette fermeture")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_holiday(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Add school holidays that the known dates lack."""
    require(visitor.user, "territory.manage", visitor.epci)
    form = HolidayForm(request.POST or None)
    if accepted(form, lambda: add_school_holiday(actor=visitor.user, epci=visitor.epci, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} : c’est noté.")
        return _back(form.cleaned_data["starts"])
    return _ask(request, visitor, form, title="Ajouter des vacances scolaires", send="Ajouter ces vacances")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_holiday(request: HttpRequest, visitor: Visitor, holiday: int) -> HttpResponse:
    """Correct school holidays, or take them off the list."""
    row = get_object_or_404(SchoolHoliday.objects.visible_to(visitor.user), epci=visitor.epci, pk=holiday)
    require(visitor.user, "territory.manage", row)
    if REMOVE in request.POST:
        remove_school_holiday(actor=visitor.user, holiday=row)
        messages.success(request, f"{row.name} : retirées de la liste.")
        return _back(row.starts)
    form = HolidayForm(request.POST or None, initial=vars(row))
    if accepted(form, lambda: change_school_holiday(actor=visitor.user, holiday=row, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} : c’est noté.")
        return _back(form.cleaned_data["starts"])
    return _ask(
        request, visitor, form, title="Modifier des vacances scolaires", send="Enregistrer", remove="Retirer ces vacances"
    )


@require_POST
@enter(Journey.STEERING)
def seed_holidays(request: HttpRequest, visitor: Visitor, year: int) -> HttpResponse:
    """Add the official school holidays of a year."""
    form = Form(request.POST)
    added: list[SchoolHoliday] = []

    def seed() -> None:
        added.extend(seed_school_holidays(actor=visitor.user, epci=visitor.epci, first_year=year, last_year=year))

    if accepted(form, seed):
        count = len(added)
        told = f"{count} période{'s' if count > 1 else ''} de vacances ajoutée{'s' if count > 1 else ''}."
        messages.success(request, told if added else f"Les vacances connues de {year} étaient déjà là.")
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return _to(year)


@require_POST
@enter(Journey.STEERING)
def choose_zone(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Choose the school zone of the territory."""
    form = ZoneForm(request.POST)
    if accepted(
        form,
        lambda: set_setting(
            actor=visitor.user, epci=visitor.epci, key=catalogue.SCHOOL_ZONE.key, value=form.cleaned_data["zone"]
        ),
    ):
        messages.success(request, f"C’est noté : {SCHOOL_ZONES[SchoolZone(form.cleaned_data['zone'])]}.")
    else:
        messages.error(request, " ".join(map(str, form.errors.get("zone", form.non_field_errors()))))
    return redirect("steering:calendar")


def _ask(request: HttpRequest, visitor: Visitor, form: Form, *, title: str, send: str, remove: str = "") -> HttpResponse:
    seen = {"visitor": visitor, "form": form, "title": title, "send": send, "remove": remove}
    return render(request, "steering/preparing/period.html", seen)


def _closed(request: HttpRequest, visitor: Visitor, values: Mapping[str, Any]) -> HttpResponse:
    """Say that the days are closed, and how many promised visits stand on them."""
    period = period_words(values["starts"], values["ends"])
    visits = Visit.objects.filter(epci=visitor.epci).standing().between(values["starts"], values["ends"]).count()
    messages.success(request, f"{values['reason']} : aucune salle {period}. La prochaine tournée en tiendra compte.")
    if visits:
        told = "passages publiés tombent" if visits > 1 else "passage publié tombe"
        messages.warning(request, f"{visits} {told} sur ces jours. Pour les déplacer : Tournée › Imprévu.")
    return _back(values["starts"])


def _official(zone: SchoolZone | None, year: ShownYear) -> str:
    """Return what the official calendar says of a year, in one sentence; nothing when it gives all of it."""
    until = school.known_until(zone) if zone else None
    if zone is None:
        return "Choisir la zone pour que les vacances officielles s’ajoutent."
    if until is None:
        return "Aucune date n’est fournie pour cette zone : les ajouter à la main."
    if until < year.first:
        return f"Les dates connues s’arrêtent le {date_words(until)} : rien n’est encore fourni pour {year.year}."
    if until < year.last:
        return f"Les dates connues s’arrêtent le {date_words(until)} : la fin de {year.year} manque encore."
    return ""


def _runs(days: Mapping[dt.date, str]) -> list[FragileRun]:
    found: list[FragileRun] = []
    for day, reason in days.items():
        before = found[-1] if found else None
        # A week of holidays follows another: a weekend, the team's Monday or a public holiday do not part them.
        if before is not None and before.reason == reason and day - before.ends <= 5 * ONE_DAY:
            found[-1] = FragileRun(reason=reason, starts=before.starts, ends=day, days=before.days + 1)
        else:
            found.append(FragileRun(reason=reason, starts=day, ends=day, days=1))
    return found


def _back(day: dt.date | None) -> HttpResponse:
    return redirect("steering:calendar") if day is None else _to(day.year)


def _to(year: int) -> HttpResponse:
    return redirect(f"{reverse('steering:calendar')}?annee={year}")
