"""Tables as files for a spreadsheet: CSV as French spreadsheets open it, and XLSX with real dates and hours."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | dt.date | dt.time | None

BOM = "\ufeff"
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = re.compile("^[\"'\\s\u200b\ufeff]*[=+\\-@\t\r＝＋－＠]")
"""What a spreadsheet may take for a formula: its first sign, full-width too, after blanks and quotes."""
WIDEST = 60


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe stands before what could be a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return a text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the lines of a CSV (RFC 4180): UTF-8 with its mark, « ; », dates as 2027-03-09, hours as 09:00, no formula."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    line.write(BOM)
    for row in chain([columns], rows):
        writer.writerow([_written(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _written(value: Value) -> str:
    match value:
        case None:
            return ""
        case dt.time():
            return f"{value:%H:%M}"
        case str():
            return guarded(value)
    return str(value)


def xlsx_file(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a workbook of one sheet: the header stays in sight, dates and hours are real ones, no text is a formula."""
    kept = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(columns, kept), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(kept) + 1}"
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in kept:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_stream(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    above: Sequence[Sequence[Value]],
    widths: Sequence[int],
) -> bytes:
    """Return a workbook whose rows are written as they come, none kept, below some lines that say what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = f"A{len(above) + 2}"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in above:
        sheet.append([_cell(sheet, value, bold=place == 0) for place, value in enumerate(row)])
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    cell: Cell = WriteOnlyCell(sheet)
    cell.value = text
    if isinstance(text, str):
        # Said as text: openpyxl takes what begins with « = » for a formula.
        cell.data_type = "s"
    elif isinstance(text, dt.time):
        cell.number_format = "hh:mm"
    elif isinstance(text, dt.date):
        cell.number_format = "dd/mm/yyyy"
    cell.font = Font(bold=bold)
    return cell


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    longest = [max(len(_written(row[i])) for row in (columns, *rows)) for i in range(len(columns))]
    return [min(length + 3, WIDEST) for length in longest]


def _sheet_name(title: str) -> str:
    # A spreadsheet refuses these signs in the name of a sheet, and more than 31 of any.
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip() or "Feuille"
