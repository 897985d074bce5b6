"""Small files and a small territory for the tests of the import."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

from escale.apps.documents.reading.files import read_tables
from escale.apps.schedule.imports.headers import find_headers
from escale.apps.schedule.imports.people import Holder, Known, KnownCommune, KnownPost
from escale.apps.schedule.imports.reading import Understood, understand

LONG = ("Commune", "Date", "Demi-journée", "Médiateur")
ALWAYS = (dt.date(2020, 1, 1), dt.date(2040, 1, 1))


def known_commune(code: str, full: str, bare: str = "") -> KnownCommune:
    return KnownCommune(code=code, full=full, bare=bare or full)


def holder(first_name: str, last_name: str, starts: dt.date = ALWAYS[0], ends: dt.date = ALWAYS[1]) -> Holder:
    return Holder(first_name=first_name, last_name=last_name, starts=starts, ends=ends)


KNOWN = Known(
    epci="La Porte du Hainaut",
    communes=(
        known_commune("59446", "Oisy"),
        known_commune("59172", "Denain"),
        known_commune("59564", "La Sentinelle", "Sentinelle"),
        known_commune("59530", "Saint-Aybert"),
        known_commune("59651", "Wavrechain-sous-Denain"),
        known_commune("59207", "Escaudœuvres"),
    ),
    posts=(
        KnownPost(id="P1", label="Poste 1", holders=(holder("Camille", "Exemple"),)),
        KnownPost(
            id="P2",
            label="Poste 2",
            holders=(
                holder("Sacha", "Modèle", ends=dt.date(2027, 6, 30)),
                holder("Dominique", "Essai", starts=dt.date(2027, 7, 1)),
            ),
        ),
    ),
)


def workbook(*rows: Sequence[object], title: str = "Feuille1") -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook with one more part, or with another content of one that is there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            if item.filename != name:
                after.writestr(item, before.read(item))
        after.writestr(name, part)
    return out.getvalue()


def lines_of(*lines: str, separator: str = ";") -> bytes:
    """Return a CSV file, written with semicolons here."""
    return "\r\n".join(line.replace(";", separator) for line in lines).encode()


def read(content: bytes, *, year: int = 2027) -> Understood:
    """Understand a file, as the screen does."""
    table, headers = find_headers(read_tables(content, "tournee"))
    return understand(table, headers, KNOWN, year=year)
