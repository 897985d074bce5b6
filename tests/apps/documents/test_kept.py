"""A PDF that is signed and kept for ever: declared for archives, its signatures side by side, its picture in words."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf

from escale.apps.documents.rendering import Layout, to_pdf
from escale.core.documents.tree import Bullets, Document, Picture, Section, Signature, line, paragraph, strong
from tests.apps.documents.pictures import png


def document() -> Document:
    inner = Bullets(items=(line("dedans"),))
    return Document(
        title="Convention",
        subtitle="ENTRE NOUS",
        issuer="Un EPCI",
        date=dt.date(2026, 11, 23),
        status="non voté",
        blocks=(
            Picture(content=png(), alternative="Logo d’Oisy"),
            Section(id="article-1", title="Article 1er", blocks=(Bullets(items=(line("dehors"), inner)),)),
            paragraph("Fait le"),
            Signature(lines=(line(strong("Pour l’un")), line("Anne"))),
            Signature(lines=(line(strong("Pour l’autre")), line("Luc"))),
            Section(id="annexe-planning", title="Annexe", blocks=(paragraph("Le mardi"),)),
        ),
    )


def opened() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(to_pdf(document(), Layout.CONVENTION)))


def test_it_is_declared_for_everyone_and_for_archives() -> None:
    with opened().open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")


def test_other_layouts_are_not_declared_for_archives() -> None:
    pdf = pikepdf.open(io.BytesIO(to_pdf(document(), Layout.PLANNING)))

    with pdf.open_metadata() as told:
        assert "pdfaid:part" not in told


def test_its_picture_has_words_and_its_lists_stand_inside_lists() -> None:
    names: list[str] = []
    words: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            names.append(str(node.S))
            words.extend([str(node.Alt)] if "/Alt" in node else [])
            walk(node.get("/K", pikepdf.Array()))

    pdf = opened()
    walk(pdf.Root.StructTreeRoot.K)

    assert names.count("/L") == 2
    assert words == ["Logo d’Oisy"]


def test_an_annex_begins_a_page() -> None:
    assert len(opened().pages) == 2


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(document(), Layout.CONVENTION) == to_pdf(document(), Layout.CONVENTION)
