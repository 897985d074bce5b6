"""Open an uploaded file: tell what it is by its first bytes, and read its tables."""

from __future__ import annotations

from escale.apps.documents.reading.tables import MOST_BYTES, Table, UnreadableFileError
from escale.apps.documents.reading.texts import read_text
from escale.apps.documents.reading.workbooks import AS_XLSX, read_workbook

ZIP = b"PK"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf", b"{\\rtf", b"<!DOCTYPE", b"<html")


def read_tables(content: bytes, title: str, *, keeps_formulas: bool = False) -> list[Table]:
    """Return the tables of a file that hold something; at least one. Raise UnreadableFileError, with what to do.

    With `keeps_formulas` a formula is read as it is written, « = » first, for a reader that refuses it.
    """
    if not content.strip():
        raise UnreadableFileError("Ce fichier est vide. Choisir celui qui contient le tableau.")
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(
            f"Ce fichier dépasse {MOST_BYTES // 1024 // 1024} Mo : un tel tableau tient en beaucoup moins. Le copier seul "
            "dans un classeur neuf."
        )
    if content.startswith(OLD_OFFICE):
        raise UnreadableFileError(f"Ce classeur est d’un ancien format (.xls), ou protégé par un mot de passe. {AS_XLSX}")
    if content.lstrip().startswith(OTHERS):
        raise UnreadableFileError("Ce fichier n’est pas un tableau. Donner un classeur Excel (.xlsx) ou un fichier CSV.")
    tables = read_workbook(content, keeps_formulas=keeps_formulas) if content.startswith(ZIP) else [read_text(content, title)]
    tables = [table for table in tables if table.rows]
    if not tables:
        raise UnreadableFileError("Ce fichier ne contient aucune ligne. Choisir celui qui contient le tableau.")
    return tables
