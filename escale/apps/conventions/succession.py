"""Who holds a convention once communes have merged: the commune nouvelle takes it over until its term (L. 2113-5 CGCT).

A convention stays that of the commune that signed it, its half-days stay where that commune is: a commune nouvelle holds as many
conventions as its former communes had. Only who answers for them changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from escale.apps.conventions.models import Convention
from escale.apps.territory.models import Commune, Epci


def successor_of(convention: Convention, on: dt.date) -> Commune | None:
    """Return the commune nouvelle that holds a convention on a day; None while it is the commune that signed."""
    heir = heir_of(convention.commune, on)
    return None if heir.pk == convention.commune_id else heir


def heir_of(commune: Commune, on: dt.date) -> Commune:
    """Return the commune itself, or on a day after its end the one that it has become."""
    found = commune
    for heir in commune.became:
        if found.ends is None or on <= found.ends:
            break
        found = heir
    return found


def party_name(convention: Convention, on: dt.date) -> str:
    """Return how the commune party is called on a day: « la commune d’Oisy », with its successor when it has one."""
    signed = f"la commune {convention.commune.place_name.de}"
    heir = successor_of(convention, on)
    if heir is None:
        return signed
    return f"la commune nouvelle {heir.place_name.de}, venant aux droits de {signed} (art.\u00a0L.\u00a02113-5 CGCT)"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What merging communes into another changes: what it takes over, what can no longer be signed, and what it has already."""

    communes: tuple[Commune, ...]
    into: Commune
    on: dt.date
    taken_over: tuple[Convention, ...]
    never_signed: tuple[Convention, ...]
    own: tuple[Convention, ...]

    @property
    def half_days(self) -> int:
        """How many half-days a month the commune nouvelle receives: one for each convention, as it was signed (art. 4)."""
        return len(self.taken_over) + len(self.own)


def merge_plan(epci: Epci, communes: Collection[Commune], into: Commune, on: dt.date) -> MergePlan:
    """Return what merging some communes into another on a day changes."""
    rows = Convention.objects.filter(epci=epci, abandoned_on__isnull=True).select_related("commune")
    going = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    former = going.filter(commune__in=list(communes))
    return MergePlan(
        communes=tuple(communes),
        into=into,
        on=on,
        taken_over=tuple(former.filter(notified_on__isnull=False)),
        never_signed=tuple(former.filter(notified_on__isnull=True)),
        own=tuple(going.filter(commune=into, notified_on__isnull=False)),
    )
