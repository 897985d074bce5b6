"""Merge communes into a commune nouvelle: it takes over their conventions, and the tour goes on where they were signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import refused
from escale.apps.conventions.succession import MergePlan, merge_plan
from escale.apps.schedule.actions import end_participation
from escale.apps.schedule.models import Participation
from escale.apps.territory.actions import merge_commune, rename_commune
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.names import propose
from escale.core.calendar.french import date_words
from escale.core.convention.dates import ONE_DAY

ACTOR = SystemActor(actor_id="conventions")
"""The tour follows in this name."""


@transaction.atomic
def merge_communes(
    *, actor: Actor, epci: Epci, communes: Collection[Commune], into: Commune, on: dt.date, name: str = ""
) -> MergePlan:
    """Merge communes into one that goes on, under another name when one is given.

    Their conventions stay in force until their term, each with its half-day where it was signed (L. 2113-5 CGCT). A former
    commune without a convention in force leaves the tour. Raise ValidationError, by field, when one cannot merge: none does.
    """
    require(actor, "conventions.manage", epci)
    require(actor, "territory.manage", epci)
    if not communes:
        raise refused("communes", "E_NONE", "Cocher au moins une commune qui disparaît.")
    members = set(Commune.objects.members_of(epci, on, on).values_list("pk", flat=True))
    for commune in (into, *communes):
        if commune.pk not in members:
            field = "into" if commune == into else "communes"
            words = f"{commune} n’est pas dans {epci} le {date_words(on)} ; choisir une autre commune ou une autre date."
            raise refused(field, "E_NOT_A_MEMBER", words)
    plan = merge_plan(epci, communes, into, on)
    for commune in communes:
        _merge(actor, commune, into, on)
    if name.strip():
        rename_commune(actor=actor, commune=into, name=propose(" ".join(name.split())))
    held = {convention.commune_id for convention in plan.taken_over}
    for convention in plan.taken_over:
        journal.record("conventions.taken_over", actor=actor, convention=convention, on=on, by=into.code)
    for row in Participation.objects.filter(meeting(on, None), epci=epci, commune__in=list(communes)):
        if row.commune_id not in held:
            reason = f"la commune a rejoint la commune nouvelle {into.place_name.de} le {date_words(on)}"
            end_participation(actor=ACTOR, participation=row, ends=on - ONE_DAY, reason=reason)
    return plan


def _merge(actor: Actor, commune: Commune, into: Commune, on: dt.date) -> None:
    try:
        merge_commune(actor=actor, commune=commune, into=into, on=on)
    except ValidationError as refusal:
        fields = {"into": "into", "on": "on"}
        name, errors = next(iter(refusal.error_dict.items()))
        told = [ValidationError(f"{commune} : {' '.join(error.messages)}", code=error.code) for error in errors]
        raise ValidationError({fields.get(name, "communes"): told}) from refusal
