"""An evaluation as a page, a PDF or lines of a CSV: the same tree, the same figures."""

from __future__ import annotations

from typing import Any

from escale.apps.documents.rendering import Layout, to_pdf, written
from escale.apps.documents.spreadsheets import csv_lines
from escale.apps.evaluation.freezing import answers_to
from escale.apps.evaluation.frozen import Frozen
from escale.apps.evaluation.models import Evaluation
from escale.apps.territory.catalogue import K_INTERNAL
from escale.apps.territory.queries import value_of
from escale.core.evaluation.policies import internal
from escale.web.evaluations.document import Whole, document_of, pictures_of

COLUMNS = ("Lieu", "Premier mois", "Dernier mois", "Arrêté au", "Code", "Indicateur", "Article", "Ce qu’il en est")
NUMBERS = ("Valeur", "Nombre", "Sur", "Sans réponse", "Intervalle, de", "Intervalle, à")


def whole_of(evaluation: Evaluation) -> Whole:
    """Return an evaluation with all that its document shows."""
    return Whole(
        evaluation=evaluation,
        frozen=Frozen.from_json(evaluation.figures),
        questionnaires=[row for row in answers_to(evaluation) if row.answered_at is not None],
        recommendations=list(evaluation.recommendations.prefetch_related("communes")),
        rectifications=list(evaluation.rectifications.order_by("order")),
        policy=internal(value_of(evaluation.epci, K_INTERNAL)),
    )


def shown(whole: Whole) -> dict[str, Any]:
    """Return what the templates of a report read."""
    said, pictures = written(document_of(whole)), iter(pictures_of(whole.frozen))
    for section in said["blocks"]:
        for block in section.get("blocks", ()):
            if block["kind"] == "table":
                _name_the_cells(block)
            elif block["kind"] == "figure":
                block["picture"] = next(pictures)
    return {"document": said}


def pdf_of(whole: Whole) -> bytes:
    """Return the document as PDF."""
    return to_pdf(document_of(whole), Layout.REPORT)


def csv_of(whole: Whole) -> bytes:
    """Return the indicators as CSV, one a line."""
    frozen = whole.frozen
    about = (frozen.place, frozen.first, frozen.last, frozen.until)
    rows = [
        (
            *(*about, one.code, one.definition.label, one.definition.article, one.words),
            *(_decimal(one.value), one.numerator, one.denominator, one.missing, _decimal(one.low), _decimal(one.high)),
        )
        for one in frozen.measures
    ]
    return "".join(csv_lines((*COLUMNS, *NUMBERS), rows)).encode()


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


def _name_the_cells(table: dict[str, Any]) -> None:
    for group in table["groups"]:
        for row in group["rows"]:
            row["named"] = list(zip(table["columns"], row["cells"], strict=True))
