"""A whole country of conventions, written at once in the database: their acts, what was measured of them, and their troubles."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from escale.apps.conventions.models import (
    Act,
    ActKind,
    Authorisation,
    Avenant,
    AvenantClause,
    Convention,
    Denonciation,
    Gender,
    Ground,
    Matter,
    Notification,
    Party,
    Signatory,
    Signature,
    Termination,
)
from escale.apps.conventions.terms import write_terms
from escale.apps.schedule.models import Plan, PlanOrigin, Publication
from escale.apps.team.models import Insurance, Mediator, Occupancy, Post
from escale.apps.territory.models import Commune, Epci, Membership, Premises, Referent, Room
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.convention.letters import Channel
from escale.core.convention.terms import Terms

TODAY = dt.date(2026, 11, 23)
EPCIS = 1255
MONTHS = tuple(Month.range("2025-12..2026-12"))
TEXT = "Le texte que les deux assemblées votent."
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
IN_TEN_THOUSAND = {"draft": 200, "voting": 200, "denounced": 300, "terminated": 100, "amended": 300}
"""How many conventions of ten thousand are not simply in force."""
BATCH = 2000
NAMES: dict[str, Any] = {"first_name": "Camille", "last_name": "Exemple"}


@transaction.atomic
def build(conventions: int, *, territories: int = EPCIS) -> list[Epci]:
    """Write conventions of as many communes, in force since 2025 for most of them, and return the territories that share them.

    In a whole country each commune has a year of published visits too.
    """
    draw = random.Random(0)
    epcis = _write(Epci(siren=f"{200000000 + number}", name=f"EPCI {number}") for number in range(territories))
    posts = _team(epcis)
    _publish(epcis)
    named = {"sort_key": "exemple", "search": "exemple"}
    communes = _write(
        Commune(code=f"{number:05d}", name=f"Exemple {number}", slug=f"exemple-{number}", **named)
        for number in range(conventions)
    )
    homes = {commune.pk: epcis[number % territories] for number, commune in enumerate(communes)}
    kinds = {commune.pk: _kind(draw) for commune in communes}
    rows = _write(_convention(commune, homes[commune.pk], kinds[commune.pk], draw) for commune in communes)
    _conclude(epcis, [row for row in rows if row.notified_on])
    _furnish(communes)
    _write(Membership(epci=homes[commune.pk], commune=commune) for commune in communes)
    if territories == EPCIS:
        _visit(communes, homes, posts)
    _trouble(rows, kinds)
    return epcis


def bind(epci: Epci, communes: Sequence[Commune]) -> None:
    """Bind communes of one EPCI since 2025, each by a convention in force."""
    draw = random.Random(0)
    rows = _write(_convention(commune, epci, "in force", draw) for commune in communes)
    _conclude([epci], rows)


def _kind(draw: random.Random) -> str:
    at = draw.randrange(10_000)
    for kind, share in IN_TEN_THOUSAND.items():
        if (at := at - share) < 0:
            return kind
    return "in force"


def _convention(commune: Commune, epci: Epci, kind: str, draw: random.Random) -> Convention:
    row = Convention(
        epci=epci, commune=commune, model="mesure", model_version="1", terms=write_terms(Terms()), created_by="bench"
    )
    if kind == "draft":
        return row
    row.text, row.text_sha256, row.frozen_on = TEXT, SHA256, dt.date(2025, 1, 6)
    if kind == "voting":
        return row
    row.notified_on = dt.date(2025, 3, 17) + dt.timedelta(days=draw.randrange(270))
    if kind == "denounced":
        row.ends_on, row.ground = dt.date(2027, 6, 30), Ground.DENUNCIATION.value
    if kind == "terminated":
        row.ends_on, row.ground = dt.date(2026, 9, 30), Ground.GENERAL_INTEREST.value
    return row


def _conclude(epcis: list[Epci], rows: list[Convention]) -> None:
    """Give each convention in force its two executory acts and its two signatures."""
    done: dict[str, Any] = {"held_on": dt.date(2025, 2, 24), "transmitted_on": dt.date(2025, 2, 26)}
    done["published_on"] = dt.date(2025, 2, 27)
    bureau = {act.epci_id: act for act in _write(Act(epci=epci, kind=ActKind.BUREAU.value, number="1", **done) for epci in epcis)}
    council = ActKind.COMMUNE_COUNCIL.value
    acts = _write(Act(epci=row.epci, commune=row.commune, kind=council, number="1", **done) for row in rows)
    for party, of_row in ((Party.EPCI, [bureau[row.epci_id] for row in rows]), (Party.COMMUNE, acts)):
        _write(
            Authorisation(act=act, convention=row, party=party.value, text_sha256=SHA256)
            for row, act in zip(rows, of_row, strict=True)
        )
    who = {**NAMES, "gender": Gender.FEMININE.value}
    presidents = {one.epci_id: one for one in _write(Signatory(epci=epci, title="Présidente", **who) for epci in epcis)}
    mayors = _write(Signatory(epci=row.epci, commune=row.commune, title="Maire", **who) for row in rows)
    for party, signers in ((Party.EPCI, [presidents[row.epci_id] for row in rows]), (Party.COMMUNE, mayors)):
        _write(
            Signature(convention=row, party=party.value, signatory=signer, signed_on=dt.date(2025, 3, 10))
            for row, signer in zip(rows, signers, strict=True)
        )


def _trouble(rows: list[Convention], kinds: dict[int, str]) -> None:
    """Denounce some in time, terminate some, and change a term of some by an avenant."""
    of = {kind: [row for row in rows if kinds[row.commune_id] == kind] for kind in IN_TEN_THOUSAND}
    on, sent = dt.date(2026, 10, 5), dt.date(2026, 10, 1)
    letter = {"channel": Channel.LRAR.value, "sender": Party.COMMUNE.value, "sent": sent, "presented": on, "delivered": on}
    letters = _write(
        Notification(convention=row, matter=matter.value, number=f"{matter}{row.pk}", **letter)
        for matter, kind in ((Matter.DENUNCIATION, "denounced"), (Matter.TERMINATION, "terminated"))
        for row in of[kind]
    )
    denounced, ended = letters[: len(of["denounced"])], letters[len(of["denounced"]) :]
    _write(Denonciation(convention=one.convention, author=Party.COMMUNE.value, notification=one) for one in denounced)
    told: dict[str, Any] = {"ground": Ground.GENERAL_INTEREST.value, "decided_on": dt.date(2026, 9, 1), "author": "epci"}
    told |= {"last_day": dt.date(2026, 9, 30), "reasons": "mesure", "document": "mesure"}
    _write(Termination(convention=one.convention, notification=one, **told) for one in ended)
    frozen: dict[str, Any] = {"text": TEXT, "text_sha256": SHA256, "frozen_on": dt.date(2026, 1, 5)}
    effect = {"notified_on": dt.date(2026, 2, 2), "effect_on": dt.date(2026, 2, 2)}
    avenants = _write(Avenant(convention=row, number=1, purpose="Durée", **frozen, **effect) for row in of["amended"])
    name = "denunciation_notice_months"
    _write(AvenantClause(avenant=one, convention=one.convention, article="5-1", name=name, old=2, new=3) for one in avenants)


def _team(epcis: list[Epci]) -> dict[int, list[Post]]:
    """Give each EPCI two full-time posts, each held, and an insurance."""
    base = {"base_latitude": 50.4, "base_longitude": 3.5}
    posts = _write(Post(epci=epci, label=f"Poste {number}", **base) for epci in epcis for number in (1, 2))
    people = _write(Mediator(epci=post.epci, **NAMES) for post in posts)
    since = dt.date(2025, 1, 1)
    _write(Occupancy(post=post, mediator=person, starts=since) for post, person in zip(posts, people, strict=True))
    covered = {"insurer": "Exemple", "policy": "1", "starts": since, "ends": dt.date(2026, 12, 31)}
    _write(Insurance(epci=epci, **covered) for epci in epcis)
    found: dict[int, list[Post]] = {}
    for post in posts:
        found.setdefault(post.epci_id, []).append(post)
    return found


def _publish(epcis: list[Epci]) -> None:
    plans = _write(_plan(epci) for epci in epcis)
    _write(Publication(epci=plan.epci, plan=plan, month=str(month), published_by="bench") for plan in plans for month in MONTHS)


def _plan(epci: Epci) -> Plan:
    months = {"first_month": str(MONTHS[0]), "last_month": str(MONTHS[-1])}
    return Plan(epci=epci, number=1, origin=PlanOrigin.IMPORT.value, created_by="bench", **months)


def _furnish(communes: list[Commune]) -> None:
    """Give each commune a hall with a heated private room, and a référent."""
    halls = _write(Premises(commune=commune, name="Mairie") for commune in communes)
    _write(Room(premises=hall, name="Bureau", is_private=True, is_heated=True) for hall in halls)
    reached = {**NAMES, "phone": "03 53 01 00 00", "starts": dt.date(2025, 1, 1)}
    _write(Referent(commune=commune, **reached) for commune in communes)


def _visit(communes: list[Commune], homes: dict[int, Epci], posts: dict[int, list[Post]]) -> None:
    """Publish a visit a month of each commune, each post on its own half-days."""
    rank: dict[int, int] = {}
    for month in MONTHS:
        rank.clear()
        _write(_visits(communes, homes, posts, month, rank))


def _visits(
    communes: list[Commune], homes: dict[int, Epci], posts: dict[int, list[Post]], month: Month, rank: dict[int, int]
) -> Iterable[Visit]:
    halves = (Half.AM.value, Half.PM.value)
    for commune in communes:
        epci = homes[commune.pk]
        at = rank[epci.pk] = rank.get(epci.pk, -1) + 1
        day, half = month.first + dt.timedelta(days=at // 4), halves[at // 2 % 2]
        held = {"date": day, "half": half, "origin_date": day, "origin_half": half, "for_month": str(month)}
        yield Visit(epci=epci, commune=commune, post=posts[epci.pk][at % 2], **held)


def _write(rows: Iterable[Any]) -> list[Any]:
    """Write rows at once, and return them with their keys."""
    made = list(rows)
    if not made:
        return made
    model: type[models.Model] = type(made[0])
    return model._default_manager.bulk_create(made, batch_size=BATCH)
