"""A sheet of La Coop as it comes, with little typing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from escale.core.activity.coop import Heading

ABOVE: tuple[list[str], ...] = (
    ["Informations export"],
    ["Nom", "Carlier"],
    ["Prénom", "Inès"],
    [],
    ["Filtres"],
    ["Période", "-"],
    [""],
)
SECRET = "Madame Untel"
LINE: dict[str, Any] = {
    Heading.DATE: "05/01/2027",
    Heading.KIND: "Accompagnement individuel",
    Heading.PEOPLE: 1,
    Heading.PERSON: SECRET,
    Heading.PLACE: "Lieu d’activité",
    Heading.WHERE: "Mairie, 59111 Oisy",
    Heading.MINUTES: 30,
    Heading.DEVICES: "Ordinateur\nTéléphone",
    Heading.THEMES: "E-mail\nAide aux démarches administratives\nArgent - Impôts",
    Heading.AUTONOMY: "1/3",
    Heading.IS_ORIENTED: "Non",
    Heading.IS_SOLVED: "Oui",
    Heading.RESIDENCE: "59111 Oisy",
    Heading.GENDER: "Féminin",
    Heading.AGE: "60 - 69 ans",
    Heading.STATUS: "Retraité",
    Heading.NOTES: f"A rappelé {SECRET}",
}


def line(**changed: Any) -> dict[str, Any]:
    """One activity of La Coop; `changed` names columns as `Heading` does."""
    return {**LINE, **{Heading[name].value: value for name, value in changed.items()}}


def sheet(*lines: dict[str, Any], headings: Sequence[str] = tuple(Heading)) -> bytes:
    """A workbook with these activities."""
    book = Workbook()
    page = book.active
    assert page is not None
    titles = [str(heading) for heading in headings]
    rows: list[list[Any]] = [*ABOVE, titles, *([one.get(heading) for heading in headings] for one in lines)]
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
