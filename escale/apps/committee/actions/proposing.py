"""Write down what the committee proposes, and what becomes of it: it advises, and decides nothing (art. 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.committee.clauses import judged
from escale.apps.committee.models import Fate, Meeting, Proposal, ProposalClause, ProposedAvenant
from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.models import Avenant
from escale.apps.evaluation.models import Recommendation
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row

SPACES = re.compile(r"[ \t\r\n]+")


@transaction.atomic
def propose(
    *,
    actor: Actor,
    epci: Epci,
    words: str,
    commune: Commune | None = None,
    communes: Sequence[Commune] = (),
    meeting: Meeting | None = None,
    clauses: Iterable[Change] = (),
    observation: str = "",
    recommendation: Recommendation | None = None,
) -> Proposal:
    """Write a proposal in the register, with the next number; without a commune it is for all of them.

    `clauses` are what it would change in the text (a `Clause` may name one commune); `observation` is what led to it, in words;
    `recommendation` the one of an evaluation that it carries to the committee.
    """
    require(actor, "committee.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    last = Proposal.objects.filter(epci=epci).aggregate(last=Max("number"))["last"] or 0
    values = {"epci": epci, "number": last + 1, "meeting": meeting, "words": one_line(words)}
    values |= {"observation": one_line(observation), "recommendation": recommendation, "proposed_on": clock.today(epci)}
    row = save_row(Proposal(), values, event="committee.proposed", actor=actor, epci=epci.siren)
    _write(row, [commune] if commune else communes, clauses)
    return row


@transaction.atomic
def correct_proposal(
    *, actor: Actor, proposal: Proposal, words: str, communes: Sequence[Commune], clauses: Iterable[Change]
) -> Proposal:
    """Write a proposal anew, whole, as long as no avenant carries it out."""
    row = locked_proposal(actor, proposal)
    if row.fate == Fate.AVENANT:
        raise refuse("words", "Cette proposition est devenue avenant : c’est le brouillon de l’avenant qui se corrige.")
    saved = save_row(row, {"words": one_line(words)}, event="committee.reworded", actor=actor, epci=row.epci.siren)
    _write(saved, communes, clauses)
    events.record("committee.clauses_chosen", actor=actor, epci=row.epci.siren, subject=row, clauses=row.clauses.count())
    return saved


@transaction.atomic
def settle_proposal(
    *, actor: Actor, proposal: Proposal, fate: Fate, reason: str = "", avenant: Avenant | None = None
) -> Proposal:
    """Say what became of a proposal: one that is rejected says why, one that became an avenant names it."""
    row = locked_proposal(actor, proposal)
    if fate is Fate.REJECTED and not reason.strip():
        raise refuse("reason", "Dire pourquoi la proposition est écartée.")
    if fate is not Fate.AVENANT and avenant is not None:
        raise refuse("avenant", "Un avenant ne se choisit que si la proposition l’est devenue.")
    standing = row.avenants.filter(abandoned_on=None).first()
    if fate is Fate.AVENANT and avenant is None and standing is None:
        raise refuse("avenant", "Choisir l’avenant.")
    if fate is not Fate.AVENANT and standing is not None:
        raise refuse("fate", f"L’avenant n° {standing.number} vient de cette proposition ; l’abandonner d’abord.")
    if avenant is not None:
        link_avenants(row, [avenant])
    is_open = fate is Fate.PROPOSED
    values = {
        "fate": fate.value,
        "reason": "" if is_open else reason.strip(),
        "settled_on": None if is_open else clock.today(row.epci),
    }
    return save_row(row, values, event="committee.settled", actor=actor, epci=row.epci.siren)


def locked_proposal(actor: Actor, proposal: Proposal) -> Proposal:
    """Return a proposal as it is now, locked; refuse whoever does not lead the committee."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("epci").get(pk=proposal.pk)
    require(actor, "committee.manage", row.epci)
    return row


def link_avenants(proposal: Proposal, avenants: Iterable[Avenant]) -> None:
    """Remember that some avenants carry out a proposal; part of an action that has locked it."""
    for avenant in avenants:
        if avenant.convention.epci_id != proposal.epci_id:
            raise refuse("avenant", "Cet avenant est d’une autre intercommunalité.")
        ProposedAvenant.objects.get_or_create(proposal=proposal, avenant=avenant)


def one_line(words: str) -> str:
    """Return a text as one line of a register; its no-break spaces stay."""
    return " ".join(part for part in SPACES.split(words) if part)


def _write(proposal: Proposal, communes: Sequence[Commune], clauses: Iterable[Change]) -> None:
    """Keep for whom a proposal is and what it would change."""
    proposal.communes.set(communes)
    proposal.clauses.all().delete()
    ProposalClause.objects.bulk_create(
        ProposalClause(
            proposal=proposal,
            commune=one.commune,
            article=one.article,
            name=one.name,
            new=one.new,
            wording=one.wording.strip(),
        )
        for one in judged(clauses)
    )
