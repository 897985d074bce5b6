"""A territory in the database for the benchmarks of pages: real communes around Raismes, halls, a team, a published year."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from bench.problems import COMMUNES_A_MEDIATOR, country
from escale.apps.accounts.access import Kind
from escale.apps.accounts.actions import create_user, grant_role
from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.participating import take_part
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Plan, Standing
from escale.apps.team.actions import add_mediator, occupy_post, open_post
from escale.apps.territory.actions import add_premises, add_room, import_territory, name_referent, set_key_holder
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.names import propose
from escale.apps.territory.records import CommuneRecord, TerritoryRecord
from escale.core.calendar.months import Month

SIREN, NAME = "200042190", "Territoire mesuré"
CENTRE = "59491"
"""Raismes: the nearest communes to it are taken."""
SURNAME, PHONE = "Exemple", "03 53 01 00 00"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the addresses of the measured pages name, and who asks for them."""

    year: int
    code: str
    slug: str
    plan: Plan
    coordinator: User
    referent: User
    mediator: User


def people(communes: int, year: int) -> tuple[Epci, User]:
    """Write a territory of some communes with its team, and nothing planned; return it with the account of its first mediator."""
    january = dt.date(year, 1, 1)
    import_territory(actor=SYSTEM, source=TerritoryRecord(siren=SIREN, name=NAME, communes=_nearest(communes)))
    epci, centre = Epci.objects.get(siren=SIREN), Commune.objects.get(code=CENTRE)
    mediator = engage("mediator", Kind.MEDIATOR, epci)
    for number in range(-(-communes // COMMUNES_A_MEDIATOR)):
        post = open_post(actor=SYSTEM, epci=epci, label=f"Poste {number + 1}", base=centre)
        user = mediator if number == 0 else None
        person = add_mediator(actor=SYSTEM, epci=epci, first_name=f"Alix {number}", last_name=SURNAME, phone=PHONE, user=user)
        occupy_post(actor=SYSTEM, post=post, mediator=person, starts=january)
    return epci, mediator


def build(communes: int, year: int) -> World:
    """Write a territory of some communes, with a year that is published."""
    january = dt.date(year, 1, 1)
    epci, mediator = people(communes, year)
    centre = Commune.objects.get(code=CENTRE)
    for commune in Commune.objects.all():
        _furnish(epci, commune, january)
    plan = first_draft(actor=SYSTEM, epci=epci, months=Month.range(f"{year}-01..{year}-12"))
    publish_plan(actor=SYSTEM, plan=plan, version=plan.version, annex_missing=True)
    return World(
        year=year,
        code=CENTRE,
        slug=centre.slug or CENTRE,
        plan=plan,
        coordinator=engage("coordinator", Kind.COORDINATOR, epci),
        referent=engage("referent", Kind.REFERENT, epci, centre),
        mediator=mediator,
    )


def _nearest(communes: int) -> tuple[CommuneRecord, ...]:
    known = [row for rows in country().values() for row in rows]
    centre = next(row for row in known if row["code"] == CENTRE)
    placed = sorted(known, key=lambda row: (math.dist(_place(row), _place(centre)), row["code"]))
    return tuple(
        CommuneRecord(
            code=row["code"],
            name=propose(row["name"]),
            population=int(row["population"] or 0),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
        for row in placed[:communes]
    )


def _place(row: dict[str, str]) -> tuple[float, float]:
    return float(row["lat"]) / math.cos(math.radians(50)), float(row["lon"])


def _furnish(epci: Epci, commune: Commune, since: dt.date) -> None:
    hall = add_premises(actor=SYSTEM, commune=commune, name="Mairie", address="Place de la Mairie", steps=0)
    add_room(actor=SYSTEM, premises=hall, name="Salle du conseil", is_private=True, is_heated=True)
    for rank in (1, 2):
        set_key_holder(actor=SYSTEM, premises=hall, rank=rank, name=SURNAME, phone=PHONE)
    name_referent(actor=SYSTEM, commune=commune, first_name="Rose", last_name=SURNAME, phone=PHONE, starts=since)
    take_part(actor=SYSTEM, epci=epci, commune=commune, standing=Standing.FIRM, starts=since)


def engage(name: str, kind: Kind, epci: Epci, commune: Commune | None = None) -> User:
    """Return a new person with one role."""
    user = create_user(actor=SYSTEM, email=f"{name}@example.org", name=name, within=commune or epci)
    grant_role(actor=SYSTEM, user=user, kind=kind, epci=epci, commune=commune)
    return user
