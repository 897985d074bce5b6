"""Write under which name the page of a commune is found; what that name is, `names.addresses_of` says."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from escale.apps.territory.models import Commune
from escale.apps.territory.names import addresses_of


@transaction.atomic
def give_addresses(names: Iterable[str]) -> None:
    """Write the address of every commune that bears one of these names, as `Commune.search` holds them.

    Call it with the names before and after, whenever a commune takes a name.
    """
    communes = list(Commune.objects.select_for_update().filter(search__in=set(names)).only("code", "search", "slug"))
    addresses = addresses_of({commune.code: commune.search for commune in communes})
    changed = [commune for commune in communes if commune.slug != addresses[commune.code]]
    # Two communes may exchange their addresses: all leave first.
    Commune.objects.filter(pk__in=[commune.pk for commune in changed if commune.slug]).update(slug=None)
    for commune in changed:
        commune.slug = addresses[commune.code]
    Commune.objects.bulk_update(changed, ["slug"])
