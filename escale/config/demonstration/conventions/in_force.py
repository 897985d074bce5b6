"""The forty-four conventions of 2025, from the vote of each council to the originals: as far as the day has come."""

from __future__ import annotations

from collections.abc import Sequence

from escale.apps.conventions.actions.acting import record_act
from escale.apps.conventions.actions.notifying import notify_convention
from escale.apps.conventions.actions.signing import place_original, sign
from escale.apps.conventions.models import ActKind, Convention, Party, Signatory
from escale.apps.territory.models import Commune
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.conventions.authorities import (
    SITTING_OF_2025,
    make_executory,
    tell_what_came_before,
    vote_in_bureau,
)
from escale.config.demonstration.conventions.calendar import FROZEN_ON, Steps, steps_of
from escale.config.demonstration.conventions.people import Signatories
from escale.config.demonstration.conventions.scene import PROOF, Scene, letter, numbered
from escale.config.demonstration.conventions.texts import draft, send_to_assemblies

MODEL = "porte-du-hainaut-2025"
STRIDE = 17
"""Communes are not taken in the order of the alphabet."""
PLACES = {Party.EPCI: "La Passerelle, armoire des conventions (démonstration)", Party.COMMUNE: "Mairie (démonstration)"}


def conclude_of_2025(scene: Scene, communes: Sequence[Commune], signatories: Signatories) -> None:
    """Take each convention as far as the day has come."""
    if not scene.has_come(FROZEN_ON):
        return
    conventions = [send_to_assemblies(draft(scene, commune, MODEL), FROZEN_ON) for commune in communes]
    tell_what_came_before(conventions[0])
    if scene.has_come(SITTING_OF_2025.completed_on):
        vote_in_bureau(conventions, SITTING_OF_2025)
    for rank, convention in enumerate(conventions):
        steps = steps_of(rank * STRIDE % len(conventions), len(conventions))
        mayor = signatories.mayors[convention.commune_id]
        _carry_on(scene, convention, steps, (mayor, signatories.president))


def _carry_on(scene: Scene, convention: Convention, steps: Steps, signatories: tuple[Signatory, Signatory]) -> None:
    """Record what has come of one convention."""
    if scene.has_come(steps.published):
        number = numbered(f"{steps.voted.year}-{7 + steps.voted.month:02}")
        act = record_act(
            actor=ACTOR,
            convention=convention,
            kind=ActKind.COMMUNE_COUNCIL,
            number=number,
            held_on=steps.voted,
            proof=PROOF,
        )
        make_executory(act, steps.transmitted, steps.published)
    signed = zip(signatories, (steps.signed_by_commune, steps.signed_by_epci), strict=True)
    for signatory, day in signed:
        if scene.has_come(day):
            sign(actor=ACTOR, convention=convention, signatory=signatory, signed_on=day, proof=PROOF)
    if scene.has_come(steps.sent):
        posting = letter(convention.commune, 1, steps.sent, steps.delivered, steps.delivered, scene.now)
        notify_convention(actor=ACTOR, convention=convention, posting=posting)
    if scene.has_come(steps.delivered):
        for original, party in enumerate(PLACES, start=1):
            place_original(
                actor=ACTOR, convention=convention, number=original, holder=party, place=PLACES[party], on=steps.delivered
            )
