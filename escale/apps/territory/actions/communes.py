"""Write what is known of communes, and to which EPCI they belong from one date to another."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory.addresses import give_addresses
from escale.apps.territory.models import Commune, Epci, Membership
from escale.apps.territory.names import PlaceName, strange_signs
from escale.apps.territory.queries import siren_of
from escale.apps.territory.saving import refuse, save_row
from escale.core.calendar.french import date_words


@transaction.atomic
def rename_commune(*, actor: Actor, commune: Commune, name: PlaceName) -> Commune:
    """Say how a commune is called, and how French writes it after « de » and « à »."""
    require(actor, "territory.manage", commune)
    if strange := strange_signs(name.full):
        raise refuse("name", f"Aucune commune ne s’écrit avec « {strange} » ; corriger le nom.")
    before = commune.search
    save_row(
        commune,
        name_columns(name),
        event="territory.commune_renamed",
        actor=actor,
        epci=siren_of(commune),
    )
    give_addresses([before, commune.search])
    commune.refresh_from_db(fields=["slug"])
    return commune


@transaction.atomic
def place_commune(*, actor: Actor, commune: Commune, latitude: float | None, longitude: float | None) -> Commune:
    """Say where a commune is, in degrees."""
    require(actor, "territory.manage", commune)
    values = {"latitude": latitude, "longitude": longitude}
    return save_row(commune, values, event="territory.commune_placed", actor=actor, epci=siren_of(commune))


@transaction.atomic
def start_membership(*, actor: Actor, epci: Epci, commune: Commune, starts: dt.date) -> Membership:
    """Let a commune join an EPCI from a day on. It must have left the one before."""
    require(actor, "territory.manage", epci)
    Commune.objects.select_for_update().get(pk=commune.pk)
    values = {"epci": epci, "commune": commune, "starts": starts}
    return save_row(Membership(), values, event="territory.commune_joined", actor=actor, epci=epci.siren)


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, ends: dt.date) -> Membership:
    """Let a commune leave an EPCI: `ends` is its last day there."""
    require(actor, "territory.manage", membership)
    siren = membership.epci.siren
    return save_row(membership, {"ends": ends}, event="territory.commune_left", actor=actor, epci=siren)


@transaction.atomic
def merge_commune(*, actor: Actor, commune: Commune, into: Commune, on: dt.date) -> Commune:
    """Merge a commune into another: from the day `on` only the other exists, and memberships end the day before."""
    require(actor, "territory.manage", commune)
    if commune.pk == into.pk:
        raise refuse("into", "Une commune ne fusionne pas avec elle-même ; choisir la commune nouvelle.")
    if not into.holds_on(on):
        raise refuse("into", f"{into} n’existe pas le {date_words(on)} ; choisir une autre commune ou une autre date.")
    last = on - dt.timedelta(days=1)
    siren = siren_of(commune)
    for membership in Membership.objects.select_for_update().filter(commune=commune).between(on, dt.date.max):
        if membership.starts and membership.starts >= on:
            raise refuse("on", f"{commune} rejoint {membership.epci} après cette date ; corriger d’abord cette arrivée.")
        save_row(membership, {"ends": last}, event="territory.commune_left", actor=actor, epci=membership.epci.siren)
    values = {"ends": last, "merged_into": into}
    return save_row(commune, values, event="territory.commune_merged", actor=actor, epci=siren)


def name_columns(name: PlaceName) -> dict[str, str | bool]:
    """Return the columns of a name, with the keys by which it is sorted and searched."""
    return {
        "name": name.bare,
        "article": name.article.value,
        "elides": name.elides,
        "contracts": name.contracts,
        "sort_key": name.sort_key,
        "search": name.search,
    }
