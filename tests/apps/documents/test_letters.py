"""A letter in the three formats: its head first, then what it is about, and every sign that people typed as it is."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import docx
import pikepdf
import pytest

from escale.apps.documents.office import to_docx, to_odt
from escale.apps.documents.rendering import Layout, to_pdf
from escale.core.documents.tree import Bullets, Document, Letterhead, Section, Signature, line, paragraph, strong
from tests.web.takeaway.paper import text_of

SIGNS = "Oisy*_#$[]@`<>\\"


def letter(name: str = "Oisy") -> Document:
    return Document(
        title=f"Dénonciation de la convention de {name}",
        issuer=f"Commune de {name}",
        date=dt.date(2027, 4, 1),
        blocks=(
            Letterhead(
                sender=(f"Commune de {name}", "Mairie"),
                recipient=("Monsieur le Président", "Un EPCI"),
                above=("Lettre recommandée", "Le 1er avril 2027"),
            ),
            paragraph("Monsieur le Président,"),
            paragraph(f"Je dénonce la convention de {name}."),
            paragraph("Veuillez agréer."),
            Signature(lines=(line(strong("Pour la commune")), line("Anne"))),
            Section(id="pieces-jointes", title="Pièces jointes", blocks=(Bullets(items=(line("Copie"),)),)),
        ),
    )


def odt_text(content: bytes) -> str:
    tree = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    return "".join(_words(tree))


def _words(node: ElementTree.Element) -> list[str]:
    found = [node.text or ""]
    if node.tag.endswith("}s"):
        found.append(" ")
    for inner in node:
        found += [*_words(inner), inner.tail or ""]
    return [*found, "\n"] if node.tag.endswith(("}p", "}h", "}line-break")) else found


def docx_text(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


READ: list[tuple[Callable[[Document], bytes], Callable[[bytes], str]]] = [
    (to_docx, docx_text),
    (to_odt, odt_text),
    (lambda document: to_pdf(document, Layout.CONVENTION), text_of),
]


@pytest.mark.parametrize(("make", "read"), READ, ids=["docx", "odt", "pdf"])
def test_the_head_comes_first_then_what_it_is_about(make: Callable[[Document], bytes], read: Callable[[bytes], str]) -> None:
    words = re.sub(r"[\s\u00a0\u202f]+", " ", read(make(letter())))

    order = [
        "Commune de Oisy Mairie",
        "Monsieur le Président Un EPCI",
        "Lettre recommandée",
        "Objet : Dénonciation",
        "Je dénonce",
    ]
    places = [words.find(one) for one in order]
    assert -1 not in places
    assert places == sorted(places)
    assert words.count("Dénonciation de la convention") == 1


@pytest.mark.parametrize(("make", "read"), READ, ids=["docx", "odt", "pdf"])
def test_signs_of_other_languages_stay_as_they_were_typed(
    make: Callable[[Document], bytes], read: Callable[[bytes], str]
) -> None:
    words = re.sub(r"\s", "", read(make(letter(SIGNS))))

    assert words.count(SIGNS) >= 3


def test_the_properties_of_a_word_file_name_what_it_is_about_and_who_says_it() -> None:
    told = docx.Document(io.BytesIO(to_docx(letter(SIGNS)))).core_properties

    assert (told.title, told.author) == (f"Dénonciation de la convention de {SIGNS}", f"Commune de {SIGNS}")


def test_the_properties_of_an_odt_do_too() -> None:
    meta = zipfile.ZipFile(io.BytesIO(to_odt(letter(SIGNS)))).read("meta.xml")
    told = {node.tag.rpartition("}")[2]: node.text for node in ElementTree.fromstring(meta).iter()}

    assert (told["title"], told["creator"]) == (f"Dénonciation de la convention de {SIGNS}", f"Commune de {SIGNS}")


def test_the_last_words_stay_with_the_signature() -> None:
    styles = {one.text: one.style.name for one in docx.Document(io.BytesIO(to_docx(letter()))).paragraphs if one.style}

    assert styles["Veuillez agréer."] == "Above Signature"
    assert styles["Monsieur le Président,"] != "Above Signature"


def test_a_letter_in_pdf_is_tagged_titled_and_kept_for_ever() -> None:
    pdf = pikepdf.open(io.BytesIO(to_pdf(letter(), Layout.CONVENTION)))

    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "fr-FR"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as told:
        assert (told["pdfuaid:part"], told["pdfaid:part"], told["pdfaid:conformance"]) == ("1", "2", "A")
        assert told["dc:title"] == "Dénonciation de la convention de Oisy"
