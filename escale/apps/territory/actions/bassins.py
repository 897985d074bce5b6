"""Write the bassins de vie of an EPCI (art. 4): how each is called, and the communes in it, which are in one at most."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.dated import holding
from escale.apps.territory.models import BassinDeVie, Commune, Epci, Membership
from escale.apps.territory.saving import refuse, save_row

ASSIGNED = "territory.bassin_assigned"


@transaction.atomic
def add_bassin(*, actor: Actor, epci: Epci, name: str, communes: Collection[Commune]) -> BassinDeVie:
    """Draw a bassin de vie around communes that are in no other."""
    require(actor, "territory.manage", epci)
    _lock(epci)
    row = BassinDeVie(epci=epci)
    _name(row, name, event="territory.bassin_added", actor=actor)
    _fill(row, communes, actor=actor)
    return row


@transaction.atomic
def change_bassin(*, actor: Actor, bassin: BassinDeVie, name: str, communes: Collection[Commune]) -> BassinDeVie:
    """Rename a bassin de vie, and say again which communes are in it. The workshops that are prepared keep theirs."""
    row = _locked(bassin)
    require(actor, "territory.manage", row)
    _name(row, name, event="territory.bassin_changed", actor=actor)
    _fill(row, communes, actor=actor)
    return row


@transaction.atomic
def remove_bassin(*, actor: Actor, bassin: BassinDeVie) -> None:
    """Forget a bassin de vie that no workshop uses; its communes are then in none."""
    row = _locked(bassin)
    require(actor, "territory.manage", row)
    for membership in Membership.objects.select_for_update().filter(bassin=row):
        save_row(membership, {"bassin": None}, event=ASSIGNED, actor=actor, epci=row.epci.siren)
    events.record("territory.bassin_removed", actor=actor, epci=row.epci.siren, subject=row)
    try:
        row.delete()
    except ProtectedError:
        raise ValidationError(f"Un atelier est pour le bassin de vie {row} : le garder, ou le renommer.") from None


def _lock(epci: Epci) -> None:
    """Let one change at a time be made to the bassins of an EPCI: two of them never take the same commune."""
    Epci.objects.select_for_update().get(pk=epci.pk)


def _locked(bassin: BassinDeVie) -> BassinDeVie:
    _lock(bassin.epci)
    return BassinDeVie.objects.select_related("epci").get(pk=bassin.pk)


def _name(row: BassinDeVie, name: str, *, event: str, actor: Actor) -> None:
    plain = " ".join(name.split())
    if BassinDeVie.objects.filter(epci=row.epci, name__iexact=plain).exclude(pk=row.pk).exists():
        raise refuse("name", "Un autre bassin de vie porte déjà ce nom ; en choisir un autre.")
    save_row(row, {"epci": row.epci, "name": plain}, event=event, actor=actor, epci=row.epci.siren)


def _fill(row: BassinDeVie, communes: Collection[Commune], *, actor: Actor) -> None:
    chosen = {commune.pk for commune in communes}
    if not chosen:
        raise refuse("communes", "Choisir au moins une commune.")
    members = Membership.objects.select_for_update(of=("self",)).filter(holding(clock.today(row.epci)), epci=row.epci)
    known = {each.commune_id: each for each in members.select_related("commune", "bassin").defer("commune__outline")}
    if strangers := ", ".join(str(commune) for commune in communes if commune.pk not in known):
        raise refuse("communes", f"Hors de {row.epci} aujourd’hui : {strangers}. Retirer du choix.")
    if taken := [each for each in known.values() if each.commune_id in chosen and each.bassin_id not in (None, row.pk)]:
        told = " ; ".join(f"{each.commune} est dans le bassin de vie {each.bassin}" for each in taken)
        raise refuse("communes", f"{told}. Une commune est dans un seul bassin : la retirer d’abord de l’autre.")
    for key, each in known.items():
        if key in chosen or each.bassin_id == row.pk:
            values = {"bassin": row if key in chosen else None}
            save_row(each, values, event=ASSIGNED, actor=actor, epci=row.epci.siren)
