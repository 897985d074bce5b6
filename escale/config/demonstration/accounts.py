"""The accounts of the demonstration: one for each role, each of somebody who does not exist, all with one password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from escale.apps.accounts.access import Kind
from escale.apps.accounts.actions import create_user, grant_role
from escale.apps.accounts.models import User
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR

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


def open_accounts(epci: Epci, password: str) -> None:
    """Open the accounts that are missing."""
    known = set(User.objects.filter(email__in=[account.email for account in ACCOUNTS]).values_list("email", flat=True))
    for account in ACCOUNTS:
        if account.email in known:
            continue
        commune = Commune.objects.get(code=account.commune) if account.commune else None
        user = create_user(actor=ACTOR, email=account.email, name=account.name, within=commune or epci, password=password)
        grant_role(actor=ACTOR, user=user, kind=account.kind, epci=epci, commune=commune)
