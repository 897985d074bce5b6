"""A table understood as visits: long or a year at a glance, columns in any order, each fault at its line and column."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.documents.reading.files import read_tables
from escale.apps.documents.reading.tables import UnreadableFileError
from escale.apps.schedule.imports.headers import find_headers
from escale.core.calendar.halfdays import Half, Window
from escale.core.planning.problem import Annex
from tests.apps.schedule.imports.files import LONG, lines_of, read, workbook

OISY = ("59446", "P1", dt.date(2027, 3, 9), Half.AM)


def visits(content: bytes) -> list[tuple[str, str, dt.date, Half]]:
    found = read(content)
    assert [fault.sentence for fault in found.faults] == []
    return [(line.commune.code, line.post.id, line.date, line.half) for line in found.lines]


@pytest.mark.parametrize(
    "content",
    [
        lines_of("Commune;Date;Demi-journée;Médiateur", "Oisy;09/03/2027;matin;Poste 1"),
        lines_of("MÉDIATRICE;horaires;ville;Date de passage", "Camille;9h-12h;OISY;mardi 9 mars 2027"),
        lines_of("Commune;Code INSEE;Date;Demi-journée;Médiateur", "Oisy;59446;2027-03-09;matin;Camille Exemple"),
        lines_of("code commune,jour,moment,poste", "59446,2027-03-09,AM,poste 1"),
        lines_of("Tournée 2027;;;", "", "Commune;Date;Créneau;Conseiller numérique", "Oisy;2027-03-09;AM;Camille"),
        lines_of("Commune;Jour;Date;Horaire;Demi-journée;Médiateur", "Oisy;mardi;09/03/2027;9 h;matin;Poste 1"),
        workbook(LONG, ("Oisy", dt.date(2027, 3, 9), "matin", "Poste 1")),
        workbook(("Demi-journée", "Médiateur", "Date", "Commune"), (dt.time(9), "Poste 1", dt.date(2027, 3, 9), 59446)),
    ],
)
def test_columns_are_recognised_loosely_and_in_any_order(content: bytes) -> None:
    assert visits(content) == [OISY]


def test_a_workbook_is_searched_for_the_sheet_of_the_tour() -> None:
    tables = [*read_tables(workbook(("Bonjour",)), ""), *read_tables(workbook(LONG, title="2027"), "")]

    assert find_headers(tables)[0].title == "2027"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lines_of("Nom;Prénom", "Oisy;x"), "« Nom », « Prénom »"),
        (lines_of("Commune;Médiateur", "Oisy;x"), "Aucune ligne de titres"),
        (lines_of("Commune;Date de début;Date de fin", "Oisy;x;y"), "« Date de début » et « Date de fin » se lisent toutes deux"),
        (lines_of("Commune;Date;Date", "Oisy;x;y"), "« Date » et « Date » se lisent toutes deux comme « Date »"),
        (lines_of("Commune;janv.;Janvier", "Oisy;5;6"), "Deux colonnes sont du même mois"),
    ],
)
def test_a_table_without_its_columns_says_which_are_needed(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        find_headers(read_tables(content, ""))


def test_each_fault_names_its_line_and_its_column() -> None:
    found = read(
        lines_of(
            "Commune;Date;Demi-journée;Médiateur",
            "Oizy;09/03/2027;matin;Poste 1",
            "",
            "Denain;31/02/2027;journée;Poste 1",
            "Oisy;09/03/2027;matin;Zoé",
            ";;matin;Poste 1",
        )
    )

    assert found.lines == []
    told = [fault.sentence for fault in found.faults]
    assert told[0] == (
        "ligne 2, colonne « Commune » : la commune « Oizy » n’existe pas dans La Porte du Hainaut ; vouliez-vous dire Oisy\u00a0?"
    )
    assert told[1].startswith("ligne 4, colonne « Date » : « 31/02/2027 » n’existe pas dans le calendrier")
    assert told[2].startswith("ligne 4, colonne « Demi-journée » : « journée » n’est pas une demi-journée")
    assert told[3].startswith("ligne 5, colonne « Médiateur » : « Zoé » n’est pas dans l’équipe")
    assert told[4].startswith("ligne 6, colonne « Date » : la date manque")
    assert told[5].startswith("ligne 6, colonne « Commune » : la commune manque")


def test_a_missing_column_is_told_on_each_line_with_the_name_that_is_expected() -> None:
    found = read(lines_of("Commune;Date", "Oisy;09/03/2027"))

    assert [fault.sentence for fault in found.faults] == [
        "ligne 2, colonne « Demi-journée » : la demi-journée manque ; écrire « matin » ou « après-midi ».",
        "ligne 2, colonne « Médiateur » : le médiateur manque ; écrire son nom ou celui de son poste.",
    ]


def test_a_date_kept_as_text_is_read_and_told_in_a_workbook_alone() -> None:
    row = ("Oisy", "09/03/2027", "matin", "Poste 1")

    in_workbook, in_csv = read(workbook(LONG, row)), read(lines_of(";".join(LONG), ";".join(row)))

    assert [note.sentence for note in in_workbook.notes] == [
        "ligne 2, colonne « Date » : « 09/03/2027 » n’était pas une date pour le tableur ; lu comme le 9 mars 2027."
    ]
    assert in_csv.notes == []
    assert [line.date for line in in_workbook.lines] == [line.date for line in in_csv.lines] == [dt.date(2027, 3, 9)]


def test_a_year_table_gives_a_visit_for_each_filled_month() -> None:
    found = read(
        lines_of(
            "Commune;Jour habituel;Médiateur;janv.;févr.;mars;avr.",
            "Oisy;1er mardi, matin;Poste 1;5;mar 2;;jeu 1 après-midi",
            "Denain;mercredi après-midi;Poste 2;6;–;2027-03-03;",
        )
    )

    assert [fault.sentence for fault in found.faults] == []
    assert [(line.commune.code, line.date, line.half) for line in found.lines] == [
        ("59446", dt.date(2027, 1, 5), Half.AM),
        ("59446", dt.date(2027, 2, 2), Half.AM),
        ("59446", dt.date(2027, 4, 1), Half.PM),
        ("59172", dt.date(2027, 1, 6), Half.PM),
        ("59172", dt.date(2027, 3, 3), Half.PM),
    ]
    assert found.usual == {"59446": Annex(nth=1, window=Window.parse("TUE_AM"))}


def test_a_year_table_says_its_year_in_its_headers_or_takes_the_one_that_is_asked() -> None:
    content = lines_of("Commune;Demi-journée;Poste;Décembre 2026;01/2027;févr.", "Oisy;matin;Poste 1;1;5;1")

    assert [line.date for line in read(content, year=2028).lines] == [
        dt.date(2026, 12, 1),
        dt.date(2027, 1, 5),
        dt.date(2028, 2, 1),
    ]


def test_a_year_table_tells_each_fault_once() -> None:
    found = read(
        lines_of(
            "Commune;Jour habituel;Médiateur;janv.;févr.;mars",
            "Oizy;mardi;Zoé;5;jeu 2;32",
        )
    )

    assert [fault.sentence.split(" : ")[0] for fault in found.faults] == [
        "ligne 2, colonne « Commune »",
        "ligne 2, colonne « Jour habituel »",
        "ligne 2, colonne « janv. »",
        "ligne 2, colonne « févr. »",
        "ligne 2, colonne « mars »",
    ]
