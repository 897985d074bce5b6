"""A report as rows of a spreadsheet: every figure of the page, line by line, with its total and its article."""

from __future__ import annotations

from collections.abc import Iterator

from escale.apps.documents.spreadsheets import Value
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.wording import KEPT_BACK, lines_of

COLUMNS = ("Commune", "Code INSEE", "Période", "Arrêté au", "Partie", "Indicateur", "Nombre", "Sur", "Article")


def rows_of(figures: Figures) -> Iterator[tuple[Value, ...]]:
    """Yield one row for each figure; what is kept back says so in words."""
    for one in lines_of(figures):
        count: Value = KEPT_BACK if one.count is None else one.count
        about = (figures.commune, figures.code, figures.period, figures.until)
        yield (*about, one.part, one.label, count, one.of, one.article)
