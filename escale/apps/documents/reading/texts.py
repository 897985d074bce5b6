"""Read a CSV file, as spreadsheets write them: UTF-8, UTF-16 or Windows letters; semicolons, commas or tabs."""

from __future__ import annotations

import codecs
import csv
import io

from escale.apps.documents.reading.tables import MOST_COLUMNS, Table, UnreadableFileError, rows_of

SEPARATORS = ";\t,"
SAMPLE_LINES = 20
MOST_LETTERS = 100_000
"""In one cell: the csv module has a limit of its own, which any other library may lift for the whole process."""
TOO_LONG = "Ce fichier n’est pas un tableau : une de ses cases est démesurée."


def read_text(content: bytes, title: str) -> Table:
    """Return the table of a CSV file. Raise UnreadableFileError, with what to do, when it is no text."""
    text = _decoded(content)
    announced, first, rest = text.partition("\n")[0].strip().strip('"'), 1, text
    if announced.lower().startswith("sep=") and len(announced) == 5:
        separator, rest, first = announced[4], text.partition("\n")[2], 2
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=separator)
    try:
        rows = rows_of((first + number, _measured(line[:MOST_COLUMNS])) for number, line in enumerate(reader))
    except csv.Error as error:
        raise UnreadableFileError(TOO_LONG) from error
    return Table(title=title, rows=rows)


def _measured(cells: list[str]) -> list[str]:
    if any(len(cell) > MOST_LETTERS for cell in cells):
        raise UnreadableFileError(TOO_LONG)
    return cells


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        if b"\x00" in content:
            raise UnreadableFileError("Ce fichier n’est pas un tableau. Donner un classeur Excel (.xlsx) ou un fichier CSV.")
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("Les lettres de ce fichier ne se lisent pas. L’enregistrer au format « CSV UTF-8 ».")


def _separator(text: str) -> str:
    """Return what separates the cells: the sign that the first lines hold most often; a semicolon when nothing tells."""
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    return max(SEPARATORS, key=lambda separator: sum(min(line.count(separator), MOST_COLUMNS) for line in lines))
