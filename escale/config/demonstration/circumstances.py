"""What the tours of the demonstration take into account: who takes part, closed days, holidays, answers of mairies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from escale.apps.schedule.actions.filling import answer_inquiry
from escale.apps.schedule.actions.inquiring import open_inquiry
from escale.apps.schedule.actions.participating import take_part
from escale.apps.schedule.known import known_sheet
from escale.apps.schedule.models import AnnexedPattern, Inquiry, Participation, Standing
from escale.apps.schedule.sheets import Sheet
from escale.apps.territory.actions import close_territory, seed_school_holidays, set_setting
from escale.apps.territory.models import Commune, Epci, SchoolHoliday, Setting, TerritoryClosure
from escale.apps.territory.queries import service_windows
from escale.config.demonstration.accounts import DENAIN, OISY
from escale.config.demonstration.actor import ACTOR, fiction_phone
from escale.core.calendar.halfdays import Weekday, Window
from escale.core.calendar.months import Month, nth_weekday

EXPECTED = frozenset({"59144", "59434", "59594"})
"""Château-l’Abbaye, Nivelle and Thun-Saint-Amand sign next year, says the demonstration; nothing of it is real."""
HASNON, WALLERS = "59284", "59632"
RAISMES, SAINT_AMAND = "59491", "59526"
JUNE = 6
DAYS_TO_ANSWER = 21


def join_communes(epci: Epci, this_year: int) -> None:
    """Let the communes take part: since last year, and three from next year on, if they sign."""
    if Participation.objects.filter(epci=epci).exists():
        return
    since, soon = dt.date(this_year - 1, 1, 1), dt.date(this_year + 1, 1, 1)
    for commune in Commune.objects.members_of(epci, since, since):
        expected = commune.code in EXPECTED
        standing, starts = (Standing.EXPECTED, soon) if expected else (Standing.FIRM, since)
        take_part(actor=ACTOR, epci=epci, commune=commune, standing=standing, starts=starts)


REACHED = {
    "COORDINATION_PHONE": fiction_phone(10),
    "COORDINATION_EMAIL": "coordination@example.org",
    "EPCI_SEAT": "Siège (démonstration), 1 place de l’Exemple, 59135 Wallers",
    "OFFICE_ADDRESS": "Zone du Plouich, rue du commerce, bâtiment 1 La Passerelle, Raismes",
}
"""How the EPCI is called and written to."""


def say_whom_to_call(epci: Epci) -> None:
    """Say how the mairies reach the coordination and where the EPCI is written to, once."""
    for key, value in REACHED.items():
        if not Setting.objects.filter(epci=epci, key=key).exists():
            set_setting(actor=ACTOR, epci=epci, key=key, value=value)


def mark_days(epci: Epci, years: range) -> None:
    """Bring in the school holidays of the zone, and one day on which every hall is taken."""
    if not SchoolHoliday.objects.filter(epci=epci).exists():
        seed_school_holidays(actor=ACTOR, epci=epci, first_year=years[0], last_year=years[-1])
    feast = nth_weekday(Month(years[-1], JUNE), 3, Weekday.FRI)
    if feast is not None and not TerritoryClosure.objects.filter(epci=epci).exists():
        close_territory(actor=ACTOR, epci=epci, starts=feast, ends=feast, reason="Fête locale (démonstration)")


def hear_mairies(epci: Epci, year: int, day: dt.date) -> None:
    """Ask what suits the mairies in a year, and let four of them answer; their agreed days stay possible."""
    months = Month.range(f"{year}-01..{year}-12")
    if Inquiry.objects.filter(epci=epci).exists():
        return
    inquiry = open_inquiry(actor=ACTOR, epci=epci, months=months, closes_on=day + dt.timedelta(days=DAYS_TO_ANSWER))
    communes = Commune.objects.in_bulk([OISY, DENAIN, HASNON, WALLERS], field_name="code")
    agreed = {row.commune.code: row.window for row in AnnexedPattern.objects.filter(epci=epci).in_force_on(months[0].first)}
    for code, said in _answers(year, agreed, service_windows(epci)):
        sheet = replace(said, places=known_sheet(inquiry, communes[code], day).places)
        answer_inquiry(actor=ACTOR, inquiry=inquiry, commune=communes[code], sheet=sheet, seen="")


def _answers(year: int, agreed: dict[str, Window], service: frozenset[Window]) -> Iterator[tuple[str, Sheet]]:
    """Yield four answers; what the demonstration makes a mairie say is named as such."""
    first_week = {dt.date(year, JUNE, number) for number in range(1, 8)}
    yield OISY, Sheet(closed_days=frozenset(first_week), comment="Salle en travaux début juin (démonstration).")
    yield DENAIN, Sheet(wished=frozenset({agreed[DENAIN]}), comment="Notre jour habituel convient (démonstration).")
    for code, weekday in ((HASNON, Weekday.FRI), (WALLERS, Weekday.TUE)):
        shut = frozenset(window for window in service if window.weekday is weekday) - {agreed[code]}
        yield code, Sheet(impossible=shut, comment="La salle sert à l’école ce jour-là (démonstration).")
