"""A document comes out as a PDF that everyone can read, whatever people wrote in it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from escale.apps.documents import typeface
from escale.apps.documents.rendering import Layout, RenderingError, to_pdf
from escale.core.calendar.hours import Hours
from escale.core.documents.tree import (
    Bullets,
    Document,
    Figure,
    Group,
    Mark,
    Piece,
    Role,
    Row,
    Section,
    Table,
    line,
    paragraph,
    strong,
)

DAY = dt.date(2027, 3, 9)
ATTACKS = [
    '#panic("x")',
    '#import "@preview/x:1.0.0"',
    "$1/0$",
    "@nowhere",
    "<script>alert(1)</script>",
    '#read("/etc/passwd")',
    "\\ ` _ * [ ] { } // /* ~",
    "= Titre\n- liste\n/ a: b",
    "Commune 😀 → ✓ Жук 東京",
    "\u202e renversé \u200b \x00 \x07",
    "e\u0301 ﬁ ½",
    "x" * 300,
]


def table(*, word: str = "autre jour") -> Table:
    rows = (
        Row(cells=(line(DAY), line(Hours.parse("09:00-12:00")), ())),
        Row(cells=(line(DAY), line(word), line(Piece(value=word, mark=Mark.MOVED))), mark=Mark.MOVED),
        Row(cells=(line(Piece(value=DAY, mark=Mark.CANCELLED)), line(word), ()), mark=Mark.CANCELLED),
    )
    return Table(caption="Les dates", columns=("Date", "Horaire", "Remarque"), groups=(Group(rows=rows, heading=word),))


def document(*, word: str = "Oisy") -> Document:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>'
    return Document(
        title=f"Les dates : {word}",
        subtitle=word,
        issuer=f"Aide numérique {word}",
        status=word,
        date=dt.date(2026, 11, 23),
        blocks=(
            paragraph("Le premier mardi", role=Role.LEAD),
            paragraph(strong(word), role=Role.NOTE),
            Section(id="dates", title=word, blocks=(table(word=word), Bullets(items=(line(word),), ordered=True))),
            Figure(svg=drawing, alternative=word),
            Section(id="lieu", title="Où", blocks=(Section(id="salle", title=word, blocks=(Bullets(items=(line("a"),)),)),)),
        ),
    )


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def tags(node: Any) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from tags(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from tags(node.get("/K", pikepdf.Array()))


@pytest.mark.parametrize("layout", Layout)
def test_a_pdf_declares_that_everyone_can_read_it(layout: Layout) -> None:
    pdf = opened(to_pdf(document(), layout))

    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "fr-FR"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "Les dates\u00a0: Oisy"


@pytest.mark.parametrize("layout", Layout)
def test_each_part_is_tagged_as_what_it_is(layout: Layout) -> None:
    pdf = opened(to_pdf(document(), layout))

    found = list(tags(pdf.Root.StructTreeRoot.K))

    names = [str(node.S) for node in found]
    assert {"/Title", "/H1", "/H2", "/P", "/L", "/LI", "/Table", "/THead", "/TR", "/TD", "/Figure"} <= set(names)
    headers = [node for node in found if node.S == "/TH"]
    assert len(headers) == 4, "three columns and one group"
    assert all(
        str(node.A.Scope if not isinstance(node.A, pikepdf.Array) else node.A[0].Scope) in {"/Column", "/Both"}
        for node in headers
    )
    assert [str(node.Alt) for node in found if node.S == "/Figure" and "/Alt" in node] == ["Oisy"]


@pytest.mark.parametrize("layout", Layout)
def test_every_typeface_is_inside_and_is_ours(layout: Layout) -> None:
    pdf = opened(to_pdf(document(), layout))

    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]

    assert fonts
    for font in fonts:
        inner = font.DescendantFonts[0]
        assert "AtkinsonHyperlegible" in str(inner.BaseFont)
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_what_people_wrote_is_shown_and_never_run(layout: Layout, attack: str) -> None:
    pdf = opened(to_pdf(document(word=attack), layout))

    assert len(pdf.pages) >= 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x.png", "file:///etc/hostname", "/etc/hostname"])
def test_a_drawing_brings_nothing_from_elsewhere(address: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}" width="9" height="9"/></svg>'
    drawn = Document(title="T", issuer="I", date=DAY, blocks=(Figure(svg=svg, alternative="rien"),))

    with pytest.raises(RenderingError, match="failed to load linked image"):
        to_pdf(drawn, Layout.PLANNING)


def test_a_drawing_that_is_none_is_refused() -> None:
    with pytest.raises(RenderingError, match="T : "):
        to_pdf(Document(title="T", issuer="I", date=DAY, blocks=(Figure(svg="<p>", alternative="x"),)), Layout.PLANNING)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_pdf(document(), Layout.YEAR) == to_pdf(document(), Layout.YEAR)


def test_a_document_without_any_date_comes_out() -> None:
    empty = Table(caption="Les dates", columns=("Date", "Horaire", "Remarque"), groups=())

    for layout in Layout:
        assert to_pdf(Document(title="T", issuer="I", date=DAY, blocks=(empty,)), layout).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "Œuvre d’été, 9\u202fh – 12\u202fh, n°\u00a03, «\u00a0ça\u00a0» €",
            "Œuvre d’été, 9\u202fh – 12\u202fh, n°\u00a03, «\u00a0ça\u00a0» €",
        ),
        ("e\u0301te\u0301", "été"),
        ("😀", "?"),
        ("東京", "??"),
        ("ﬁn ½", "fin ½"),
        ("a\u200bb\u202ec\x00", "abc"),
        ("Wavrechain\u2011sous", "Wavrechain-sous"),
    ],
)
def test_signs_that_the_typeface_lacks_give_way(written: str, shown: str) -> None:
    assert typeface.showable(written) == shown
