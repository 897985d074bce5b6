"""Open the avenants that carry a proposal out, one draft for each commune concerned; its fate follows (art. 6, 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.committee.actions.proposing import link_avenants, locked_proposal
from escale.apps.committee.clauses import changes_for, touched_by
from escale.apps.committee.models import Fate, Proposal
from escale.apps.committee.queries import in_force
from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.actions.amending_several import open_avenants
from escale.apps.conventions.models import Avenant, Convention
from escale.apps.conventions.several import ToOpen, avenants_to_open
from escale.apps.evaluation.actions import link_avenants as link_recommended
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse, save_row

NO_CLAUSE = "Dire d’abord quelles clauses cette proposition touche : un avenant change des articles."


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What would be opened for a proposal: a line for each convention, and the communes that have none in force."""

    lines: tuple[ToOpen, ...]
    without: tuple[Commune, ...]

    @property
    def possible(self) -> tuple[ToOpen, ...]:
        """The lines that become an avenant."""
        return tuple(line for line in self.lines if not line.refusal)

    @property
    def refused(self) -> tuple[ToOpen, ...]:
        """The lines that cannot."""
        return tuple(line for line in self.lines if line.refusal)


def opening_of(proposal: Proposal, on: dt.date) -> Opening:
    """Return what opening the avenants of a proposal would do on a day; nothing is written."""
    found, without = _conventions(proposal, on)
    return Opening(lines=tuple(avenants_to_open(found, _wanted(proposal, found), on)), without=tuple(without))


@transaction.atomic
def open_proposed(*, actor: Actor, proposal: Proposal, left_out: Collection[int] = ()) -> list[Avenant]:
    """Open the drafts of a proposal, link them to it, and note that it became an avenant.

    `left_out` holds the keys of the conventions whose refusal was seen. Raise ValidationError for any other: nothing is written.
    """
    row = locked_proposal(actor, proposal)
    if row.fate == Fate.REJECTED:
        raise refuse("conventions", "Cette proposition est écartée : changer d’abord sa suite.")
    if not row.clauses.exists():
        raise refuse("conventions", NO_CLAUSE)
    today = clock.today(row.epci)
    found, _ = _conventions(row, today)
    opened = open_avenants(actor=actor, conventions=found, purpose=row.words, changes=_wanted(row, found), left_out=left_out)
    link_avenants(row, opened)
    if row.recommendation is not None:
        link_recommended(actor=actor, recommendation=row.recommendation, avenants=opened)
    values = {"fate": Fate.AVENANT.value, "settled_on": row.settled_on or today}
    save_row(row, values, event="committee.settled", actor=actor, epci=row.epci.siren)
    events.record("committee.avenants_opened", actor=actor, epci=row.epci.siren, subject=row, count=len(opened))
    return opened


def _conventions(proposal: Proposal, on: dt.date) -> tuple[list[Convention], list[Commune]]:
    """Return the conventions that a proposal is about, and its communes that have none."""
    running = in_force(proposal.epci, on)
    named = touched_by(proposal)
    if not named:
        return running, []
    wanted = {commune.pk for commune in named}
    found = [convention for convention in running if convention.commune_id in wanted]
    covered = {convention.commune_id for convention in found}
    return found, [commune for commune in named if commune.pk not in covered]


def _wanted(proposal: Proposal, conventions: Sequence[Convention]) -> dict[int, list[Change]]:
    clauses = list(proposal.clauses.all())
    return {convention.pk: changes_for(clauses, convention.commune) for convention in conventions}
