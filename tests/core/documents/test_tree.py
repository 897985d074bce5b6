"""A document that could not be read by everyone is refused where it is made."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.documents.tree import Bullets, Document, Figure, Group, Row, Section, Table, line, paragraph, sections_of


def document(*blocks: Section) -> Document:
    return Document(title="Planning", issuer="Aide numérique", date=dt.date(2027, 1, 4), blocks=blocks)


def test_sections_are_found_in_reading_order() -> None:
    inner = Section(id="article-4-1", title="Dates", blocks=(paragraph("a"),))
    outer = Section(id="article-4", title="Interventions", blocks=(inner,))
    last = Section(id="article-5", title="Durée", blocks=())

    assert [section.id for section in sections_of(document(outer, last).blocks)] == ["article-4", "article-4-1", "article-5"]


def test_two_sections_never_share_an_identifier() -> None:
    twin = Section(id="dates", title="Dates", blocks=())

    with pytest.raises(ValueError, match="le même identifiant : dates"):
        document(twin, Section(id="plus", title="Plus", blocks=(twin,)))


@pytest.mark.parametrize("name", ["", "4", "Article 4", "é", "a_b"])
def test_an_identifier_is_plain(name: str) -> None:
    with pytest.raises(ValueError, match="identifiant"):
        Section(id=name, title="Titre", blocks=())


def test_a_row_has_as_many_cells_as_the_table_has_columns() -> None:
    with pytest.raises(ValueError, match="1 cases pour 2 colonnes"):
        Table(caption="Dates", columns=("Date", "Lieu"), groups=(Group(rows=(Row(cells=(line("a"),)),)),))


def test_each_column_has_a_title() -> None:
    with pytest.raises(ValueError, match="chaque colonne a un titre"):
        Table(caption="Dates", columns=("Date", ""), groups=())


def test_a_figure_says_in_words_what_it_shows() -> None:
    with pytest.raises(ValueError, match="texte de remplacement"):
        Figure(svg="<svg/>", alternative=" ")


def test_a_list_and_a_document_are_not_empty() -> None:
    with pytest.raises(ValueError, match="au moins une ligne"):
        Bullets(items=())
    with pytest.raises(ValueError, match="un titre"):
        Document(title=" ", issuer="x", date=dt.date(2027, 1, 4), blocks=())
