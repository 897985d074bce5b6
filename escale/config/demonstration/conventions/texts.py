"""The texts of the demonstration: a convention drafted on a model and sent to the assemblies, with its usual day annexed."""

from __future__ import annotations

import datetime as dt
from functools import cache

from escale.apps.conventions.actions.drafting import draft_convention, freeze_for_deliberation
from escale.apps.conventions.folders import read_folder, shipped_folder
from escale.apps.conventions.models import Convention
from escale.apps.territory.models import Commune
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.conventions.scene import PROOF, Scene
from escale.core.convention.model import Model


def draft(scene: Scene, commune: Commune, model: str) -> Convention:
    """Begin a convention on the last version of a model."""
    read = _model(model)
    return draft_convention(
        actor=ACTOR,
        epci=scene.epci,
        commune=commune,
        model=model,
        model_version="1",
        terms=read.terms,
        annex=scene.days[commune.code],
    )


def send_to_assemblies(convention: Convention, on: dt.date) -> Convention:
    """Fix the text that the assemblies vote on."""
    text = f"{_model(convention.model).label} : {convention.commune} (démonstration)"
    return freeze_for_deliberation(actor=ACTOR, convention=convention, version=convention.version, text=text, on=on, proof=PROOF)


@cache
def _model(name: str) -> Model:
    return read_folder(shipped_folder() / name)
