"""DOCX and ODT of a tree: real headings, lists and header rows, in French, on A4, and nothing that people wrote is run."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document as Docx
from docx.shared import Cm

from escale.apps.documents.office import to_docx, to_odt
from escale.core.documents.tree import (
    Bullets,
    Document,
    Figure,
    Group,
    Picture,
    Role,
    Row,
    Section,
    Signature,
    Table,
    line,
    paragraph,
    strong,
)
from tests.apps.documents.pictures import png

DAY = dt.date(2026, 11, 23)
ATTACKS = [
    "**gras** _i_ `c` [l](http://x) ![i](/etc/passwd)",
    "# Titre\n- liste",
    "<script>alert(1)</script> &amp; ]]>",
    "#panic() $1/0$ \\input{/etc/passwd}",
    "{{ commune }} ::: signature",
    "\x00\x07 \u202e renversé \ud83dfin",
    "Жук 東京 😀",
    " ",
]
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FORM = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


def document(*, word: str = "Oisy") -> Document:
    rows = (Row(cells=(line(DAY), line(word))),)
    inner = Bullets(items=(line("dedans"),))
    return Document(
        title="Convention",
        subtitle="entre nous",
        status="non voté",
        issuer="Un EPCI",
        date=DAY,
        blocks=(
            Picture(content=png(), alternative=f"Logo <{word}>"),
            paragraph("Vu n° 3 ", strong(word), " et plus", role=Role.BODY),
            Section(
                id="article-1",
                title="Article 1er : But",
                blocks=(
                    Bullets(items=(line("dehors"), inner, line(word))),
                    Section(id="article-1-1", title=f"Dedans {word}", blocks=(paragraph(word, role=Role.LEAD),)),
                ),
            ),
            Signature(lines=(line(strong("Pour nous")), line(word))),
            Section(
                id="annexe-1",
                title="Annexe",
                blocks=(
                    Table(caption="Les dates", columns=("Date", "Lieu"), groups=(Group(rows=rows, heading="2026"),)),
                    Figure(svg="<svg/>", alternative="Un dessin"),
                    Bullets(items=(line("un"), line("deux")), ordered=True),
                ),
            ),
        ),
    )


def opened(made: bytes) -> Docx:
    return docx.Document(io.BytesIO(made))


def part(made: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return ElementTree.fromstring(archive.read(name))


def words_of(node: ElementTree.Element) -> str:
    return "".join(node.itertext())


def test_a_docx_has_real_headings_and_lists() -> None:
    found = [(one.style.name if one.style else "", one.text) for one in opened(to_docx(document())).paragraphs]

    assert ("Title", "Convention") in found
    assert ("Heading 1", "Article\u00a01er\u00a0: But") in found
    assert ("Heading 2", "Dedans Oisy") in found
    assert ("Body Text", "Vu n°\u00a03 Oisy et plus") in found or ("First Paragraph", "Vu n°\u00a03 Oisy et plus") in found
    assert ("Lead", "Oisy") in found
    assert ("Signature Party", "Pour nous") in found
    assert ("Signature Person", "Oisy") in found
    assert "Un dessin" in [text for _, text in found]


def test_a_docx_has_header_rows() -> None:
    [table] = opened(to_docx(document())).tables

    assert [cell.text for cell in table.rows[0].cells] == ["Date", "Lieu"]
    assert 'w:tblHeader w:val="on"' in table.rows[0]._tr.xml
    assert table.rows[-1].cells[0].text == "lundi 23\u00a0novembre 2026"


def test_a_docx_is_in_french_on_a4() -> None:
    made = opened(to_docx(document()))

    assert made.core_properties.language == "fr-FR"
    assert made.core_properties.title == "Convention"
    assert 'w:lang w:bidi="ar-SA" w:eastAsia="zh-CN" w:val="fr-FR"' in made.styles.element.xml.replace(
        "w:lang w:val", "w:lang w:val"
    )
    [section] = made.sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert round(section.page_width / Cm(1), 1) == 21.0
    assert round(section.page_height / Cm(1), 1) == 29.7


def test_an_odt_has_real_headings_lists_and_header_rows() -> None:
    content = part(to_odt(document()), "content.xml")

    headings = [(node.get(f"{TEXT}outline-level"), words_of(node)) for node in content.iter(f"{TEXT}h")]
    assert headings == [("1", "Article\u00a01er\u00a0: But"), ("2", "Dedans Oisy"), ("1", "Annexe")]
    assert len(list(content.iter(f"{TEXT}list"))) == 3
    [head] = content.iter(f"{TABLE}table-header-rows")
    assert [words_of(cell).strip() for cell in head.iter(f"{TABLE}table-cell")] == ["Date", "Lieu"]


def test_an_odt_is_in_french_on_a4() -> None:
    made = to_odt(document())

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert "<dc:language>fr-FR</dc:language>" in archive.read("meta.xml").decode()
    said = {
        name: {node.get(f"{FORM}{name}") for node in part(made, "styles.xml").iter() if f"{FORM}{name}" in node.attrib}
        for name in ("language", "country", "page-width", "page-height")
    }
    assert said == {"language": {"fr"}, "country": {"FR"}, "page-width": {"21cm"}, "page-height": {"29.7cm"}}


def test_a_picture_has_its_words_in_both() -> None:
    described = [node.text for node in part(to_odt(document()), "content.xml").iter(f"{SVG}desc")]

    assert described == ["Logo <Oisy>"]
    assert 'descr="Logo &lt;Oisy&gt;"' in opened(to_docx(document())).element.xml


def test_an_annex_begins_a_page() -> None:
    assert opened(to_docx(document())).element.xml.count('w:br w:type="page"') == 1
    assert 'style-name="Page_20_Break"' in zipped(to_odt(document()))


def zipped(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize("make", [to_docx, to_odt])
def test_the_same_document_gives_the_same_words(make: Callable[[Document], bytes]) -> None:
    name = "word/document.xml" if make is to_docx else "content.xml"

    assert words_of(part(make(document()), name)) == words_of(part(make(document()), name))


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_what_people_wrote_stays_what_it_is(attack: str) -> None:
    made = document(word=attack)

    headings = list(part(to_odt(made), "content.xml").iter(f"{TEXT}h"))
    paragraphs = opened(to_docx(made)).paragraphs

    assert len(headings) == 3
    assert len(paragraphs) == len(opened(to_docx(document())).paragraphs)
    assert {rel.reltype.rsplit("/", 1)[-1] for rel in opened(to_docx(made)).part.rels.values()}.isdisjoint({"hyperlink"})
