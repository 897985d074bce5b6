"""A file of signed conventions for the tests: one right row, whose cells a test changes."""

from __future__ import annotations

from collections.abc import Mapping

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.importing import Preview, preview_of
from escale.apps.conventions.imports.columns import Column
from escale.apps.documents.reading.files import read_tables
from escale.apps.documents.reading.tables import Table
from escale.apps.territory.models import Epci

RIGHT = {
    Column.COMMUNE: "Oisy",
    Column.MODEL: "porte-du-hainaut-2025",
    Column.COUNCIL_NUMBER: "2025-07",
    Column.COUNCIL_ON: "26/02/2025",
    Column.COUNCIL_TRANSMITTED: "28/02/2025",
    Column.COUNCIL_PUBLISHED: "03/03/2025",
    Column.BUREAU_NUMBER: "B25/014",
    Column.BUREAU_ON: "24/02/2025",
    Column.BUREAU_TRANSMITTED: "26/02/2025",
    Column.BUREAU_PUBLISHED: "27/02/2025",
    Column.COMMUNE_FIRST_NAME: "Camille",
    Column.COMMUNE_LAST_NAME: "Exemple",
    Column.COMMUNE_TITLE: "Maire",
    Column.COMMUNE_GENDER: "F",
    Column.COMMUNE_SIGNED: "05/03/2025",
    Column.EPCI_FIRST_NAME: "Dominique",
    Column.EPCI_LAST_NAME: "Modèle",
    Column.EPCI_TITLE: "Président",
    Column.EPCI_GENDER: "M",
    Column.EPCI_SIGNED: "10/03/2025",
    Column.CHANNEL: "LRAR",
    Column.LETTER_NUMBER: "1A 000 000 0001 0",
    Column.SENT: "14/03/2025",
    Column.PRESENTED: "15/03/2025",
    Column.DELIVERED: "17/03/2025",
    Column.USUAL: "2e mardi, matin",
}


def row(cells: Mapping[Column, str] | None = None) -> dict[Column, str]:
    """Return the right row with other cells."""
    return {**RIGHT, **(cells or {})}


def written(*rows: Mapping[Column, str], columns: tuple[Column, ...] = tuple(Column)) -> bytes:
    """Return a CSV file."""
    lines = [";".join(column.value for column in columns)]
    lines += [";".join(cells.get(column, "") for column in columns) for cells in rows]
    return "\r\n".join(lines).encode()


def table(*rows: Mapping[Column, str]) -> Table:
    """Return the table of a file."""
    return read_tables(written(*rows), "conventions.csv", keeps_formulas=True)[0]


def preview(epci: Epci, *rows: Mapping[Column, str]) -> Preview:
    """Return what a file is understood as."""
    return preview_of(SYSTEM, epci, table(*rows))
