"""Write the distances that someone measured."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory.models import Commune, Epci, HandDistance
from escale.apps.territory.saving import refuse, save_row

LONGEST_HM = 5_000
"""No tour of a day drives 500 km one way: a larger number is in metres, or a slip."""


@transaction.atomic
def set_distance(*, actor: Actor, epci: Epci, first: Commune, second: Commune, hectometres: int) -> HandDistance:
    """Fix the road between two communes, in hectometres, whichever way it is driven."""
    require(actor, "territory.manage", epci)
    if first.pk == second.pk:
        raise refuse("second", "La distance relie deux communes différentes ; en choisir une autre.")
    if not 0 <= hectometres <= LONGEST_HM:
        raise refuse("hectometres", f"La distance doit être comprise entre 0 et {LONGEST_HM // 10} km.")
    first, second = sorted((first, second), key=lambda commune: commune.pk)
    pair = HandDistance.objects.select_for_update().filter(epci=epci, first=first, second=second).first()
    values = {"epci": epci, "first": first, "second": second, "hectometres": hectometres}
    return save_row(pair or HandDistance(), values, event="territory.distance_set", actor=actor, epci=epci.siren)


@transaction.atomic
def forget_distance(*, actor: Actor, distance: HandDistance) -> None:
    """Go back to the estimate."""
    require(actor, "territory.manage", distance)
    events.record("territory.distance_forgotten", actor=actor, epci=distance.epci.siren, subject=distance)
    distance.delete()
