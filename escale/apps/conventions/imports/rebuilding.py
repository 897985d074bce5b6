"""The text of a convention that was signed before the product, rebuilt from its model and from what a row tells."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.imports.lines import ConventionLine, SignatureLine
from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.papers.values import GENDERS
from escale.apps.territory.queries import hours_at
from escale.core.convention.annex import AnnexedPlanning, annex_of, usual_day_words
from escale.core.convention.model import CONVENTION
from escale.core.convention.placeholders import Signatory, Value
from escale.core.documents.tree import Document, Section

STATUS = "texte reconstitué à l’import"
"""What is written on it: the original that was signed is on paper, or filed beside."""


def rebuilt_document(convention: Convention, line: ConventionLine) -> Document:
    """Return the text of the model with the values of a row, and its usual day when the row tells one."""
    annexes: tuple[Section, ...] = ()
    if line.usual:
        hours = hours_at(convention.epci, None, line.usual.window.half)
        annexes = (annex_of(AnnexedPlanning(usual_day=usual_day_words(line.usual.nth, line.usual.window, hours))),)
    values, model = values_of_line(convention, line), model_of(convention)
    return model.document(CONVENTION, values, date=_signed_on(line), status=STATUS, annexes=annexes)


def values_of_line(convention: Convention, line: ConventionLine) -> dict[str, Value]:
    """Return what a row tells of a convention, by the blanks of its model."""
    known: dict[str, Value] = {
        "commune": convention.commune.place_name,
        "commune_deliberation_number": line.council.number,
        "commune_deliberation_date": line.council.held_on,
        "commune_signatory": _written(line.commune_signs),
        "epci_deliberation_number": line.bureau.number,
        "epci_deliberation_date": line.bureau.held_on,
        "epci_signatory": _written(line.epci_signs),
        "signed_on": _signed_on(line),
    }
    declared = model_of(convention).placeholders
    return {name: value for name, value in known.items() if name in declared}


def _signed_on(line: ConventionLine) -> dt.date:
    return max(line.commune_signs.signed_on, line.epci_signs.signed_on)


def _written(line: SignatureLine) -> Signatory:
    return Signatory(name=f"{line.first_name} {line.last_name}", title=line.title, gender=GENDERS[line.gender])
