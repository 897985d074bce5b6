"""Write down what the committee proposes, and what becomes of it: it advises, and decides nothing (art. 6)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from escale.apps.audit.actors import Actor, require
from escale.apps.committee.models import Fate, Meeting, Proposal
from escale.apps.conventions.models import Avenant
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.saving import refuse, save_row


@transaction.atomic
def propose(*, actor: Actor, epci: Epci, words: str, commune: Commune | None = None, meeting: Meeting | None = None) -> Proposal:
    """Write a proposal in the register, with the next number."""
    require(actor, "committee.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    last = Proposal.objects.filter(epci=epci).aggregate(last=Max("number"))["last"] or 0
    values = {"epci": epci, "number": last + 1, "commune": commune, "meeting": meeting, "words": " ".join(words.split())}
    values["proposed_on"] = clock.today(epci)
    return save_row(Proposal(), values, event="committee.proposed", actor=actor, epci=epci.siren)


@transaction.atomic
def settle_proposal(
    *, actor: Actor, proposal: Proposal, fate: Fate, reason: str = "", avenant: Avenant | None = None
) -> Proposal:
    """Say what became of a proposal: one that is rejected says why, one that became an avenant names it."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("epci").get(pk=proposal.pk)
    require(actor, "committee.manage", row.epci)
    if fate is Fate.REJECTED and not reason.strip():
        raise refuse("reason", "Dire pourquoi la proposition est écartée.")
    if (fate is Fate.AVENANT) != (avenant is not None):
        words = "Choisir l’avenant." if avenant is None else "Un avenant ne se choisit que si la proposition l’est devenue."
        raise refuse("avenant", words)
    if avenant is not None and avenant.convention.epci_id != row.epci_id:
        raise refuse("avenant", "Cet avenant est d’une autre intercommunalité.")
    is_open = fate is Fate.PROPOSED
    values = {
        "fate": fate.value,
        "avenant": avenant,
        "reason": "" if is_open else reason.strip(),
        "settled_on": None if is_open else clock.today(row.epci),
    }
    return save_row(row, values, event="committee.settled", actor=actor, epci=row.epci.siren)
