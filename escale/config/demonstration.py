"""The demonstration: a real territory, a made-up team, one account for each role; made-up people are named as such."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from escale.apps.accounts.access import Kind
from escale.apps.accounts.actions import create_user, grant_role
from escale.apps.accounts.models import User
from escale.apps.audit.actors import SystemActor
from escale.apps.team.actions import add_mediator, occupy_post, open_post
from escale.apps.team.models import Post
from escale.apps.territory.actions import add_premises, add_room, import_territory, name_referent
from escale.apps.territory.clock import today
from escale.apps.territory.files import read_shipped
from escale.apps.territory.models import Commune, Epci, Premises

ACTOR = SystemActor(actor_id="demo")
TERRITORY = "porte-du-hainaut"
BASE = "59491"
"""Raismes, where the mediators have their office (art. 4)."""
OISY, DENAIN = "59446", "59172"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A demonstration account: its address, the person who does not exist, and what it may see."""

    email: str
    name: str
    kind: Kind
    commune: str | None = None


ACCOUNTS = (
    Account(email="coordination@example.org", name="Claude Exemple (démonstration)", kind=Kind.COORDINATOR),
    Account(email="juriste@example.org", name="Dominique Exemple (démonstration)", kind=Kind.LAWYER),
    Account(email="mediateur1@example.org", name="Camille Exemple (démonstration)", kind=Kind.MEDIATOR),
    Account(email="mediateur2@example.org", name="Sacha Exemple (démonstration)", kind=Kind.MEDIATOR),
    Account(email="mairie-oisy@example.org", name="Rose Exemple (démonstration)", kind=Kind.REFERENT, commune=OISY),
    Account(email="mairie-denain@example.org", name="Jean Exemple (démonstration)", kind=Kind.REFERENT, commune=DENAIN),
    Account(email="accueil-oisy@example.org", name="Lou Exemple (démonstration)", kind=Kind.DESK, commune=OISY),
    Account(email="lecteur@example.org", name="Andrea Exemple (démonstration)", kind=Kind.READER),
)


def kept_password(place: Path) -> str:
    """Return the password of the demonstration accounts: drawn once, then read where it is kept."""
    if not place.exists():
        place.touch(mode=0o600)
        place.write_text(f"{secrets.token_urlsafe(12)}\n", encoding="ascii")
    return place.read_text(encoding="ascii").strip()


@transaction.atomic
def load(password: str) -> Epci:
    """Bring in what is missing of the demonstration; what is there stays as it was made."""
    source = read_shipped(TERRITORY)
    epci = Epci.objects.filter(siren=source.siren).first()
    if epci is None:
        import_territory(actor=ACTOR, source=source)
        epci = Epci.objects.get(siren=source.siren)
    _open_accounts(epci, password)
    _welcome_people(epci)
    _gather_team(epci)
    return epci


def _open_accounts(epci: Epci, password: str) -> None:
    known = set(User.objects.filter(email__in=[account.email for account in ACCOUNTS]).values_list("email", flat=True))
    for account in ACCOUNTS:
        if account.email in known:
            continue
        commune = Commune.objects.get(code=account.commune) if account.commune else None
        user = create_user(actor=ACTOR, email=account.email, name=account.name, within=commune or epci, password=password)
        grant_role(actor=ACTOR, user=user, kind=account.kind, epci=epci, commune=commune)


def _welcome_people(epci: Epci) -> None:
    """Give the two communes of the demonstration a place and a référent."""
    for code, first_name, phone in ((OISY, "Rose", "03 53 01 00 12"), (DENAIN, "Jean", "03 53 01 00 13")):
        commune = Commune.objects.get(code=code)
        if Premises.objects.filter(commune=commune).exists():
            continue
        hall = add_premises(actor=ACTOR, commune=commune, name="Mairie (démonstration)", address="Place de la Mairie", steps=0)
        add_room(actor=ACTOR, premises=hall, name="Salle du conseil", is_private=True, is_heated=True, seats=8)
        name_referent(
            actor=ACTOR,
            commune=commune,
            first_name=first_name,
            last_name="Exemple (démonstration)",
            phone=phone,
            position="Secrétaire de mairie",
            starts=_first_day(epci),
        )


def _gather_team(epci: Epci) -> None:
    """Open the two full-time posts of art. 7, each held by someone who does not exist."""
    if Post.objects.filter(epci=epci).exists():
        return
    base = Commune.objects.get(code=BASE)
    team = (("Camille", "03 53 01 00 21", "mediateur1"), ("Sacha", "03 53 01 00 22", "mediateur2"))
    for number, (first_name, phone, account) in enumerate(team, start=1):
        post = open_post(actor=ACTOR, epci=epci, label=f"Poste {number}", base=base)
        mediator = add_mediator(
            actor=ACTOR,
            epci=epci,
            first_name=first_name,
            last_name="Exemple (démonstration)",
            phone=phone,
            user=User.objects.get(email=f"{account}@example.org"),
        )
        occupy_post(actor=ACTOR, post=post, mediator=mediator, starts=_first_day(epci))


def _first_day(epci: Epci) -> dt.date:
    return dt.date(today(epci).year, 1, 1)
