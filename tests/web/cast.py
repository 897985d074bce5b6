"""The people and places of the tests of pages: one EPCI, two communes, one person of each role, a stranger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.accounts.access import COMMUNE_KINDS, Kind
from escale.apps.accounts.models import Role, User
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.addresses import give_addresses
from escale.apps.territory.models import Commune, Epci, Membership, Premises, Referent, Room
from escale.apps.territory.names import propose

PASSWORD = "une phrase assez longue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who and what a test of pages can name."""

    epci: Epci
    camille: Mediator
    oisy: Commune
    denain: Commune
    coordinator: User
    lawyer: User
    mediator: User
    reader: User
    referent: User
    desk: User
    stranger: User


def make_commune(epci: Epci, code: str, name: str) -> Commune:
    """Return a new commune of the EPCI."""
    forms = propose(name)
    commune = Commune.objects.create(
        code=code,
        name=forms.bare,
        article=forms.article,
        elides=forms.elides,
        contracts=forms.contracts,
        sort_key=forms.sort_key,
        search=forms.search,
        population=1000,
    )
    Membership.objects.create(epci=epci, commune=commune)
    give_addresses([commune.search])
    commune.refresh_from_db(fields=["slug"])
    return commune


def make_person(kind: Kind | None, epci: Epci, commune: Commune) -> User:
    """Return a new person with one role, or with none."""
    user = User(email=f"{kind or 'personne'}@example.org", name=f"Camille {kind or 'personne'}")
    user.set_password(PASSWORD)
    user.save()
    if kind is not None:
        place = commune if kind in COMMUNE_KINDS else None
        Role.objects.create(user=user, kind=kind, epci=epci, commune=place, place=place.code if place else epci.siren)
    return user


def make_cast() -> Cast:
    """Write the cast into the database."""
    epci = Epci.objects.create(siren="200042190", name="La Porte du Hainaut")
    oisy, denain = make_commune(epci, "59446", "Oisy"), make_commune(epci, "59172", "Denain")
    make_commune(epci, "59564", "La Sentinelle")
    hall = Premises.objects.create(commune=oisy, name="Mairie", address="12 rue de l’Église", steps=0)
    Room.objects.create(premises=hall, name="Salle du conseil", is_private=True, is_heated=True)
    Referent.objects.create(
        commune=oisy, first_name="Rose", last_name="Exemple", phone="03 53 01 00 12", starts=dt.date(2026, 1, 5)
    )
    post = Post.objects.create(epci=epci, label="Poste 1", base=denain)
    camille = Mediator.objects.create(epci=epci, first_name="Camille", last_name="Exemple", phone="03 53 01 00 21")
    Occupancy.objects.create(post=post, mediator=camille, starts=dt.date(2026, 1, 5))
    people = {kind.value: make_person(kind, epci, oisy) for kind in Kind}
    stranger = make_person(None, epci, oisy)
    return Cast(epci=epci, camille=camille, oisy=oisy, denain=denain, stranger=stranger, **people)
