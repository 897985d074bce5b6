"""Judge the plan of a workshop before it is written; each refusal stands beside its field and says what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from escale.apps.booking.people import text_refusal
from escale.apps.schedule.models import Participation
from escale.apps.territory import clock
from escale.apps.territory.catalogue import WORKSHOP_COUNT_MEDIATOR, WORKSHOP_MAX_PERSONS
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import settings_of
from escale.apps.workshops.plans import WorkshopPlan
from escale.core.activity.vocabulary import ActivityKind, proposed_missions
from escale.core.booking.sensitive import MOST_LETTERS, REASONS, find_sensitive_number
from escale.core.calendar.french import date_words
from escale.core.workshops.capacity import most_places
from escale.core.workshops.tools import TOOLS, tools_refusal

MOST_TITLE = 100
SHORTEST_MINUTES, LONGEST_MINUTES = 30, 8 * 60


def communes_of(epci: Epci, plan: WorkshopPlan) -> tuple[Commune, ...]:
    """Return the communes whose people a workshop takes: those of its bassin with a convention, else those that were named."""
    if plan.bassin is None:
        return plan.communes
    members = Commune.objects.members_of(epci, plan.date, plan.date).filter(memberships__bassin=plan.bassin)
    return tuple(members.filter(pk__in=_with_convention(epci, plan.date)).distinct())


def _with_convention(epci: Epci, day: dt.date) -> Any:
    return Participation.objects.filter(epci=epci).firm().between(day, day).values("commune")


def most_places_of(epci: Epci, plan: WorkshopPlan) -> int:
    """Return how many people may register for what is planned. Raise ValueError when nobody could."""
    choice = settings_of(epci)
    return most_places(choice(WORKSHOP_MAX_PERSONS), mediators=len(plan.posts), counts_mediators=choice(WORKSHOP_COUNT_MEDIATOR))


def values_of_plan(epci: Epci, plan: WorkshopPlan) -> dict[str, Any]:
    """Return the fields of a workshop as they are stored, its day judged apart. Raise ValidationError beside what refuses."""
    errors = dict(_refusals(epci, plan))
    if errors:
        raise ValidationError(dict(errors))
    missions = plan.missions or proposed_missions(ActivityKind.COLLECTIVE, plan.public, plan.themes)
    return {
        "title": " ".join(plan.title.split()),
        "public": plan.public.value,
        "level": plan.level.value,
        "themes": sorted(theme.value for theme in plan.themes),
        "missions": sorted(mission.value for mission in missions),
        "tools": [code for code in TOOLS if code in plan.tools],
        "other_tool": " ".join(plan.other_tool.split()),
        "exception": " ".join(plan.exception.split()),
        "bassin": plan.bassin,
        "host": plan.host,
        "premises": plan.premises,
        "room": plan.room,
        "address": " ".join(plan.address.split()),
        "kit": plan.kit,
        "date": plan.date,
        "starts": plan.starts,
        "ends": plan.ends,
        "places": plan.places or most_places_of(epci, plan),
    }


def refuse_past(epci: Epci, day: dt.date) -> None:
    """Refuse a workshop on a day that is over."""
    if day < clock.today(epci):
        raise ValidationError({"date": f"Le {date_words(day)} est passé ; choisir une date à venir."})


def _refusals(epci: Epci, plan: WorkshopPlan) -> Iterator[tuple[str, str]]:
    today = clock.today(epci)
    yield from _refused_title(plan.title)
    for field, text, most in (
        ("address", plan.address, MOST_LETTERS),
        ("other_tool", plan.other_tool, MOST_TITLE),
        ("exception", plan.exception, MOST_LETTERS),
    ):
        if reason := text_refusal(text, today=today, most=most):
            yield field, reason
    if not plan.themes:
        yield "themes", "Choisir au moins un thème."
    if not plan.posts:
        yield "posts", "Choisir qui anime l’atelier."
    if reason := tools_refusal(plan.tools, other=plan.other_tool.strip(), exception=plan.exception.strip()):
        yield "exception" if plan.other_tool.strip() else "other_tool" if plan.exception.strip() else "tools", reason
    yield from _refused_hours(plan)
    yield from _refused_places(epci, plan)
    yield from _refused_communes(epci, plan)
    yield from _refused_where(plan)


def _refused_title(title: str) -> Iterator[tuple[str, str]]:
    """Refuse what is never stored; « mot de passe » and « identifiant » are what a workshop teaches, not a secret."""
    if not title.strip():
        yield "title", "Donner un titre à l’atelier."
    elif kind := find_sensitive_number(title):
        yield "title", REASONS[kind]
    elif len(title) > MOST_TITLE:
        yield "title", f"C’est trop long : {MOST_TITLE} lettres au plus."


def _refused_hours(plan: WorkshopPlan) -> Iterator[tuple[str, str]]:
    length = dt.datetime.combine(plan.date, plan.ends) - dt.datetime.combine(plan.date, plan.starts)
    minutes = length.total_seconds() / 60
    if minutes <= 0:
        yield "ends", "L’atelier finit avant de commencer ; corriger l’une des deux heures."
    elif not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        yield "ends", "Un atelier dure de 30 minutes à 8 heures ; corriger l’une des deux heures."


def _refused_places(epci: Epci, plan: WorkshopPlan) -> Iterator[tuple[str, str]]:
    try:
        most = most_places_of(epci, plan)
    except ValueError as error:
        yield "posts", str(error)
        return
    if plan.places is not None and not 1 <= plan.places <= most:
        yield "places", f"Un atelier prend de 1 à {most} personnes (art. 3-1) ; au-delà, prévoir une seconde séance."


def _refused_communes(epci: Epci, plan: WorkshopPlan) -> Iterator[tuple[str, str]]:
    communes = communes_of(epci, plan)
    if plan.bassin is not None:
        if plan.communes:
            yield "communes", "Un bassin de vie est choisi : ne pas choisir de communes en plus, ou ne pas choisir de bassin."
        elif not communes:
            yield "bassin", "Aucune convention ne court à cette date dans ce bassin de vie ; choisir des communes."
        return
    if not communes:
        yield "communes", "Dire pour quelles communes est l’atelier, ou pour quel bassin de vie."
    out = Commune.objects.filter(pk__in=[commune.pk for commune in communes]).exclude(pk__in=_with_convention(epci, plan.date))
    if names := ", ".join(str(commune) for commune in out.defer("outline")):
        yield "communes", f"Aucune convention ne court à cette date avec : {names}. Retirer ces communes, ou changer la date."


def _refused_where(plan: WorkshopPlan) -> Iterator[tuple[str, str]]:
    if plan.premises is None and not plan.address.strip():
        yield "address", "Choisir un lieu de la commune, ou écrire le lieu et son adresse (art. 7 : une salle pour les ateliers)."
    if plan.premises is not None and plan.address.strip():
        yield "address", "Un lieu de la commune est choisi : effacer cette adresse, ou ne pas choisir de lieu."
    if plan.premises is not None and plan.premises.commune_id != plan.host.pk:
        yield "premises", f"Ce lieu n’est pas {plan.host.place_name.at} ; choisir un lieu de la commune d’accueil."
    if plan.premises is not None and not plan.premises.holds_on(plan.date):
        yield "premises", "Ce lieu n’existe pas à cette date ; en choisir un autre."
    if plan.room is not None and (plan.premises is None or plan.room.premises_id != plan.premises.pk):
        yield "room", "Cette salle n’est pas dans ce lieu ; en choisir une autre."
    if plan.kit is not None and not plan.kit.holds_on(plan.date):
        yield "kit", "Cette malle ne sert plus à cette date ; en choisir une autre."
