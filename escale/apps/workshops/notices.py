"""What is worth knowing of a workshop before its day: nothing here refuses it, someone has to look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from escale.apps.team.queries import away_days_of
from escale.apps.territory import clock
from escale.apps.territory.queries import service_windows
from escale.apps.workshops.laptops import laptops_for, to_erase
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.obstacles import obstacles_between
from escale.apps.workshops.plans import WorkshopPlan, plan_of
from escale.core.calendar.halfdays import Weekday, Window
from escale.core.workshops.capacity import Devices, devices_of

SOON = dt.timedelta(days=7)


def devices_for(workshop: Workshop, registered: Iterable[Registration]) -> Devices:
    """Return who brings a device and who needs a laptop of the kit."""
    return devices_of((row.brings_device for row in registered), laptops=laptops_for(workshop))


def notices_of(workshop: Workshop, devices: Devices) -> list[str]:
    """Return what to look at before a workshop that is still to come, each with what to do."""
    if not workshop.is_coming:
        return []
    plan = plan_of(workshop)
    return [*_on_the_day(workshop, plan), *_in_the_room(workshop), *_devices(devices), *_traces(workshop)]


def _on_the_day(workshop: Workshop, plan: WorkshopPlan) -> Iterator[str]:
    found = obstacles_between(workshop.epci, plan, workshop.date, workshop.date, besides=workshop)
    if reason := found.get(workshop.date):
        yield f"{reason[:1].upper()}{reason[1:]} : changer la date, le poste ou le lieu."
    away = away_days_of(plan.posts, workshop.date, workshop.date)
    for post in plan.posts:
        if workshop.date in away[post.pk]:
            yield f"{post} : personne n’est là ce jour-là ; choisir un autre poste, ou une autre date."
    weekday = Weekday(workshop.date.weekday())
    if weekday is Weekday.MON:
        yield "C’est un lundi : la journée de l’équipe (art. 4). L’équipe est-elle d’accord ?"
    elif weekday in (Weekday.SAT, Weekday.SUN):
        yield "C’est un jour de week-end : le lieu et l’équipe sont-ils d’accord ?"
    elif any(Window(weekday=weekday, half=half) not in service_windows(workshop.epci) for half in plan.halves):
        yield "Cette demi-journée n’est pas de celles que l’article 4 donne aux communes : l’équipe est-elle d’accord ?"


def _in_the_room(workshop: Workshop) -> Iterator[str]:
    seats = workshop.room.seats if workshop.room else None
    if seats is not None and seats < workshop.places:
        words = f"La salle a {seats} places assises pour {workshop.places} personnes"
        yield f"{words} : en choisir une autre, ou ouvrir moins de places."


def _devices(devices: Devices) -> Iterator[str]:
    if devices.missing and devices.laptops:
        yield (
            f"{devices.without} personnes viennent sans appareil pour {devices.laptops} ordinateurs : "
            "demander à l’une d’elles d’apporter le sien, ou prévoir de travailler à deux."
        )
    elif devices.missing:
        words = "personne vient" if devices.without == 1 else "personnes viennent"
        yield f"{devices.without} {words} sans appareil, et aucune malle n’est prévue : en choisir une."


def _traces(workshop: Workshop) -> Iterator[str]:
    if workshop.date - clock.today(workshop.epci) <= SOON and (count := len(to_erase(workshop))):
        words = "un ordinateur garde" if count == 1 else f"{count} ordinateurs gardent"
        yield f"{workshop.kit} : {words} les traces du dernier usage ; effacer avant l’atelier."
