"""The texts of the demonstration: a convention drafted on a model and sent to the assemblies, with its usual day annexed."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.actions.drafting import draft_convention
from escale.apps.conventions.actions.freezing import freeze
from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.texts import model_named, version_of
from escale.apps.territory.models import Commune
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.conventions.scene import PROOF, Scene

VALUES = {
    "data_contact": "coordination@example.org (démonstration)",
    "data_officer": "Délégué à la protection des données (démonstration), dpd@example.org",
}
"""What the avenant that the model holds ready asks for."""


def draft(scene: Scene, commune: Commune, model: str) -> Convention:
    """Begin a convention on a model."""
    return draft_convention(
        actor=ACTOR,
        epci=scene.epci,
        commune=commune,
        model=model,
        model_version=version_of(model),
        terms=model_named(model).terms,
        values=VALUES,
        annex=scene.days[commune.code],
    )


def send_to_assemblies(convention: Convention, on: dt.date) -> Convention:
    """Fix the text that the assemblies vote on, and keep its PDF."""
    return freeze(actor=ACTOR, convention=convention, version=convention.version, on=on, proof=PROOF)
