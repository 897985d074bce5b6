"""A small service for the tests of the planning: two communes with a place on the map, and two posts that are held."""

from __future__ import annotations

import datetime as dt

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import change_standings
from escale.apps.schedule.models import Standing
from escale.apps.team.actions import add_mediator, occupy_post, open_post
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from tests.cast import SINCE, make_commune


def place_communes(epci: Epci) -> dict[str, Commune]:
    """Give the EPCI three communes around its base, in the order of their names; they take part since always."""
    communes = {
        code: make_commune(epci, code, name, latitude=latitude, longitude=3.4)
        for code, name, latitude in (("59001", "Abscon", 50.30), ("59002", "Bruille", 50.40), ("59003", "Condé", 50.45))
    }
    wanted = dict.fromkeys(communes.values(), Standing.FIRM)
    change_standings(actor=SYSTEM, epci=epci, wanted=wanted, starts=SINCE)
    return communes


def gather(epci: Epci, base: Commune, *names: str) -> list[tuple[Post, Mediator]]:
    """Open a post for each name, and have it held since always."""
    team = []
    for name in names:
        post = open_post(actor=SYSTEM, epci=epci, label=f"Poste de {name}", base=base)
        mediator = add_mediator(actor=SYSTEM, epci=epci, first_name=name, last_name="Exemple")
        occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=SINCE)
        team.append((post, mediator))
    return team


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
