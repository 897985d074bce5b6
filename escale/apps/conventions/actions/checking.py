"""Record in one go what a paper filed by a commune says, and that it was read: the vote of its council, its signature."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.filing import check_paper
from escale.apps.conventions.actions.opening import keep, refused
from escale.apps.conventions.actions.signing import sign
from escale.apps.conventions.models import Act, ActKind, Paper, PaperKind, Signatory, Signature


@transaction.atomic
def check_deliberation(
    *,
    actor: Actor,
    paper: Paper,
    number: str,
    held_on: dt.date,
    transmitted_on: dt.date | None = None,
    receipt: str = "",
    published_on: dt.date | None = None,
) -> Act:
    """Record the vote of a council from the paper that proves it; what is known of its transmission and publication with it."""
    checked = _checked(actor, paper, PaperKind.DELIBERATION, "Cette pièce n’est pas une délibération.")
    proof = f"pièce déposée : {checked.file.name}"[:200]
    known = _known_act(checked, number.strip())
    act = known or record_act(
        actor=actor,
        convention=checked.convention,
        avenant=checked.avenant,
        kind=ActKind.COMMUNE_COUNCIL,
        number=number,
        held_on=held_on,
        proof=proof,
    )
    if act.held_on != held_on:
        raise refused(
            "held_on", "E_ACT_KNOWN", "Cette délibération est déjà enregistrée, à une autre date ; corriger l’une des deux."
        )
    if transmitted_on or published_on:
        act = complete_act(
            actor=actor, act=act, transmitted_on=transmitted_on, receipt=receipt, published_on=published_on, proof=proof
        )
    keep(checked, act=act)
    return act


@transaction.atomic
def check_signed_copy(*, actor: Actor, paper: Paper, signatory: Signatory, signed_on: dt.date) -> Signature:
    """Record the signature of the commune from the copy that it filed."""
    checked = _checked(actor, paper, PaperKind.SIGNED, "Cette pièce n’est pas un exemplaire signé.")
    return sign(
        actor=actor,
        convention=checked.convention,
        avenant=checked.avenant,
        signatory=signatory,
        signed_on=signed_on,
        reference=checked.file.name[:200],
        proof=f"pièce déposée : {checked.file.name}"[:200],
    )


def _checked(actor: Actor, paper: Paper, kind: PaperKind, message: str) -> Paper:
    if paper.kind != kind:
        raise refused("paper", "E_PAPER_KIND", message)
    return check_paper(actor=actor, paper=paper)


def _known_act(paper: Paper, number: str) -> Act | None:
    """Return the act that is recorded for this text already: a copy with the stamp of the préfecture completes it."""
    authorised = {"authorisations__convention": paper.convention, "authorisations__avenant": paper.avenant}
    commune = paper.convention.commune
    return Act.objects.filter(**authorised, commune=commune, kind=ActKind.COMMUNE_COUNCIL.value, number=number).first()
