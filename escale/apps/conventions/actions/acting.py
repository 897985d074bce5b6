"""Record what the assemblies decide: acts adopted, transmitted and published, votes postponed, refused or withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import keep, lock, refused, require_dates
from escale.apps.conventions.models import AUTHORISING, Act, ActKind, Authorisation, Avenant, Convention, Outcome, Party
from escale.apps.conventions.succession import heir_of
from escale.core.calendar.french import date_words

ACT_MISSING = {Party.COMMUNE: "E_DELIB_CM_MISSING", Party.EPCI: "E_DELIB_BUREAU_MISSING"}
"""The code of the refusal when a party has no act at all."""


@transaction.atomic
def record_act(
    *,
    actor: Actor,
    convention: Convention,
    kind: ActKind,
    held_on: dt.date,
    number: str = "",
    avenant: Avenant | None = None,
    outcome: Outcome = Outcome.ADOPTED,
    next_council_on: dt.date | None = None,
    delegation: Act | None = None,
    covers_avenants: bool = False,
    authorises: bool = True,
    proof: str = "",
) -> Act:
    """Record what an assembly did with a text that was sent to it: adopted, or put off, refused, withdrawn.

    An act of the EPCI that is known by its number already is taken again: one act of the Bureau authorises many conventions.
    One on a convention may say that it holds for its avenants too (`covers_avenants`): they are then signed without another.
    One that the text only cites lets nobody sign (`authorises`).
    """
    locked = lock(actor, "conventions.manage", convention)
    require_dates(locked, proof, held_on=held_on)
    if outcome is Outcome.POSTPONED and next_council_on is None:
        raise refused("next_council_on", "E_NEXT_COUNCIL_MISSING", "Un vote est reporté à une autre séance : en donner la date.")
    party = next((party for party, kinds in AUTHORISING.items() if authorises and kind in kinds), None)
    frozen = _text_of(locked, avenant) if party else ""
    commune = heir_of(locked.commune, held_on) if kind is ActKind.COMMUNE_COUNCIL else None
    number = number.strip()
    known = Act.objects.filter(epci=locked.epci, commune=commune, kind=kind.value, number=number).exclude(number="").first()
    if known and known.held_on != held_on:
        words = f"Un acte porte déjà ce numéro, pris le {date_words(known.held_on)} ; corriger le numéro ou la date."
        raise refused("number", "E_ACT_KNOWN", words)
    act = known or keep(
        Act(),
        epci=locked.epci,
        commune=commune,
        kind=kind.value,
        outcome=outcome.value,
        number=number,
        held_on=held_on,
        next_council_on=next_council_on,
        delegation=delegation,
        proof=proof,
    )
    if party is not None:
        keep(
            Authorisation(),
            act=act,
            convention=locked,
            avenant=avenant,
            party=party.value,
            text_sha256=frozen,
            covers_avenants=covers_avenants and avenant is None,
        )
    told: dict[str, Any] = {"act": act.pk, "kind": kind.value, "number": number, "outcome": outcome.value, "text": frozen}
    if covers_avenants:
        told["covers_avenants"] = True
    if next_council_on:
        told["next_council_on"] = next_council_on.isoformat()
    journal.record("conventions.act_recorded", actor=actor, convention=locked, on=held_on, **told)
    return act


@transaction.atomic
def complete_act(
    *,
    actor: Actor,
    act: Act,
    transmitted_on: dt.date | None = None,
    receipt: str = "",
    published_on: dt.date | None = None,
    delegation: Act | None = None,
    proof: str = "",
) -> Act:
    """Say that an act was transmitted to the prefect and published; once both are known it is executory (L. 2131-1 CGCT).

    An act of the Bureau has its power from a `delegation` of the council (L. 5211-10 CGCT).
    """
    require(actor, "conventions.manage", act)
    conventions = [lock(actor, "conventions.manage", convention) for convention in _conventions_of(act)]
    row = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    require_dates(row, proof or receipt, transmitted_on=transmitted_on, published_on=published_on)
    values = {
        "transmitted_on": transmitted_on,
        "receipt": receipt.strip(),
        "published_on": published_on,
        "delegation": delegation,
    }
    keep(row, **{name: value for name, value in values.items() if value})
    told = {"act": row.pk, "transmitted_on": row.transmitted_on, "published_on": row.published_on, "receipt": row.receipt}
    for convention in conventions:
        on = published_on or transmitted_on or row.held_on
        journal.record("conventions.act_completed", actor=actor, convention=convention, on=on, **told)
    return row


def missing_delegation(act: Act) -> bool:
    """Tell whether an act of the Bureau lacks the delegation without which it has no power (L. 5211-10 CGCT)."""
    return act.kind == ActKind.BUREAU and act.delegation_id is None


def _conventions_of(act: Act) -> Iterable[Convention]:
    return Convention.objects.filter(authorisations__act=act).distinct().order_by("pk")


def _text_of(convention: Convention, avenant: Avenant | None) -> str:
    sha256 = (avenant or convention).text_sha256
    if not sha256:
        raise refused("convention", "E_NOT_FROZEN", "Une assemblée vote sur un texte figé : le figer d’abord.")
    return sha256
