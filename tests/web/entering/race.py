"""Twenty clicks on one link at the same moment, inside an installation of its own."""

from __future__ import annotations

import json

from escale.apps.accounts.actions import enter_by_link, open_desk_link
from escale.apps.accounts.models import DeskAccount, Role
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.actions import record_mairie
from tests.apps.booking.race import together
from tests.cast import make_commune, make_epci

CLICKS = 20


def run() -> None:
    """Say what became of the race, as JSON on the last line."""
    oisy = make_commune(make_epci("200042190", "La Porte du Hainaut"), "59446", "Oisy", elides=True)
    key = open_desk_link(actor=SYSTEM, mairie=record_mairie(actor=SYSTEM, commune=oisy, email="accueil@oisy.example"))
    ends = together([lambda: click(str(key))] * CLICKS)
    print(json.dumps({"ends": ends, "accounts": DeskAccount.objects.count(), "roles": Role.objects.count()}))  # noqa: T201


def click(key: str) -> str:
    """Press the button."""
    return "out" if enter_by_link(key=key) is None else "in"
