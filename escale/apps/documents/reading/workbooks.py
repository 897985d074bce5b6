"""Read the sheets of an XLSX workbook: values only, with limits that hold against a file that was made to harm."""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from escale.apps.documents.reading.tables import MOST_COLUMNS, MOST_ROWS, Table, UnreadableFileError, rows_of

MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 300
MOST_SHEETS = 20
AS_XLSX = "L’ouvrir dans un tableur et l’enregistrer au format « Classeur Excel (.xlsx) »."


def read_workbook(content: bytes, *, keeps_formulas: bool = False) -> list[Table]:
    """Return the sheets of a workbook that hold something. Raise UnreadableFileError, with what to do.

    A formula gives what it came to, or with `keeps_formulas` itself, « = » first, for a reader that refuses it.
    """
    require_plain_workbook(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=not keeps_formulas, keep_links=False)
        tables = [
            Table(
                title=sheet.title,
                is_workbook=True,
                # Blank rows are skipped, but a sheet of nothing else must end too.
                rows=rows_of(
                    (number, [_formula(value) for value in row])
                    for number, row in enumerate(
                        sheet.iter_rows(max_row=10 * MOST_ROWS, max_col=MOST_COLUMNS, values_only=True), start=1
                    )
                ),
            )
            for sheet in book.worksheets[:MOST_SHEETS]
        ]
        book.close()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, ParseError, zipfile.BadZipFile) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(f"Ce classeur est abîmé : il ne s’ouvre pas. {AS_XLSX}") from error
    return [table for table in tables if table.rows]


def _formula(value: object) -> object:
    """Return a cell; the formulas that openpyxl gives as objects begin with « = » like the others."""
    return "=" if isinstance(value, (ArrayFormula, DataTableFormula)) else value


def require_plain_workbook(content: bytes, *, most_unpacked: int = MOST_UNPACKED) -> None:
    """Refuse (UnreadableFileError) what is no workbook, or one that was made to harm; nothing of it is read yet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _refuse_parts(parts, most_unpacked)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableFileError(f"Ce fichier est abîmé, ou protégé par un mot de passe. {AS_XLSX}") from error


def _refuse_parts(parts: zipfile.ZipFile, most_unpacked: int) -> None:
    listed = parts.infolist()
    names = {part.filename for part in listed}
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > most_unpacked:
        raise UnreadableFileError("Une fois ouvert, ce classeur est trop grand. Copier le tableau seul dans un classeur neuf.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFileError(f"Ce classeur contient des macros : il n’est pas ouvert. {AS_XLSX}")
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(f"Ce fichier n’est pas un classeur Excel. {AS_XLSX}")
    for part in listed:
        if part.filename.endswith((".xml", ".rels")):
            with parts.open(part) as text:
                _refuse_entities(text)


def _refuse_entities(text: IO[bytes]) -> None:
    """Refuse the declarations by which a small XML file unfolds into gigabytes; a workbook never has any."""
    if b"<!DOCTYPE" in text.read(2048).upper():
        raise UnreadableFileError(f"Ce classeur n’a pas été fait par un tableur : il n’est pas ouvert. {AS_XLSX}")
