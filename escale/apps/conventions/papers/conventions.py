"""The text of a convention with its annexed planning, as it is prepared, voted and signed."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.models import Convention, Paper, PaperKind
from escale.apps.conventions.papers.planning import annexed_planning
from escale.apps.conventions.papers.texts import model_of, version_of
from escale.apps.conventions.papers.values import act_of, read_kept, values_of, with_room
from escale.apps.territory.clock import today
from escale.core.convention.annex import annex_of
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.model import CONVENTION
from escale.core.convention.parties import Party
from escale.core.convention.placeholders import BLANK, Value
from escale.core.documents.plain import plain_text
from escale.core.documents.tree import Document

DRAFT = "projet"
COMMUNE = "commune"
"""The blank of a text that names the commune."""

ANNEX_MISSING = "Planning annexé : le jour habituel de la commune"


def convention_document(convention: Convention, *, on: dt.date, status: str = "", as_voted: bool = False) -> Document:
    """Return the convention with its annexed planning. Raise MissingValuesError with all that is missing.

    A draft says that it is one, unless another `status` is given, or it is made `as_voted`. Until both assemblies have voted,
    the numbers and the dates of their acts are left open, to be written in.
    """
    require_model_text(convention)
    model, values, planning = model_of(convention), filling_of(convention, on), annexed_planning(convention, on)
    if missing := (*model.missing(CONVENTION, values), *(() if planning else (ANNEX_MISSING,))):
        raise MissingValuesError(missing)
    said = status or ("" if convention.frozen_on or as_voted else DRAFT)
    annexes = (annex_of(planning),) if planning else ()
    return model.document(CONVENTION, values, date=on, status=said, annexes=annexes)


def require_model_text(convention: Convention) -> None:
    """Raise MissingValuesError when the model no longer makes the text that the councils voted, or never did."""
    if convention.frozen_on is None:
        return
    paper = _text_of(convention)
    if paper is None:
        return
    if not paper.is_made_here and paper.file.sha256 in convention.text:
        raise MissingValuesError(
            (f"Le texte voté est le fichier du juriste « {paper.file.name} » : le prendre parmi les pièces",)
        )
    if paper.is_made_here and not _is_made_still(convention, paper):
        raise MissingValuesError((f"Le modèle a changé depuis le texte voté : prendre « {paper.file.name} » parmi les pièces",))


def _is_made_still(convention: Convention, paper: Paper) -> bool:
    """Tell whether the model makes the same articles of the same values as on the day when the text was frozen."""
    if paper.model_version == version_of(convention.model):
        return True
    model = model_of(convention)
    values = with_room(model.placeholders, {"signed_on": BLANK, **read_kept(model.placeholders, paper.values)})
    if model.missing(CONVENTION, values):
        return False
    articles = plain_text(model.document(CONVENTION, values, date=paper.filed_on))
    return convention.text.startswith(articles.rstrip())


def missing_of(convention: Convention) -> tuple[str, ...]:
    """Return what the text still asks for today, in French, in its order."""
    on = today(convention.epci)
    missing = model_of(convention).missing(CONVENTION, filling_of(convention, on))
    return missing if annexed_planning(convention, on) else (*missing, ANNEX_MISSING)


def filling_of(convention: Convention, on: dt.date) -> dict[str, Value]:
    """Return what fills the text of a convention, with room for the acts until both are adopted.

    A commune that has changed its name since the vote keeps the one that was voted.
    """
    values = values_of(convention, on=on)
    if convention.frozen_on and (paper := _text_of(convention)) is not None:
        voted = read_kept(model_of(convention).placeholders, paper.values)
        values |= {name: value for name, value in voted.items() if name == COMMUNE}
    if all(act_of(convention, party) for party in Party):
        return values
    return with_room(model_of(convention).placeholders, values)


def _text_of(convention: Convention) -> Paper | None:
    """Return the paper of the text that was frozen last."""
    texts = Paper.objects.with_files().filter(convention=convention, kind=PaperKind.TEXT.value)
    return texts.order_by("-pk").first()
