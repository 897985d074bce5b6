"""What a report shows where people are kept back, and the words of its engagements."""

from __future__ import annotations

import datetime as dt

from escale.apps.evaluation.figures import Cell, Figures
from escale.apps.obligations.kept import Status
from escale.core.documents.tree import Paragraph, Table
from escale.web.reports.document import ENGAGEMENTS, UNMEASURED, people_blocks
from escale.web.reports.territory import territory_pictures

MISSING = Cell(label="Non communiqué", count=30)


def figures(*ages: Cell) -> Figures:
    return Figures(
        period="2026-T3",
        until=dt.date(2026, 10, 10),
        commune="La Porte du Hainaut",
        code="territoire",
        population=None,
        epci="La Porte du Hainaut",
        service="Aide numérique",
        effect=None,
        counts={"people": 349, "walk_in": 349},
        tables={"age": ages},
    )


def test_where_every_answer_is_kept_back_stands_one_sentence_and_no_picture() -> None:
    kept_back = figures(Cell(label="60-69 ans", count=None), Cell(label="70 ans et plus", count=None), MISSING)

    [said] = people_blocks(kept_back)

    assert isinstance(said, Paragraph)
    assert "".join(str(piece.value) for piece in said.line) == (
        "Quel âge avaient les personnes : trop peu de personnes pour le dire sans en désigner une (Non communiqué : 30)."
    )
    assert "Accompagnements par âge" not in [picture.title for picture in territory_pictures(kept_back)]


def test_where_one_answer_is_told_stand_its_table_and_its_picture() -> None:
    told = figures(Cell(label="60-69 ans", count=None), Cell(label="70 ans et plus", count=134), MISSING)

    table, hidden = people_blocks(told)

    assert isinstance(table, Table)
    assert table.columns == ("Âge", "Combien")
    assert isinstance(hidden, Paragraph)
    assert "Accompagnements par âge" in [picture.title for picture in territory_pictures(told)]


def test_every_engagement_that_is_measured_has_its_word() -> None:
    assert {*ENGAGEMENTS, *map(Status, UNMEASURED)} == set(Status)
