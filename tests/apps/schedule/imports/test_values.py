"""Dates, halves of a day, usual days, communes and people as they are written by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.schedule.imports.people import find_commune, find_post
from escale.apps.schedule.imports.values import read_cell, read_date, read_half, read_usual
from escale.core.calendar.halfdays import Half
from tests.apps.schedule.imports.files import KNOWN

MARCH_9 = dt.date(2027, 3, 9)


@pytest.mark.parametrize(
    ("text", "interpreted"),
    [
        ("2027-03-09", False),
        ("2027-03-09 00:00:00", False),
        ("09/03/2027", True),
        ("9/3/27", True),
        ("09.03.2027", True),
        ("mardi 9 mars 2027", True),
        ("mar. 9 mars 2027", True),
        ("le 9 mars 2027", True),
        ("46455", True),
    ],
)
def test_a_date_is_read(text: str, *, interpreted: bool) -> None:
    assert read_date(text) == (MARCH_9, interpreted)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bientôt", "n’est pas une date"),
        ("9 mars", "n’est pas une date"),
        ("03/13/2027", "n’existe pas dans le calendrier"),
        ("31/02/2027", "n’existe pas dans le calendrier"),
        ("jeudi 9 mars 2027", "le 9 mars 2027 est un mardi, et non un jeudi"),
        ("12345", "n’est pas une date"),
    ],
)
def test_what_is_no_date_is_told(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_date(text)


@pytest.mark.parametrize("text", ["matin", "Matinée", "AM", "9h-12h", "9 h – 12 h", "09:00", "de 9h à 12h", "08h30"])
def test_a_morning_is_read(text: str) -> None:
    assert read_half(text) is Half.AM


@pytest.mark.parametrize("text", ["après-midi", "APRES MIDI", "ap.-midi", "PM", "14h-17h", "13:30", "14"])
def test_an_afternoon_is_read(text: str) -> None:
    assert read_half(text) is Half.PM


@pytest.mark.parametrize("text", ["", "journée", "matin et après-midi", "3h", "25h"])
def test_what_is_no_half_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="matin"):
        read_half(text)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("9", None),
        ("mar 9", None),
        ("mar. 9", None),
        ("9 mars", None),
        ("09/03", None),
        ("2027-03-09", None),
        ("9 matin", Half.AM),
    ],
)
def test_a_day_of_a_month_is_read(text: str, half: Half | None) -> None:
    assert read_cell(text, year=2027, month=3) == (MARCH_9, half)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jeu 9", "est un mardi, et non un jeudi"),
        ("31/02", "n’est pas un jour"),
        ("32", "n’existe pas"),
        ("2027-04-09", "n’est pas dans le mois de cette colonne"),
        ("à voir", "n’est pas un jour"),
    ],
)
def test_what_is_no_day_of_the_month_is_told(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_cell(text, year=2027, month=3)


@pytest.mark.parametrize(
    ("text", "rank", "window"),
    [
        ("1er mardi, matin", 1, "TUE_AM"),
        ("premier mardi du mois, matin", 1, "TUE_AM"),
        ("2e jeudi après-midi", 2, "THU_PM"),
        ("3ème vendredi - PM", 3, "FRI_PM"),
        ("le 4 mercredi ap.-midi", 4, "WED_PM"),
        ("mardi matin", None, "TUE_AM"),
    ],
)
def test_a_usual_day_is_read(text: str, rank: int | None, window: str) -> None:
    found, where = read_usual(text)

    assert (found, str(where)) == (rank, window)


@pytest.mark.parametrize("text", ["mardi", "1er matin", "6e mardi matin", "dernier mardi matin"])
def test_what_is_no_usual_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="n’est pas un jour habituel"):
        read_usual(text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("OISY", "59446"),
        ("la sentinelle", "59564"),
        ("Sentinelle", "59564"),
        ("SENTINELLE (La)", "59564"),
        ("Lasentinelle", "59564"),
        ("St Aybert", "59530"),
        ("saint aybert (59)", "59530"),
        ("Wavrechain sous Denain", "59651"),
        ("Escaudoeuvres", "59207"),
        ("59446", "59446"),
        ("59 446", "59446"),
        ("Oisy 59111", "59446"),
    ],
)
def test_a_commune_is_found_however_it_is_written(name: str, code: str) -> None:
    assert find_commune(KNOWN, name).code == code


def test_the_code_counts_before_the_name() -> None:
    assert find_commune(KNOWN, "Oizy", "59446").code == "59446"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Oizy", "la commune « Oizy » n’existe pas dans La Porte du Hainaut ; vouliez-vous dire Oisy\u00a0?"),
        ("Paris-Plage", "corriger le nom"),
        ("75056", "code INSEE 75056"),
        ("", "la commune manque"),
    ],
)
def test_a_commune_that_is_not_there_is_told(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=told.replace("?", r"\?")):
        find_commune(KNOWN, name)


@pytest.mark.parametrize(
    ("name", "post"),
    [("Poste 1", "P1"), ("Camille Exemple", "P1"), ("EXEMPLE Camille", "P1"), ("camille", "P1"), ("S. Modèle", "P2")],
)
def test_a_mediator_is_found_by_name_or_post(name: str, post: str) -> None:
    assert find_post(KNOWN, name, MARCH_9).id == post


def test_a_mediator_is_asked_for_the_day_of_the_visit() -> None:
    assert find_post(KNOWN, "Dominique", dt.date(2027, 7, 1)).id == "P2"

    with pytest.raises(ValueError, match="n’occupe aucun poste ce jour-là"):
        find_post(KNOWN, "Dominique", MARCH_9)


@pytest.mark.parametrize(
    ("name", "told"), [("Camile", "vouliez-vous dire Camille"), ("Zoé", "l’équipe : Poste 1"), ("", "le médiateur manque")]
)
def test_a_mediator_who_is_not_there_is_told(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        find_post(KNOWN, name, MARCH_9)
