"""Write the days of a whole territory: when no hall can be had, and the school holidays of its zone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import school
from escale.apps.territory.catalogue import SCHOOL_ZONE
from escale.apps.territory.models import Epci, SchoolHoliday, TerritoryClosure
from escale.apps.territory.queries import value_of
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import date_words, period_words

BY_HAND = "saisi par la coordination"
LONGEST_DAYS = 366
"""A longer period is a slip of the year."""


@transaction.atomic
def close_territory(*, actor: Actor, epci: Epci, starts: dt.date, ends: dt.date, reason: str) -> TerritoryClosure:
    """Say that no hall of the territory can be had from one day to another, both included."""
    require(actor, "territory.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    return _save_closure(TerritoryClosure(), actor=actor, epci=epci, starts=starts, ends=ends, reason=reason)


@transaction.atomic
def change_territory_closure(
    *, actor: Actor, closure: TerritoryClosure, starts: dt.date, ends: dt.date, reason: str
) -> TerritoryClosure:
    """Correct the days or the reason of a closure."""
    require(actor, "territory.manage", closure)
    Epci.objects.select_for_update().get(pk=closure.epci_id)
    return _save_closure(closure, actor=actor, epci=closure.epci, starts=starts, ends=ends, reason=reason)


@transaction.atomic
def reopen_territory(*, actor: Actor, closure: TerritoryClosure) -> None:
    """Take a closure of the territory back."""
    require(actor, "territory.manage", closure)
    events.record("territory.reopened", actor=actor, epci=closure.epci.siren, subject=closure)
    closure.delete()


@transaction.atomic
def add_school_holiday(*, actor: Actor, epci: Epci, name: str, starts: dt.date, ends: dt.date) -> SchoolHoliday:
    """Add school holidays that the known dates lack."""
    require(actor, "territory.manage", epci)
    return _save_holiday(SchoolHoliday(), actor=actor, epci=epci, name=name, starts=starts, ends=ends)


@transaction.atomic
def change_school_holiday(*, actor: Actor, holiday: SchoolHoliday, name: str, starts: dt.date, ends: dt.date) -> SchoolHoliday:
    """Correct school holidays; whoever corrects them answers for them from then on."""
    require(actor, "territory.manage", holiday)
    if (holiday.name, holiday.starts, holiday.ends) == (name.strip(), starts, ends):
        return holiday
    return _save_holiday(holiday, actor=actor, epci=holiday.epci, name=name, starts=starts, ends=ends)


@transaction.atomic
def remove_school_holiday(*, actor: Actor, holiday: SchoolHoliday) -> None:
    """Take school holidays off the list."""
    require(actor, "territory.manage", holiday)
    events.record("territory.school_holiday_removed", actor=actor, epci=holiday.epci.siren, subject=holiday)
    holiday.delete()


@transaction.atomic
def seed_school_holidays(*, actor: Actor, epci: Epci, first_year: int, last_year: int) -> list[SchoolHoliday]:
    """Add the school holidays of the zone that meet some civil years, and return those that were missing.

    What stands in the list under the same name on some of the same days is left as it is. Raise ValidationError, with what to do,
    when the zone is not chosen or its dates are not known.
    """
    require(actor, "territory.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    zone = value_of(epci, SCHOOL_ZONE)
    if zone is None:
        raise refuse("zone", "La zone de vacances scolaires n’est pas choisie ; la choisir d’abord.")
    known = school.known_holidays(zone, first_year, last_year)
    if not known:
        raise refuse("first_year", _unknown(school.known_until(zone)))
    listed = list(SchoolHoliday.objects.filter(epci=epci))
    missing = [
        period
        for period in known
        if not any(row.name == period.name and row.starts <= period.ends and row.ends >= period.starts for row in listed)
    ]
    rows = SchoolHoliday.objects.bulk_create(
        SchoolHoliday(epci=epci, name=period.name, starts=period.starts, ends=period.ends, source=school.source())
        for period in missing
    )
    if rows:
        years = [first_year, last_year]
        events.record("territory.school_holidays_seeded", actor=actor, epci=epci.siren, subject=epci, years=years, rows=len(rows))
    return list(rows)


def _save_closure(
    closure: TerritoryClosure, *, actor: Actor, epci: Epci, starts: dt.date, ends: dt.date, reason: str
) -> TerritoryClosure:
    _refuse_slip(starts, ends)
    values = {"epci": epci, "starts": starts, "ends": ends, "reason": reason.strip()}
    if TerritoryClosure.objects.filter(**values).exclude(pk=closure.pk).exists():
        raise refuse("starts", f"« {reason.strip()} » est déjà dans la liste, {period_words(starts, ends)}.")
    return save_row(closure, values, event="territory.closed", actor=actor, epci=epci.siren)


def _save_holiday(
    holiday: SchoolHoliday, *, actor: Actor, epci: Epci, name: str, starts: dt.date, ends: dt.date
) -> SchoolHoliday:
    _refuse_slip(starts, ends)
    values = {"epci": epci, "name": name.strip(), "starts": starts, "ends": ends, "source": BY_HAND}
    return save_row(holiday, values, event="territory.school_holiday_set", actor=actor, epci=epci.siren)


def _refuse_slip(starts: dt.date, ends: dt.date) -> None:
    if ends < starts:
        raise refuse("ends", "Le dernier jour est avant le premier ; corriger l’une des deux dates.")
    if (ends - starts).days >= LONGEST_DAYS:
        raise refuse("ends", f"Du {date_words(starts)} au {date_words(ends)}, il y a plus d’un an ; vérifier l’année.")


def _unknown(until: dt.date | None) -> str:
    if until is None:
        return "Aucune date n’est fournie pour cette zone ; ajouter les vacances à la main."
    return f"Les dates connues s’arrêtent le {date_words(until)} ; ajouter les suivantes à la main quand elles paraissent."
