"""What the assemblies of La Porte du Hainaut decided: before any convention, then the Bureau on each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.models import Act, ActKind, Avenant, Convention
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.conventions.scene import PROOF, numbered

PROJECT_NUMBER, PROJECT_ON = "23/180", dt.date(2023, 10, 16)
"""The council act that the text itself cites."""
OPINION_ON, DIAGNOSTIC_ON = dt.date(2024, 3, 29), dt.date(2022, 6, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One sitting of the Bureau, and the delegation of the council without which it has no power (L. 5211-10 CGCT)."""

    number: str
    held_on: dt.date
    delegation_number: str
    delegation_on: dt.date

    @property
    def completed_on(self) -> dt.date:
        """The day on which the act has been transmitted and published."""
        return self.held_on + dt.timedelta(days=3)


SITTING_OF_2025 = Sitting(
    number="B25/014", held_on=dt.date(2025, 2, 24), delegation_number="20/052", delegation_on=dt.date(2020, 7, 16)
)


def tell_what_came_before(convention: Convention) -> None:
    """Record, once for all, what the conventions cite: the project of the territory, the opinion, the diagnostic."""
    known = (
        (ActKind.EPCI_COUNCIL, PROJECT_NUMBER, PROJECT_ON),
        (ActKind.OPINION, numbered("avis 2024-03"), OPINION_ON),
        (ActKind.DIAGNOSTIC, numbered("diagnostic 2022"), DIAGNOSTIC_ON),
    )
    for kind, number, held_on in known:
        record_act(actor=ACTOR, convention=convention, kind=kind, number=number, held_on=held_on, authorises=False, proof=PROOF)


def vote_in_bureau(conventions: Sequence[Convention], sitting: Sitting, avenant: Avenant | None = None) -> None:
    """Let one act of the Bureau authorise some conventions, then be transmitted and published."""
    if not conventions:
        return
    delegation = record_act(
        actor=ACTOR,
        convention=conventions[0],
        kind=ActKind.DELEGATION,
        number=numbered(sitting.delegation_number),
        held_on=sitting.delegation_on,
        proof=PROOF,
    )
    acts = [
        record_act(
            actor=ACTOR,
            convention=convention,
            avenant=avenant,
            kind=ActKind.BUREAU,
            number=numbered(sitting.number),
            held_on=sitting.held_on,
            delegation=delegation,
            proof=PROOF,
        )
        for convention in conventions
    ]
    make_executory(acts[0], sitting.held_on + dt.timedelta(days=2), sitting.completed_on)


def make_executory(act: Act, transmitted_on: dt.date, published_on: dt.date) -> None:
    """Transmit an act to the prefect, and publish it."""
    receipt = f"AR {transmitted_on:%Y%m%d}-{act.pk:04} (démonstration)"
    complete_act(actor=ACTOR, act=act, transmitted_on=transmitted_on, published_on=published_on, receipt=receipt, proof=PROOF)
