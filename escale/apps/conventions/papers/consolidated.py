"""The text of a convention on a day: as it was signed, with what the avenants in force have changed and from when."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.conventions import convention_document
from escale.core.documents.tree import Document


def consolidated_document(convention: Convention, on: dt.date) -> Document:
    """Return the text that holds on a day."""
    return convention_document(convention, on=on, status="texte consolidé")
