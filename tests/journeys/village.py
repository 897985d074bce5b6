"""The small territory of the play: six communes around Raismes, two mediators, a town hall that can be written to in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions.participating import take_part
from escale.apps.schedule.models import Standing
from escale.apps.team.actions import add_mediator, occupy_post, open_post, record_leave
from escale.apps.territory.actions import add_premises, add_room, name_referent
from escale.apps.territory.models import Commune, Epci
from tests.web.cast import make_commune, make_person

TODAY = dt.date(2026, 11, 23)
"""A Monday: next year is to be planned."""
SINCE = dt.date(2026, 1, 1)
AWAY = dt.date(2027, 1, 11), dt.date(2027, 1, 15)
"""A week of leave of Sacha."""
PLACES = (
    ("59446", "Oisy", 50.3619, 3.4264),
    ("59172", "Denain", 50.3297, 3.3933),
    ("59491", "Raismes", 50.3889, 3.4878),
    ("59302", "Hérin", 50.3572, 3.4486),
    ("59064", "Bellaing", 50.3675, 3.4253),
    ("59651", "Wavrechain-sous-Denain", 50.3339, 3.4139),
)
PHONE = "03 53 01 00 {:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """Who plays, and where."""

    epci: Epci
    oisy: Commune
    denain: Commune
    coordinator: User
    mediator: User
    referent: User


def make_village() -> Village:
    """Write the territory into the database, by the actions of the house where it has some."""
    epci = Epci.objects.create(siren="200042190", name="La Porte du Hainaut")
    communes = {name: _found(epci, code, name, latitude, longitude) for code, name, latitude, longitude in PLACES}
    people = {kind: make_person(kind, epci, communes["Oisy"]) for kind in (Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT)}
    for number, first_name in enumerate(("Camille", "Sacha"), start=1):
        post = open_post(actor=SYSTEM, epci=epci, label=f"Poste {number}", base=communes["Raismes"])
        mediator = add_mediator(
            actor=SYSTEM,
            epci=epci,
            first_name=first_name,
            last_name="Exemple",
            phone=PHONE.format(number),
            user=people[Kind.MEDIATOR] if number == 1 else None,
        )
        occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=SINCE)
        if first_name == "Sacha":
            record_leave(actor=SYSTEM, mediator=mediator, starts=AWAY[0], ends=AWAY[1])
    return Village(
        epci=epci,
        oisy=communes["Oisy"],
        denain=communes["Denain"],
        coordinator=people[Kind.COORDINATOR],
        mediator=people[Kind.MEDIATOR],
        referent=people[Kind.REFERENT],
    )


def _found(epci: Epci, code: str, name: str, latitude: float, longitude: float) -> Commune:
    commune = make_commune(epci, code, name)
    commune.latitude, commune.longitude = latitude, longitude
    commune.save()
    hall = add_premises(actor=SYSTEM, commune=commune, name="Mairie", address="Place de la Mairie")
    add_room(actor=SYSTEM, premises=hall, name="Salle du conseil", is_private=True, is_heated=True)
    name_referent(
        actor=SYSTEM,
        commune=commune,
        first_name="Rose",
        last_name="Exemple",
        email=f"mairie-{code}@example.org",
        phone=PHONE.format(10),
        starts=SINCE,
    )
    take_part(actor=SYSTEM, epci=epci, commune=commune, standing=Standing.FIRM, starts=SINCE)
    return commune
