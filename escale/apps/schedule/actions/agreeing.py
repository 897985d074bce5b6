"""Write down what a convention or an avenant gives to a commune: its usual day, how many half-days a month (art. 4)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.models import AgreedVisits, AnnexedPattern
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import service_windows
from escale.apps.territory.saving import refuse, save_row
from escale.core.planning.problem import Annex
from escale.core.planning.readings import window_words


@transaction.atomic
def annex_pattern(*, actor: Actor, epci: Epci, commune: Commune, pattern: Annex, starts: dt.date) -> AnnexedPattern:
    """Keep the agreed day of a commune from a day on; one that begins on the same day is replaced."""
    require(actor, "schedule.plan", epci)
    if not Commune.objects.served_in(epci, starts, starts).filter(pk=commune.pk).exists():
        raise refuse("starts", f"{commune} n’est pas dans {epci} à cette date ; choisir une date où elle en fait partie.")
    service = service_windows(epci)
    if pattern.window not in service:
        raise refuse("window", f"L’article 4 ne donne pas {pattern.window.words} ; choisir parmi : {window_words(service)}.")
    row = AnnexedPattern.objects.select_for_update().filter(commune=commune, starts=starts).first() or AnnexedPattern()
    values = {
        "epci": epci,
        "commune": commune,
        "nth": pattern.nth,
        "weekday": pattern.window.weekday.value,
        "half": pattern.window.half.value,
        "starts": starts,
    }
    return save_row(row, values, event="schedule.pattern_annexed", actor=actor, epci=epci.siren)


@transaction.atomic
def agree_on_visits(*, actor: Actor, epci: Epci, commune: Commune, visits: int, starts: dt.date) -> AgreedVisits:
    """Keep how many half-days a month a commune has from a day on; what begins on the same day is replaced."""
    require(actor, "schedule.plan", epci)
    row = AgreedVisits.objects.select_for_update().filter(commune=commune, starts=starts).first() or AgreedVisits()
    values = {"epci": epci, "commune": commune, "visits": visits, "starts": starts}
    return save_row(row, values, event="schedule.visits_agreed", actor=actor, epci=epci.siren)


@transaction.atomic
def withdraw_pattern(*, actor: Actor, pattern: AnnexedPattern) -> None:
    """Take back an agreed day that was written by mistake."""
    require(actor, "schedule.plan", pattern)
    events.record("schedule.pattern_withdrawn", actor=actor, epci=pattern.epci.siren, subject=pattern)
    pattern.delete()
