"""Who holds a convention once communes have merged: the commune nouvelle takes it over until its term (L. 2113-5 CGCT).

A convention stays that of the commune that signed it, its half-days stay where that commune is: a commune nouvelle holds as many
conventions as its former communes had. Only who answers for them changes.
"""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.models import Convention
from escale.apps.territory.models import Commune

LONGEST_CHAIN = 10
"""How many mergers in a row are followed."""


def successor_of(convention: Convention, on: dt.date) -> Commune | None:
    """Return the commune nouvelle that holds a convention on a day; None while it is the commune that signed."""
    heir = heir_of(convention.commune, on)
    return None if heir.pk == convention.commune_id else heir


def heir_of(commune: Commune, on: dt.date) -> Commune:
    """Return the commune itself, or on a day after its end the one that it has become."""
    found = commune
    for _ in range(LONGEST_CHAIN):
        if found.merged_into is None or found.ends is None or on <= found.ends:
            break
        found = found.merged_into
    return found


def party_name(convention: Convention, on: dt.date) -> str:
    """Return how the commune party is called on a day: « la commune d’Oisy », with its successor when it has one."""
    signed = f"la commune {convention.commune.place_name.de}"
    heir = successor_of(convention, on)
    if heir is None:
        return signed
    return f"la commune nouvelle {heir.place_name.de}, qui succède à {signed} (art.\u00a0L.\u00a02113-5 CGCT)"
