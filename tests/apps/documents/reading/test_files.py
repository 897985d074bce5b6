"""Opening an uploaded file: what is read whatever its form, and what is refused with a word on what to do."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from escale.apps.documents.reading.files import read_tables
from escale.apps.documents.reading.tables import MOST_BYTES, MOST_ROWS, UnreadableFileError, table_from, table_to
from tests.apps.schedule.imports.files import LONG, lines_of, with_part, workbook

ACCENTS = "Commune;Date;Médiateur\r\nEscaudœuvres;09/03/2027;Inès"
BOOK = workbook(LONG, ("Oisy", dt.date(2027, 3, 9), "matin", "Poste 1"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_letters_of_a_csv_are_recognised(encoding: str) -> None:
    (table,) = read_tables(ACCENTS.encode(encoding), "tournee")

    assert table.rows[1].cells == ("Escaudœuvres", "09/03/2027", "Inès")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_of_a_csv_is_recognised(separator: str) -> None:
    (table,) = read_tables(lines_of("Commune;Date", "Oisy;09/03/2027", separator=separator), "tournee")

    assert [row.cells for row in table.rows] == [("Commune", "Date"), ("Oisy", "09/03/2027")]


def test_a_cell_may_hold_the_separator_and_a_line_break() -> None:
    (table,) = read_tables(b'Commune,Jour habituel\n"Oisy","1er mardi,\nmatin"\n', "tournee")

    assert table.rows[1].cells == ("Oisy", "1er mardi, matin")


def test_the_separator_that_excel_announces_is_followed_and_lines_keep_their_number() -> None:
    (table,) = read_tables(b"sep=|\r\nCommune|Date\r\n\r\nOisy|09/03/2027\r\n", "tournee")

    assert [(row.number, row.cells) for row in table.rows] == [(2, ("Commune", "Date")), (4, ("Oisy", "09/03/2027"))]


def test_a_workbook_gives_real_dates_and_skips_what_is_blank() -> None:
    content = workbook(LONG, (), ("Oisy", dt.datetime(2027, 3, 9, 0, 0), dt.time(9), 59446.0))  # noqa: DTZ001

    (table,) = read_tables(content, "tournee")

    assert [(row.number, row.cells) for row in table.rows] == [(1, LONG), (3, ("Oisy", "2027-03-09", "09:00", "59446"))]


def test_what_a_formula_gave_is_read_and_never_run() -> None:
    (table,) = read_tables(workbook(LONG, ("=1+1", "matin")), "tournee")

    assert table.rows[1].cells == ("", "matin")


def test_a_formula_is_read_as_it_is_written_for_a_reader_that_refuses_it() -> None:
    (table,) = read_tables(workbook(LONG, ("=1+1", "matin")), "tournee", keeps_formulas=True)

    assert table.rows[1].cells == ("=1+1", "matin")


def test_a_guard_against_formulas_is_taken_off() -> None:
    (table,) = read_tables(lines_of("Commune;Date", "'-Oisy;x"), "tournee")

    assert table.rows[1].cells[0] == "-Oisy"


def test_a_table_goes_through_json_unchanged() -> None:
    (table,) = read_tables(BOOK, "tournee")

    assert table_from(table_to(table)) == table


def test_every_sheet_that_holds_something_is_given() -> None:
    book = Workbook()
    for title in ("Vide", "Lisez-moi", "2027"):
        sheet = book.create_sheet(title)
        if title != "Vide":
            sheet.append([title])
    out = io.BytesIO()
    book.save(out)

    assert [table.title for table in read_tables(out.getvalue(), "tournee")] == ["Lisez-moi", "2027"]


def spread(**members: bytes) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "est vide"),
        (b" \r\n\r\n", "est vide"),
        (b";;;\r\n;;;\r\n", "aucune ligne"),
        (workbook(), "aucune ligne"),
        (b"x" * (MOST_BYTES + 1), "dépasse 2 Mo"),
        (b"%PDF-1.7 ...", "n’est pas un tableau"),
        (b"\x89PNG\r\n\x1a\n", "n’est pas un tableau"),
        (b"MZ\x90\x00\x03\x00", "n’est pas un tableau"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"xls", "ancien format"),
        (b"PK\x03\x04 cut short", "abîmé"),
        (BOOK[: len(BOOK) // 2], "abîmé"),
        (spread(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "n’est pas un classeur Excel"),
        (with_part(BOOK, "xl/vbaProject.bin", b"macro"), "contient des macros"),
        (with_part(BOOK, "xl/worksheets/sheet1.xml", b"<not xml"), "abîmé"),
        (with_part(BOOK, "xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "fait par un tableur"),
        (with_part(BOOK, "xl/media/big.bin", bytes(30 * 1024 * 1024)), "trop grand"),
        (spread(**{f"part{number}.xml": b"<a/>" for number in range(400)}), "trop grand"),
        (b"Commune;Date\r\n" + b"Oisy;x\r\n" * (MOST_ROWS + 1), "plus de 5000 lignes"),
        (workbook(*[("Oisy",)] * (MOST_ROWS + 1)), "plus de 5000 lignes"),
        (b"Commune;Date\r\n" + ((b"x" * 199 + b";") * 50 + b"\r\n") * 150, "beaucoup plus qu’un tableau"),
        (b'Commune;"' + b"x" * 200_000, "démesurée"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        read_tables(content, "tournee")
