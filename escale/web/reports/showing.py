"""A report as a page shows it: the very tree that becomes a PDF, each cell beside the name of its column."""

from __future__ import annotations

from typing import Any

from escale.apps.documents.rendering import written
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.models import Report, TerritoryReport
from escale.apps.territory.catalogue import K_INTERNAL
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.core.documents.tree import Document
from escale.web.reports.document import Writing, document_of, pictures_of
from escale.web.reports.territory import territory_document, territory_pictures


def document_for(epci: Epci, figures: Figures, report: Report | TerritoryReport | None) -> Document:
    """Return the document of a report, or that of provisional figures when there is none."""
    writing = Writing(number=report.number, reason=report.reason) if report else Writing(is_provisional=True)
    if figures.communes:
        return territory_document(figures, writing, k=value_of(epci, K_INTERNAL))
    return document_of(figures, writing, k=value_of(epci, K_INTERNAL))


def shown(epci: Epci, figures: Figures, report: Report | TerritoryReport | None) -> dict[str, Any]:
    """Return what the templates of a report read."""
    said = written(document_for(epci, figures, report))
    pictures = iter(territory_pictures(figures) if figures.communes else pictures_of(figures))
    for section in said["blocks"]:
        for block in section.get("blocks", ()):
            if block["kind"] == "table":
                _name_the_cells(block)
            elif block["kind"] == "figure":
                block["picture"] = next(pictures)
    return {"document": said, "figures": figures, "report": report}


def _name_the_cells(table: dict[str, Any]) -> None:
    for group in table["groups"]:
        for row in group["rows"]:
            row["named"] = list(zip(table["columns"], row["cells"], strict=True))
