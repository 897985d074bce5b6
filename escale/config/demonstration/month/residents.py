"""The residents of the demonstration: first names of a list, a made-up name, numbers of the range kept for fiction."""

from __future__ import annotations

from escale.apps.booking.kinds import Channel, Need
from escale.apps.booking.people import Person
from escale.core.booking.motives import Motive

FIRST_NAMES = (
    "Ginette", "Marcel", "Yvette", "Ahmed", "Monique", "Bernard", "Fatima", "Josiane", "Daniel", "Thérèse", "Kevin", "Nadia",
    "Raymond", "Odile", "Stéphane", "Aïcha", "Lucien", "Brigitte",
)  # fmt: skip
NAME = "Exemple (démonstration)"
MOTIVES = (
    Motive.PAPERS, Motive.RIGHTS, Motive.TAXES, Motive.DEVICE, Motive.CARE, Motive.PENSION, Motive.INTERNET, Motive.HOUSING,
    Motive.WORK,
)  # fmt: skip


def resident(number: int) -> Person:
    """Return the resident of a number: each seventh has neither telephone nor e-mail, some need a hand to come."""
    by_mairie = number % 7 == 4
    return Person(
        first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
        name=NAME,
        channel=Channel.MAIRIE if by_mairie else Channel.PHONE,
        contact="" if by_mairie else mobile(number),
        motive=MOTIVES[number % len(MOTIVES)],
        needs=needs_of(number),
    )


def needs_of(number: int) -> frozenset[Need]:
    """Return what a resident needs to come: nothing, most of the time."""
    if number % 11 == 5:
        return frozenset({Need.LOUD_VOICE})
    return frozenset({Need.WHEELCHAIR}) if number % 23 == 7 else frozenset()


def mobile(number: int) -> str:
    """Return a mobile telephone of the range that is kept for fiction: 06 39 98 and four digits."""
    return f"06 39 98 {number // 100 % 100:02} {number % 100:02}"
