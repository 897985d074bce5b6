"""The convention of a commune, with its planning, in the three formats: the name of the commune as French has it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from xml.sax.saxutils import escape

import docx
import pikepdf
import pytest

from escale.apps.conventions.folders import read_folder, shipped_folder
from escale.apps.documents.office import to_docx, to_odt
from escale.apps.documents.rendering import Layout, to_pdf
from escale.apps.territory.names import Article, PlaceName, propose
from escale.core.calendar.hours import Hours
from escale.core.convention.annex import AnnexedDate, AnnexedPlanning, annex_of
from escale.core.convention.model import Model
from escale.core.convention.placeholders import Gender, Signatory
from escale.core.documents.tree import Document
from tests.web.takeaway.paper import text_of

DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def model() -> Model:
    return read_folder(shipped_folder() / "porte-du-hainaut-2025")


def convention(model: Model, commune: PlaceName) -> Document:
    dates = (AnnexedDate(day=dt.date(2026, 12, 8), hours=Hours.parse("09:00-12:00")),)
    planning = AnnexedPlanning(usual_day="Le deuxième mardi du mois, le matin, de 9 h à 12 h", place="Mairie", dates=dates)
    return model.document(
        "convention",
        {
            "commune": commune,
            "commune_deliberation_number": "2025-12",
            "commune_deliberation_date": dt.date(2025, 3, 4),
            "commune_signatory": Signatory(name="Anne *DURAND* #x", title="Maire", gender=Gender.FEMININE),
            "epci_deliberation_number": "25/031",
            "epci_signatory": Signatory(name="Luc PETIT", title="Président", gender=Gender.MASCULINE),
        },
        date=DAY,
        annexes=(annex_of(planning),),
    )


@pytest.mark.parametrize(
    ("commune", "capitals", "small"),
    [
        (propose("Oisy"), "ET LA COMMUNE D’OISY", "auprès de la commune d’Oisy."),
        (propose("La Sentinelle"), "ET LA COMMUNE DE LA SENTINELLE", "auprès de la commune de La Sentinelle."),
        (PlaceName(bare="Rœulx", article=Article.LE), "ET LA COMMUNE DE LE RŒULX", "auprès de la commune de Le Rœulx."),
        (
            PlaceName(bare="Rœulx", article=Article.LE, contracts=True),
            "ET LA COMMUNE DU RŒULX",
            "auprès de la commune du Rœulx.",
        ),
    ],
    ids=lambda value: value.full if isinstance(value, PlaceName) else "",
)
def test_the_commune_is_named_as_it_is_set(model: Model, commune: PlaceName, capitals: str, small: str) -> None:
    document = convention(model, commune)

    said = [one.text for one in docx.Document(io.BytesIO(to_docx(document))).paragraphs]

    assert any(capitals in text for text in said)
    assert any(text.endswith(small) for text in said)


def test_the_convention_comes_out_in_the_three_formats(model: Model) -> None:
    document = convention(model, propose("Oisy"))

    pdf = pikepdf.open(io.BytesIO(to_pdf(document, Layout.CONVENTION)))
    word = docx.Document(io.BytesIO(to_docx(document)))

    with pdf.open_metadata() as told:
        assert (told["pdfuaid:part"], told["pdfaid:part"], told["pdfaid:conformance"]) == ("1", "2", "A")
    headings = [one.text for one in word.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[1] == "Article\u00a01er\u00a0: Objet"
    assert headings[-2:] == ["Article\u00a09\u00a0: Contentieux", "Annexe\u00a0: planning d’intervention"]
    assert "Anne *DURAND* #x" in [one.text for one in word.paragraphs]
    assert to_odt(document).startswith(b"PK")


def test_signs_of_other_languages_stay_in_the_name_of_a_commune(model: Model) -> None:
    signs = "Oisy*_#$[]@`<>\\"
    document = convention(model, PlaceName(bare=signs, elides=True))

    word = " ".join(one.text for one in docx.Document(io.BytesIO(to_docx(document))).paragraphs)
    odt = zipfile.ZipFile(io.BytesIO(to_odt(document))).read("content.xml").decode()

    assert f"auprès de la commune d’{signs}." in word
    assert f"auprès de la commune d’{escape(signs)}." in re.sub(r"<[^>]+>", "", odt.replace("<text:s/>", " "))
    assert f"auprès de la commune d’{signs}." in text_of(to_pdf(document, Layout.CONVENTION))


@pytest.mark.parametrize("name", ["convention", "avenant-1", "registre", "analyse-impact"])
def test_nothing_comes_out_while_something_is_missing(model: Model, name: str) -> None:
    missing = model.missing(name, {})

    assert missing
    assert len(set(missing)) == len(missing)
    assert "Date de signature" not in missing
    assert "Logo de la commune" not in missing
