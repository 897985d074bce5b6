"""What the public pages read; no actor is asked, so only what may be known by all comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as residents know it: its name, who runs it, and the communes that were asked for."""

    name: str
    run_by: str
    communes: Sequence[Commune]


def find_services(words: str) -> list[Service]:
    """Return each service with its communes of today whose name holds the words, sorted without their article."""
    return [Service(name=epci.service_name, run_by=epci.name, communes=_communes_of(epci, words)) for epci in Epci.objects.all()]


def _communes_of(epci: Epci, words: str) -> Sequence[Commune]:
    today = clock.today(epci)
    return list(Commune.objects.members_of(epci, today, today).matching(words))
