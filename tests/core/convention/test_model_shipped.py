"""The models that ship with the product: the text of 2025 is the one that was voted, word for word."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from escale.core.convention.loading import read_model
from escale.core.convention.model import Model
from escale.core.convention.placeholders import Gender, Kind, Signatory, Value
from escale.core.convention.terms import Terms
from escale.core.documents.tree import Block, Bullets, Document, Line, Paragraph, Section, Signature
from tests.core.convention.models import Named

FOLDER = Path(__file__).parents[3] / "data" / "conventions"
VOTED = Path(__file__).parent / "data" / "porte-du-hainaut-2025.txt"
BLANK = "XXX"
NUMBER = "0XXX0"
DAY = dt.date(2001, 1, 2)


class Unnamed(Named):
    """The commune as the voted text leaves it blank."""

    @property
    def de(self) -> str:
        return f"de {self.full}"


def shipped(name: str) -> Model:
    return read_model({path.name: path.read_text(encoding="utf-8") for path in (FOLDER / name).iterdir()})


def values_of(model: Model) -> dict[str, Value]:
    """The blanks of the voted text, and the people whom it names."""
    values: dict[str, Value] = {
        "commune": Unnamed(full=BLANK),
        "commune_signatory": Signatory(name=BLANK, title="Maire", gender=Gender.FEMININE),
        "epci_signatory": Signatory(name="Aymeric ROBIN", title="Président", gender=Gender.MASCULINE),
    }
    for placeholder in model.placeholders.values():
        if placeholder.required and placeholder.name not in values:
            values[placeholder.name] = DAY if placeholder.kind is Kind.DATE else NUMBER
    return values


def lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield said(block.line)
            case Bullets():
                yield from bullets_of(block)
            case Signature():
                yield from map(said, block.lines)
            case Section():
                yield block.title
                yield from lines_of(block.blocks)


def bullets_of(bullets: Bullets) -> Iterator[str]:
    for line, lists in bullets.entries:
        yield said(line)
        for under in lists:
            yield from bullets_of(under)


def said(line: Line) -> str:
    return "".join(str(piece.value) for piece in line)


def normalised(text: str) -> list[str]:
    """Words, whatever the spaces, apostrophes and Markdown marks; blanks are alike, however long."""
    text = text.replace("’", "'").replace("<sup>", "").replace("</sup>", "")
    text = re.sub(r"^ *(?:#+|-) ", "", text, flags=re.MULTILINE).replace("**", "")
    text = re.sub(r"0?X{3,}0?|2 janvier 2001", BLANK, text)
    return text.split()


def whole(document: Document) -> str:
    return "\n".join((document.title, document.subtitle, *lines_of(document.blocks)))


def test_the_text_of_2025_is_the_one_that_the_councils_voted() -> None:
    model = shipped("porte-du-hainaut-2025")
    document = model.document("convention", values_of(model), date=DAY)

    voted = VOTED.read_text(encoding="utf-8")
    # Two blanks that the voted text writes otherwise: the logo, left out here, and a word that agrees with who signs.
    voted = voted.replace("LOGO DE LA COMMUNE", "").replace("Ci-après désigné « la Commune »", "Ci-après désignée « la Commune »")

    assert normalised(whole(document)) == normalised(voted)


def test_the_articles_of_2025_have_their_identifiers() -> None:
    ids = shipped("porte-du-hainaut-2025").convention.text.ids

    assert [one for one in ids if one.startswith("article")] == [
        "article-1",
        "article-2",
        "article-3",
        "article-3-1",
        "article-3-2",
        "article-4",
        "article-5",
        "article-5-1",
        "article-5-2",
        "article-6",
        "article-7",
        "article-7-commune",
        "article-7-epci",
        "article-8",
        "article-9",
    ]


def test_the_terms_of_2025_are_those_that_the_program_has_by_default() -> None:
    model = shipped("porte-du-hainaut-2025")

    assert model.terms == Terms()
    assert model.is_voted
    assert model.convention.status == ""


def test_known_faults_are_notes_and_the_text_keeps_them() -> None:
    model = shipped("porte-du-hainaut-2025")
    notes = {note.id: note for note in model.notes}

    assert {"l-211-4-cja", "visa-coditel"} <= notes.keys()
    assert model.convention.text.says(notes["l-211-4-cja"].quote, article="article-9")
    assert model.convention.text.says("aff. C324/07")


@pytest.mark.parametrize("name", ["avenant-1", "registre", "analyse-impact"])
def test_what_was_not_voted_waits_for_the_lawyer_and_the_data_protection_officer(name: str) -> None:
    model = shipped("porte-du-hainaut-2025")

    document = model.document(name, values_of(model), date=DAY)

    assert document.status == "projet à valider par le juriste et le délégué à la protection des données"


def test_the_avenant_says_what_it_is_about() -> None:
    avenant = shipped("porte-du-hainaut-2025").texts["avenant-1"].text

    for article, words in {
        "avenant-article-10-1": "responsables conjointement, au sens de l’article 26 du RGPD",
        "avenant-article-3": "mises à jour par simple échange de lettres",
        "avenant-article-4": "au titre du mois d’août",
        "avenant-article-5": "une date de remplacement",
        "avenant-article-6": "la médiation prévue par les articles L. 213-1 et suivants du Code de justice administrative",
    }.items():
        assert avenant.says(words, article=article), article


def test_the_text_of_2027_differs_from_that_of_2025_in_four_places_and_was_not_voted() -> None:
    old, new = (
        (FOLDER / name / "convention.md").read_text(encoding="utf-8").splitlines()
        for name in ("porte-du-hainaut-2025", "demonstration-2027")
    )

    model = shipped("demonstration-2027")

    assert sum(before != after for before, after in zip(old, new, strict=True)) == 4
    assert model.terms == Terms(initial_term_end=dt.date(2027, 6, 30))
    assert model.convention.status == "non voté"
    assert model.convention.text.says("jusqu’au 30 juin 2027", article="article-5-1")
    assert not model.convention.text.says("L. 211-4")
