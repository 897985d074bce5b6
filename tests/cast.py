"""The people and places of the tests: two communes of one EPCI, those who work for them, and a stranger."""

from __future__ import annotations

import datetime as dt
import unicodedata
from enum import StrEnum

from escale.apps.accounts.access import Kind
from escale.apps.accounts.actions import create_user, grant_role
from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.addresses import give_addresses
from escale.apps.territory.models import Commune, Epci, Membership
from escale.apps.territory.names import normalised

SINCE = dt.date(2024, 1, 1)
PASSWORD = "sept mots que personne ne devine ici"


class Person(StrEnum):
    """Everyone whom the tests know."""

    COORDINATOR = "Nadia Lefebvre"
    LAWYER = "Hugo Marchand"
    INES = "Inès Carlier"
    TOM = "Tom Delattre"
    REFERENT_OISY = "Paul Dubois"
    REFERENT_BOUSIGNIES = "Rose Lambert"
    DESK_OISY = "Lina Mercier"
    READER = "Sam Petit"
    STRANGER = "Val Moreau"


KINDS = {
    Person.COORDINATOR: Kind.COORDINATOR,
    Person.LAWYER: Kind.LAWYER,
    Person.INES: Kind.MEDIATOR,
    Person.TOM: Kind.MEDIATOR,
    Person.REFERENT_OISY: Kind.REFERENT,
    Person.REFERENT_BOUSIGNIES: Kind.REFERENT,
    Person.DESK_OISY: Kind.DESK,
    Person.READER: Kind.READER,
    Person.STRANGER: Kind.COORDINATOR,
}


def make_epci(siren: str, name: str) -> Epci:
    return Epci.objects.create(siren=siren, name=name)


def make_commune(epci: Epci, code: str, name: str, *, elides: bool = False, **fields: object) -> Commune:
    words = {"sort_key": normalised(name), "search": normalised(name), "elides": elides}
    commune = Commune.objects.create(code=code, name=name, **words, **fields)
    Membership.objects.create(epci=epci, commune=commune, starts=SINCE)
    give_addresses([commune.search])
    commune.refresh_from_db(fields=["slug"])
    return commune


def address_of(person: Person) -> str:
    letters = unicodedata.normalize("NFKD", person.value.lower().replace(" ", "."))
    return f"{letters.encode('ascii', 'ignore').decode()}@exemple.fr"


def engage(person: Person, epci: Epci, commune: Commune | None = None, *, password: str | None = None) -> User:
    """Give a person of the cast an account and the role that the cast knows, since always."""
    user = create_user(actor=SYSTEM, email=address_of(person), name=person.value, within=commune or epci, password=password)
    grant_role(actor=SYSTEM, user=user, kind=KINDS[person], epci=epci, commune=commune, starts=SINCE)
    return user
