"""How many people a workshop takes (art. 3-1: « salle de maximum huit personnes »), and who brings a device."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_PLACES = 30
"""Whatever an EPCI chooses, a workshop with more people is a conference."""


def most_places(most_persons: int, *, mediators: int, counts_mediators: bool) -> int:
    """Return how many people may register: the persons that a room holds, less those who lead when the EPCI counts them.

    Raise ValueError when those who lead leave no place.
    """
    places = most_persons - mediators if counts_mediators else most_persons
    if places < 1:
        raise ValueError(
            f"Avec {mediators} personnes pour animer, il ne reste aucune place sur {most_persons} ; en choisir moins pour animer."
        )
    return places


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """Who works on what: those who bring a device, those who need a laptop of the kit, the laptops there are."""

    bringing: int
    without: int
    laptops: int

    @property
    def missing(self) -> int:
        """How many people would look over a shoulder."""
        return max(self.without - self.laptops, 0)


def devices_of(brings: Iterable[bool], *, laptops: int) -> Devices:
    """Return who works on what, from what each person said."""
    answers = list(brings)
    return Devices(bringing=sum(answers), without=len(answers) - sum(answers), laptops=laptops)
