"""The documents of a convention, filled with what is recorded: its text, its avenants, its letters."""

from escale.apps.conventions.papers.avenants import avenant_document, avenant_filling, ready_avenant, ready_purpose, ready_text
from escale.apps.conventions.papers.consolidated import consolidated_document
from escale.apps.conventions.papers.conventions import convention_document, missing_of
from escale.apps.conventions.papers.letters import (
    denunciation_document,
    formal_notice_document,
    slip_document,
    termination_document,
)
from escale.apps.conventions.papers.planning import annexed_planning, held_day
from escale.apps.conventions.papers.texts import model_named, model_of, version_of
from escale.apps.conventions.papers.values import values_of

__all__ = [
    "annexed_planning",
    "avenant_document",
    "avenant_filling",
    "consolidated_document",
    "convention_document",
    "denunciation_document",
    "formal_notice_document",
    "held_day",
    "missing_of",
    "model_named",
    "model_of",
    "ready_avenant",
    "ready_purpose",
    "ready_text",
    "slip_document",
    "termination_document",
    "values_of",
    "version_of",
]
