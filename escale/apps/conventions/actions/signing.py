"""Name those who sign, record their signatures under a text that was voted, and where its originals are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.acting import ACT_MISSING
from escale.apps.conventions.actions.opening import keep, lock, refused, require_dates, require_state
from escale.apps.conventions.models import Avenant, Convention, Gender, Method, Original, Party, Signatory, Signature
from escale.apps.conventions.queries import authorisations_of, executory_on, lacks_delegation
from escale.apps.conventions.succession import heir_of
from escale.apps.territory import catalogue
from escale.apps.territory.dated import meeting
from escale.apps.territory.labels import SIGNATURE_LEVELS
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.apps.territory.saving import save_row
from escale.core.calendar.french import date_words
from escale.core.convention.choices import SignatureLevel, is_strong_enough
from escale.core.convention.life import RUNNING, State

MAY_SIGN = (State.IN_DELIBERATION, State.TO_SIGN)


@transaction.atomic
def name_signatory(
    *,
    actor: Actor,
    epci: Epci,
    commune: Commune | None,
    first_name: str,
    last_name: str,
    title: str,
    gender: Gender,
    starts: dt.date | None = None,
    ends: dt.date | None = None,
) -> Signatory:
    """Say who signs for a commune, or without one for the EPCI, from when to when."""
    require(actor, "conventions.manage", epci)
    values = {
        "epci": epci,
        "commune": commune,
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "title": title.strip(),
        "gender": gender.value,
        "starts": starts,
        "ends": ends,
    }
    return save_row(Signatory(), values, event="conventions.signatory_named", actor=actor, epci=epci.siren)


@transaction.atomic
def end_signatory(*, actor: Actor, signatory: Signatory, ends: dt.date) -> Signatory:
    """Say the last day in office of someone who signs, as after elections."""
    require(actor, "conventions.manage", signatory.epci)
    return save_row(signatory, {"ends": ends}, event="conventions.signatory_ended", actor=actor, epci=signatory.epci.siren)


@transaction.atomic
def end_offices(*, actor: Actor, epci: Epci, ends: dt.date, communes: Collection[Commune] | None = None) -> list[Signatory]:
    """End at once the offices that elections end, of all communes or of some; return those whose successors are to be named."""
    require(actor, "conventions.manage", epci)
    rows = Signatory.objects.select_for_update(of=("self",)).filter(meeting(ends, None), epci=epci).exclude(ends=ends)
    if communes is not None:
        rows = rows.filter(commune__in=communes)
    begun = [row for row in rows if row.starts is None or row.starts <= ends]
    return [end_signatory(actor=actor, signatory=row, ends=ends) for row in begun]


@transaction.atomic
def sign(
    *,
    actor: Actor,
    convention: Convention,
    signatory: Signatory,
    signed_on: dt.date,
    avenant: Avenant | None = None,
    method: Method = Method.PAPER,
    reference: str = "",
    override: str = "",
    proof: str = "",
) -> Signature:
    """Record the signature of one party.

    `override` is the reason for which the lawyer lets one pass that precedes its act, or that is weaker than the EPCI asks.
    """
    locked = lock(actor, "conventions.manage", convention)
    require_dates(locked, proof, signed_on=signed_on)
    _require_open(locked, avenant, signed_on)
    party = signatory.party
    commune = heir_of(locked.commune, signed_on)
    if signatory.epci_id != locked.epci_id or (party is Party.COMMUNE and signatory.commune_id != commune.pk):
        raise refused("signatory", "E_NOT_A_PARTY", "Cette personne ne signe pour aucune des deux parties.")
    if Signature.objects.filter(convention=locked, avenant=avenant, party=party.value).exists():
        raise refused("signatory", "E_SIGNED_ALREADY", "Cette partie a déjà signé : une convention a deux signatures.")
    if not signatory.holds_on(signed_on):
        words = f"Ce signataire n’était pas en fonction le {date_words(signed_on)} ; corriger la date ou le signataire."
        raise refused("signatory", "E_SIGNATORY_NOT_IN_OFFICE", words)
    if override.strip():
        require(actor, "conventions.override", locked)
    else:
        _require_level(locked.epci, method)
        _require_act(locked, party, signed_on, avenant)
    row = keep(
        Signature(),
        convention=locked,
        avenant=avenant,
        party=party.value,
        signatory=signatory,
        signed_on=signed_on,
        method=method.value,
        reference=reference.strip(),
        override=override.strip(),
    )
    told = {"party": party.value, "signatory": signatory.pk, "method": method.value, "override": row.override}
    if avenant:
        told["avenant"] = avenant.number
    journal.record("conventions.signed", actor=actor, convention=locked, on=signed_on, **told)
    return row


@transaction.atomic
def place_original(*, actor: Actor, convention: Convention, number: int, holder: Party, place: str, on: dt.date) -> Original:
    """Say who holds one of the two originals, and where."""
    locked = lock(actor, "conventions.manage", convention)
    require_dates(locked, place, on=on)
    known = Original.objects.filter(convention=locked, number=number).first()
    row = keep(known or Original(), convention=locked, number=number, holder=holder.value, place=place.strip())
    journal.record("conventions.original_placed", actor=actor, convention=locked, on=on, number=number, holder=holder.value)
    return row


def _require_open(convention: Convention, avenant: Avenant | None, on: dt.date) -> None:
    if avenant is None:
        words = (
            f"Le {date_words(on)}, ce texte n’attendait pas de signature : il n’était pas encore devant les assemblées, ou "
            "il était signé des deux parties ; vérifier la date."
        )
        require_state(convention, on, MAY_SIGN, "signed_on", words)
        return
    require_state(convention, on, RUNNING, "signed_on", "Un avenant se signe tant que la convention est en vigueur.")
    if avenant.frozen_on is None or avenant.abandoned_on or avenant.notified_on or on < avenant.frozen_on:
        raise refused("signed_on", "E_TRANSITION", "Cet avenant n’attend pas de signature ce jour-là.")


def _require_level(epci: Epci, method: Method) -> None:
    least = value_of(epci, catalogue.MIN_SIGNATURE_LEVEL)
    if not is_strong_enough(SignatureLevel(method.value), least):
        words = f"Ce procédé est trop faible : il faut au moins « {SIGNATURE_LEVELS[least]} », ou le papier ; signer de nouveau."
        raise refused("method", "E_SIGNATURE_LEVEL", words)


def _require_act(convention: Convention, party: Party, on: dt.date, avenant: Avenant | None) -> None:
    """Refuse a signature before its act is executory: no later transmission cures it (CE, opinion, 10 June 1996, n° 176873)."""
    executory = executory_on(convention, party, avenant)
    if executory is None and not authorisations_of(convention, party, avenant):
        raise refused("signed_on", ACT_MISSING[party], "La délibération qui autorise cette signature n’est pas enregistrée.")
    if executory is None or executory > on:
        words = "La signature précède le jour où la délibération est exécutoire ; signer de nouveau après ce jour."
        raise refused("signed_on", "E_SIGNED_BEFORE_EXECUTORY", words)
    is_strict = value_of(convention.epci, catalogue.BUREAU_DELEGATION_STRICT)
    if party is Party.EPCI and is_strict and lacks_delegation(convention, avenant):
        words = "Le Bureau n’a de pouvoir que par une délégation du conseil (L. 5211-10 CGCT) : la joindre à sa délibération."
        raise refused("signed_on", "E_DELEGATION_MISSING", words)
