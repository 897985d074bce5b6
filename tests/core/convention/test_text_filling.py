"""A text filled with values: the tree of a document, all that is missing, and nothing that runs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from escale.core.calendar.hours import Hours
from escale.core.convention.annex import AnnexedDate, AnnexedPlanning, annex_of
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.placeholders import Gender, Signatory
from escale.core.documents.tree import Bullets, Document, Paragraph, Picture, Section, Signature, Table, sections_of
from tests.core.convention.models import MAIRE, VALUES, Named, model

DAY = dt.date(2026, 11, 23)
PNG = b"\x89PNG\r\n\x1a\n..."


def filled(**values: Any) -> Document:
    return model().document("convention", VALUES | values, date=DAY)


def words(block: Any) -> str:
    return "".join(str(piece.value) for piece in block.line)


def test_articles_become_sections_one_inside_another() -> None:
    document = filled()

    assert [(part.id, part.title) for part in sections_of(document.blocks)] == [
        ("article-1", "Article 1er : But"),
        ("article-2", "Article 2 : Durée"),
        ("article-2-1", "Article 2-1 : Terme"),
    ]
    assert document.subtitle == "ENTRE NOUS ET LA COMMUNE D’OISY"
    assert (document.title, document.issuer, document.date) == ("CONVENTION", "Un EPCI", DAY)


def test_the_commune_has_its_french_article_and_words_agree_with_the_signatory() -> None:
    first, *_, last = filled(maire=Signatory(name="Luc PETIT", title="Adjoint", gender=Gender.MASCULINE)).blocks

    assert isinstance(first, Paragraph)
    assert words(first) == "Vu la délibération n° 2025-12 du 1er mars 2025 de la commune d’Oisy,"
    assert isinstance(last, Signature)
    assert [[piece.value for piece in line] for line in last.lines] == [["Pour la Commune d’Oisy"], ["Luc PETIT"]]
    [terme] = [part for part in sections_of(filled().blocks) if part.id == "article-2-1"]
    assert words(terme.blocks[0]) == "Jusqu’au 30 juin 2026, par Anne DURAND, Maire, dûment autorisée."


def test_lists_and_bold_words_stay() -> None:
    [first, *_] = sections_of(filled().blocks)
    paragraph, bullets = first.blocks

    assert isinstance(paragraph, Paragraph)
    assert [piece.strong for piece in paragraph.line] == [False, True, False]
    assert isinstance(bullets, Bullets)
    assert [(line[0].value, len(lists)) for line, lists in bullets.entries] == [("à ouvrir :", 1), ("à nommer un référent.", 0)]


def test_what_stands_after_the_rule_belongs_to_no_article() -> None:
    assert [type(block) for block in filled().blocks] == [Paragraph, Section, Section, Paragraph, Signature]


def test_all_that_is_missing_is_told_once_in_the_order_of_the_text() -> None:
    with pytest.raises(MissingValuesError) as refused:
        model().document("convention", {"maire": Signatory(title="Maire"), "number": " "}, date=DAY)

    assert refused.value.missing == (
        "Commune",
        "Numéro",
        "Date du vote",
        "Maire : nom",
        "Maire : accord (féminin ou masculin)",
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("voted_on", "1er mars", "Date du vote (ce qui est donné"),
        ("voted_on", dt.datetime(2025, 3, 1, tzinfo=dt.UTC), "Date du vote (ce qui est donné"),
        ("commune", "Oisy", "Commune (ce qui est donné"),
        ("number", MAIRE, "Numéro (ce qui est donné"),
        ("number", "sans", "Numéro (un numéro contient un chiffre)"),
        ("maire", "Anne DURAND", "Maire (ce qui est donné"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_label(name: str, value: Any, told: str) -> None:
    with pytest.raises(MissingValuesError) as refused:
        filled(**{name: value})

    assert [one for one in refused.value.missing if one.startswith(told)]


def test_a_date_of_signature_may_be_left_for_the_hand() -> None:
    *_, made, _ = filled().blocks

    assert isinstance(made, Paragraph)
    assert words(made) == "Fait le "


@pytest.mark.parametrize(
    "attack", ["**Oisy** #x $1$", "{{ number }}", "# Oisy {#a}", "- a\n- b", "::: signature", "<b>&amp;", "\\"]
)
def test_signs_of_markdown_in_a_value_stay_what_they_are(attack: str) -> None:
    document = filled(commune=Named(full=attack))

    said = " ".join(attack.splitlines())
    assert words(document.blocks[0]).endswith(f"de la commune d’{said},")
    assert len(sections_of(document.blocks)) == 3


def test_a_logo_stands_first_when_there_is_one() -> None:
    logo = Picture(content=PNG, alternative="Logo d’Oisy")

    assert filled(logo=logo).blocks[0] == logo


def test_the_usual_day_commits_and_the_dates_are_indicative() -> None:
    dates = (AnnexedDate(day=dt.date(2026, 9, 8), hours=Hours.parse("09:00-12:00")),)
    annex = annex_of(AnnexedPlanning(usual_day="Le deuxième mardi du mois, le matin", place="Mairie", dates=dates))

    document = model().document("convention", VALUES, date=DAY, annexes=(annex,))

    assert document.blocks[-1] == annex
    day, days = sections_of(annex.blocks)
    assert words(day.blocks[0]) == "Le deuxième mardi du mois, le matin"
    assert "engage les parties" in words(day.blocks[1])
    assert days.title == "Dates indicatives, communiquées chaque année"
    assert isinstance(days.blocks[0], Table)


def test_a_planning_without_a_usual_day_is_not_annexed() -> None:
    with pytest.raises(MissingValuesError, match="Jour habituel"):
        annex_of(AnnexedPlanning(usual_day=" "))
