"""Carry the recommendation of an evaluation to the committee: the proposal that remembers it (art. 6)."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.committee.actions.proposing import propose
from escale.apps.committee.models import Proposal
from escale.apps.evaluation.models import Recommendation


@transaction.atomic
def carry_recommendation(*, actor: Actor, recommendation: Recommendation) -> Proposal:
    """Write the proposal of a recommendation in the register, with its words and communes; the same when it is there already."""
    row = Recommendation.objects.select_for_update(of=("self",)).select_related("evaluation__epci").get(pk=recommendation.pk)
    epci = row.evaluation.epci
    require(actor, "committee.manage", epci)
    known = Proposal.objects.filter(recommendation=row).first()
    if known is not None:
        return known
    return propose(actor=actor, epci=epci, words=row.words, communes=list(row.communes.all()), recommendation=row)
