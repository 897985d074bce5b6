"""What a spreadsheet opens holds what was meant, runs nothing, and can be read back."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from escale.apps.documents.spreadsheets import BOM, Value, csv_lines, guarded, unguarded, xlsx_file

COLUMNS = ("Commune", "Date", "Début", "Remarque")
ROW: tuple[Value, ...] = ("Rœulx ; « le; haut »", dt.date(2027, 3, 9), dt.time(9), 'dit "oui"\nici')
ATTACKS = ["=1+1", "+33 3 53", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", '"=1', " =1", "'=1", "\u200b=1"]


def written(*rows: tuple[Value, ...]) -> str:
    return "".join(csv_lines(COLUMNS, rows))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))


def test_a_csv_is_what_a_french_spreadsheet_opens() -> None:
    text = written(ROW)

    assert text.startswith(BOM + "Commune;Date;Début;Remarque\r\n")
    assert read(text)[1] == ["Rœulx ; « le; haut »", "2027-03-09", "09:00", 'dit "oui"\nici']


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_formula_leaves_in_a_csv(attack: str) -> None:
    [_, row] = read(written((attack, None, None, "")))

    assert row[0] == f"'{attack}"
    assert unguarded(row[0]) == attack


@given(st.text(alphabet=st.sampled_from("=+-@'\"\t\r a＝0"), max_size=8) | st.text(max_size=20))
def test_whatever_is_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("name", ["L’Escaut", "'t Zand", "Saint-Amand", "n° -1", "Aujourd'hui"])
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert guarded(name) == unguarded(name) == name


def test_a_workbook_holds_real_dates_and_hours_under_a_header_that_stays() -> None:
    book = load_workbook(io.BytesIO(xlsx_file("Tournée 2027", COLUMNS, [ROW])))
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    [name, day, hour, remark] = (cell.value for cell in sheet[2])
    assert isinstance(day, dt.datetime)
    assert (name, day.date(), hour, remark) == ROW
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Tournée 2027"
    assert sheet.column_dimensions["A"].width > len(str(ROW[0]))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_formula_leaves_in_a_workbook(attack: str) -> None:
    book = load_workbook(io.BytesIO(xlsx_file("T", COLUMNS, [(attack, None, None, "a\x01b")])))
    [name, _, _, remark] = book.worksheets[0][2]

    assert name.data_type == "s"
    assert name.value is not None
    assert remark.value == "ab"


@pytest.mark.parametrize(("title", "name"), [("a/b:c?", "a b c"), ("[]", "Feuille"), ("x" * 40, "x" * 31)])
def test_a_sheet_has_a_name_that_spreadsheets_take(title: str, name: str) -> None:
    assert load_workbook(io.BytesIO(xlsx_file(title, COLUMNS, []))).sheetnames == [name]


def test_a_csv_takes_no_row_before_it_has_given_the_one_before() -> None:
    taken = []

    def rows() -> Iterator[list[int]]:
        for number in range(3):
            taken.append(number)
            yield [number]

    lines = csv_lines(["n"], rows())

    assert [(next(lines), list(taken)) for _ in range(3)] == [("\ufeffn\r\n", []), ("0\r\n", [0]), ("1\r\n", [0, 1])]
