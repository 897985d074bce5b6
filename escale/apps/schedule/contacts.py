"""Whom a mairie can call or write to when it has a question."""

from __future__ import annotations

from dataclasses import dataclass

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role
from escale.apps.territory import catalogue, clock
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The coordination as mairies reach it; either may be empty."""

    phone: str
    email: str

    @property
    def words(self) -> str:
        """Both in one line, for a letter."""
        return " ou ".join(way for way in (self.phone, self.email) if way)


def contact_of(epci: Epci) -> Contact:
    """Return how the coordination of an EPCI is reached: as it chose, else at the address of its coordinator."""
    return Contact(
        phone=value_of(epci, catalogue.COORDINATION_PHONE),
        email=value_of(epci, catalogue.COORDINATION_EMAIL) or _address_of_the_coordinator(epci),
    )


def _address_of_the_coordinator(epci: Epci) -> str:
    held = Role.objects.filter(epci=epci, kind=Kind.COORDINATOR.value, user__is_active=True).held_on(clock.today(epci))
    return held.order_by("pk").values_list("user__email", flat=True).first() or ""
