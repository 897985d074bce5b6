"""Say that the service is reduced for a while, and that it is no longer."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.models import ReducedService
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import period_words


@transaction.atomic
def announce_reduced_service(
    *, actor: Actor, epci: Epci, sentence: str, starts: dt.date, ends: dt.date | None = None
) -> ReducedService:
    """Tell communes and residents, from a day to another, why some visits are missing."""
    require(actor, "schedule.publish", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    if other := ReducedService.objects.filter(meeting(starts, ends), epci=epci).first():
        raise refuse("starts", f"Une phrase est déjà affichée {period_words(other.starts, other.ends)} ; y mettre fin d’abord.")
    values = {"epci": epci, "sentence": " ".join(sentence.split()), "starts": starts, "ends": ends}
    return save_row(ReducedService(), values, event="schedule.service_reduced", actor=actor, epci=epci.siren)


@transaction.atomic
def end_reduced_service(*, actor: Actor, service: ReducedService, ends: dt.date) -> ReducedService | None:
    """Say the last day on which the service is reduced; one that had not begun is forgotten."""
    require(actor, "schedule.publish", service)
    locked: ReducedService = ReducedService.objects.select_for_update().select_related("epci").get(pk=service.pk)
    if locked.starts is not None and ends < locked.starts:
        events.record("schedule.service_restored", actor=actor, epci=locked.epci.siren, subject=locked)
        locked.delete()
        return None
    return save_row(locked, {"ends": ends}, event="schedule.service_restored", actor=actor, epci=locked.epci.siren)
