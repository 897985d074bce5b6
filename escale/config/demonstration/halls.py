"""The places of the demonstration: a hall for each commune, its rooms, its référent, and two people who hold the keys."""

from __future__ import annotations

import datetime as dt

from escale.apps.territory.actions import add_premises, add_room, name_referent, set_coverage, set_key_holder
from escale.apps.territory.models import Commune, Epci, Premises
from escale.apps.territory.models.premises import Operator, Signal
from escale.config.demonstration.accounts import ACCOUNTS
from escale.config.demonstration.actor import ACTOR, SURNAME, fiction_phone

FIRST_NAMES = ("Rose", "Jean", "Lou", "Andrea", "Alix", "Charlie", "Maxence", "Sasha", "Morgan", "Noa", "Eden", "Yaël", "Ange")
POSITIONS = ("Secrétaire de mairie", "Adjointe au maire", "Agent d’accueil", "Directeur général des services")
HALLS = (
    ("Mairie (démonstration)", "Place de la Mairie", "Salle du conseil"),
    ("Médiathèque (démonstration)", "Rue de l’Église", "Salle d’étude"),
    ("Salle des fêtes (démonstration)", "Rue de l’École", "Petite salle"),
    ("Mairie (démonstration)", "Grand-Place", "Bureau des permanences"),
)
PARKING = ("devant la mairie", "place de l’Église", "derrière l’école", "")
STEPS = (0, 0, 2, 0, 1)
EARLIER = dt.time(13, 30)
"""Some halls open before the hour of the service."""
REFERENTS, FIRST_KEYS, SECOND_KEYS = 100, 200, 300
"""Where the telephone numbers of each group begin."""


def open_halls(epci: Epci, since: dt.date) -> None:
    """Give each commune of the territory what it lacks."""
    placed = set(Premises.objects.values_list("commune", flat=True))
    communes = Commune.objects.members_of(epci, since, since)
    for number, commune in enumerate(communes):
        if commune.pk not in placed:
            _open_hall(commune, number, since)


def _open_hall(commune: Commune, number: int, since: dt.date) -> None:
    name, address, room = HALLS[number % len(HALLS)]
    hall = add_premises(
        actor=ACTOR,
        commune=commune,
        name=name,
        address=address,
        steps=STEPS[number % len(STEPS)],
        parking=PARKING[number % len(PARKING)],
        entry_code=f"{1200 + number}A" if number % 5 == 2 else "",
        afternoon_start=EARLIER if number % 11 == 3 else None,
    )
    add_room(actor=ACTOR, premises=hall, name=room, is_private=True, is_heated=True, seats=8, sockets=4 + number % 5)
    set_coverage(actor=ACTOR, premises=hall, operator=list(Operator)[number % 4], signal=list(Signal)[2 - (number % 7 == 5)])
    _name_people(commune, hall, number, since)


def _name_people(commune: Commune, hall: Premises, number: int, since: dt.date) -> None:
    account = next((account for account in ACCOUNTS if account.commune == commune.code), None)
    first_name = account.name.split()[0] if account else _first_name(number)
    name_referent(
        actor=ACTOR,
        commune=commune,
        first_name=first_name,
        last_name=SURNAME,
        phone=fiction_phone(REFERENTS + number),
        email=account.email if account else f"mairie-{commune.code}@example.org",
        position=POSITIONS[number % len(POSITIONS)],
        starts=since,
    )
    holders = ((f"{first_name} {SURNAME}", FIRST_KEYS), (f"{_first_name(number + 5)} {SURNAME}", SECOND_KEYS))
    for rank, (name, phones) in enumerate(holders, start=1):
        set_key_holder(actor=ACTOR, premises=hall, rank=rank, name=name, phone=fiction_phone(phones + number))


def _first_name(number: int) -> str:
    return FIRST_NAMES[number % len(FIRST_NAMES)]
