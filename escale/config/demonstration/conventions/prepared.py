"""The three conventions on the model of 2027: one before its council, one to sign, one whose vote was put off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from escale.apps.conventions.actions.acting import record_act
from escale.apps.conventions.models import ActKind, Convention, Outcome
from escale.apps.territory.models import Commune
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.conventions.authorities import Sitting, make_executory, vote_in_bureau
from escale.config.demonstration.conventions.scene import PROOF, Scene, numbered
from escale.config.demonstration.conventions.texts import draft, send_to_assemblies

MODEL = "demonstration-2027"
DRAFTED_ON, FROZEN_ON = dt.date(2026, 9, 7), dt.date(2026, 9, 14)
SITTING_OF_2026 = Sitting(
    number="B26/042", held_on=dt.date(2026, 9, 28), delegation_number="26/031", delegation_on=dt.date(2026, 4, 27)
)
CHATEAU, NIVELLE, THUN = "59144", "59434", "59594"
VOTED_ON, POSTPONED_ON, NEXT_COUNCIL_ON = dt.date(2026, 10, 20), dt.date(2026, 11, 5), dt.date(2026, 12, 10)


def prepare_of_2027(scene: Scene, communes: Sequence[Commune]) -> None:
    """Take each of the three as far as the day has come; the council of Château-l’Abbaye has not met yet."""
    if not scene.has_come(DRAFTED_ON):
        return
    conventions = {commune.code: draft(scene, commune, MODEL) for commune in communes}
    if not scene.has_come(FROZEN_ON):
        return
    sent = {code: send_to_assemblies(convention, FROZEN_ON) for code, convention in conventions.items()}
    if scene.has_come(SITTING_OF_2026.completed_on):
        vote_in_bureau(list(sent.values()), SITTING_OF_2026)
    if scene.has_come(VOTED_ON):
        _vote(sent[NIVELLE])
    if scene.has_come(POSTPONED_ON):
        _postpone(sent[THUN])


def _vote(convention: Convention) -> None:
    act = record_act(
        actor=ACTOR,
        convention=convention,
        kind=ActKind.COMMUNE_COUNCIL,
        number=numbered("2026-38"),
        held_on=VOTED_ON,
        proof=PROOF,
    )
    make_executory(act, VOTED_ON, VOTED_ON)


def _postpone(convention: Convention) -> None:
    record_act(
        actor=ACTOR,
        convention=convention,
        kind=ActKind.COMMUNE_COUNCIL,
        outcome=Outcome.POSTPONED,
        held_on=POSTPONED_ON,
        next_council_on=NEXT_COUNCIL_ON,
        proof=PROOF,
    )
