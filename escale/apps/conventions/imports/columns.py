"""The columns of a table of conventions, and the row of headings in which each is found, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.documents.reading.tables import Row, Table, UnreadableFileError
from escale.apps.territory.names import normalised

SEARCHED_ROWS = 20


class Column(StrEnum):
    """What a column holds; the value is its heading."""

    CODE = "Code INSEE"
    COMMUNE = "Commune"
    MODEL = "Modèle"
    COUNCIL_NUMBER = "Conseil municipal : n°"
    COUNCIL_ON = "Conseil municipal : séance du"
    COUNCIL_TRANSMITTED = "Conseil municipal : transmise le"
    COUNCIL_PUBLISHED = "Conseil municipal : publiée le"
    BUREAU_NUMBER = "Bureau : n°"
    BUREAU_ON = "Bureau : séance du"
    BUREAU_TRANSMITTED = "Bureau : transmise le"
    BUREAU_PUBLISHED = "Bureau : publiée le"
    COMMUNE_FIRST_NAME = "Commune : prénom du signataire"
    COMMUNE_LAST_NAME = "Commune : nom du signataire"
    COMMUNE_TITLE = "Commune : qualité"
    COMMUNE_GENDER = "Commune : accord (F ou M)"
    COMMUNE_SIGNED = "Commune : signée le"
    EPCI_FIRST_NAME = "EPCI : prénom du signataire"
    EPCI_LAST_NAME = "EPCI : nom du signataire"
    EPCI_TITLE = "EPCI : qualité"
    EPCI_GENDER = "EPCI : accord (F ou M)"
    EPCI_SIGNED = "EPCI : signée le"
    CHANNEL = "Notification : voie"
    LETTER_NUMBER = "Notification : n° de la lettre"
    SENT = "Notification : envoyée le"
    PRESENTED = "Notification : présentée le"
    DELIVERED = "Notification : remise le"
    RETURNED = "Notification : pli revenu"
    USUAL = "Jour habituel"
    EPCI_ORIGINAL = "Original de l’EPCI : lieu"
    COMMUNE_ORIGINAL = "Original de la commune : lieu"
    DENOUNCED_BY = "Dénonciation : par"
    DENOUNCED_NUMBER = "Dénonciation : n° de la lettre"
    DENOUNCED_SENT = "Dénonciation : envoyée le"
    DENOUNCED_PRESENTED = "Dénonciation : présentée le"
    DENOUNCED_DELIVERED = "Dénonciation : remise le"
    DENOUNCED_RETURNED = "Dénonciation : pli revenu"
    DENOUNCED_FALLBACK = "Dénonciation : vaut à défaut pour le terme suivant (oui ou non)"


OPTIONAL = frozenset(
    {
        Column.CODE,
        Column.PRESENTED,
        Column.DELIVERED,
        Column.RETURNED,
        Column.USUAL,
        Column.EPCI_ORIGINAL,
        Column.COMMUNE_ORIGINAL,
        Column.DENOUNCED_BY,
        Column.DENOUNCED_NUMBER,
        Column.DENOUNCED_SENT,
        Column.DENOUNCED_PRESENTED,
        Column.DENOUNCED_DELIVERED,
        Column.DENOUNCED_RETURNED,
        Column.DENOUNCED_FALLBACK,
    }
)
"""What a table may leave out."""

DATES = tuple(column for column in Column if column.endswith((" le", "séance du")))
"""What holds a day: a row without any has not been filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The row of the headings, and the rank of each column in it; `unknown` are the headings that mean nothing here."""

    row: Row
    ranks: dict[Column, int]
    unknown: tuple[str, ...]

    def of(self, row: Row, column: Column) -> str:
        """Return the cell of a column in a row; nothing when the table has no such column."""
        return row.at(self.ranks[column]) if column in self.ranks else ""


def find_headings(tables: Sequence[Table]) -> tuple[Table, Headings]:
    """Return the first table with headings of conventions. Raise UnreadableFileError with what is missing."""
    for table in tables:
        for row in table.rows[:SEARCHED_ROWS]:
            headings = _headings(row)
            if Column.COMMUNE in headings.ranks or Column.CODE in headings.ranks:
                _require(headings)
                return table, headings
    raise UnreadableFileError(
        "Aucune ligne de titres n’est reconnue : il faut au moins une colonne « Commune ». Prendre le modèle de fichier de cette "
        "page et le remplir."
    )


def _headings(row: Row) -> Headings:
    by_key = {_key(column.value): column for column in Column}
    ranks: dict[Column, int] = {}
    unknown: list[str] = []
    for rank, cell in enumerate(row.cells):
        column = by_key.get(_key(cell))
        if column is None:
            unknown += [cell] if cell else []
        elif column in ranks:
            raise UnreadableFileError(f"Deux colonnes s’appellent « {column.value} » : n’en garder qu’une.")
        else:
            ranks[column] = rank
    return Headings(row=row, ranks=ranks, unknown=tuple(unknown))


def _require(headings: Headings) -> None:
    needed = [column for column in Column if column not in OPTIONAL and column is not Column.COMMUNE]
    missing = [column.value for column in needed if column not in headings.ranks]
    if missing:
        words = ", ".join(f"« {name} »" for name in missing)
        raise UnreadableFileError(
            f"Il manque {'la colonne' if len(missing) == 1 else 'les colonnes'} {words}. L’ajouter au fichier."
        )


def _key(heading: str) -> str:
    return normalised(heading)
