"""Write our records as the sheet « activités » of La Coop: in its words, without names or notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from escale.apps.activity.models import Record
from escale.apps.activity.models.records import RecordQuerySet
from escale.apps.audit.actors import Actor, require
from escale.apps.documents.spreadsheets import Value
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from escale.core.activity import coop
from escale.core.activity.coop import Heading
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import ActivityKind
from escale.core.calendar.french import period_words

E = TypeVar("E", bound=StrEnum)

COLUMNS = tuple(heading.value for heading in Heading)
WIDTHS = tuple(max(len(column) + 2, 26 if column in {Heading.KIND, Heading.WHERE, Heading.THEMES} else 12) for column in COLUMNS)
LONGEST = 32_767
"""What a spreadsheet lets one cell hold: the people of a crowd stay counted, and are not listed one by one."""


def exported(actor: Actor, epci: Epci, first: dt.date, last: dt.date, mediator: Mediator | None = None) -> RecordQuerySet:
    """Return the records of a period that La Coop has words for: « appui à la commune » is not among them."""
    require(actor, "activity.exchange", epci)
    rows = Record.objects.visible_to(actor).standing().filter(epci=epci).between(first, last)
    if mediator is not None:
        rows = rows.filter(mediator=mediator)
    return rows.filter(kind__in=[kind.value for kind in coop.KINDS])


def rows_of(records: RecordQuerySet) -> Iterator[list[Value]]:
    """Yield the rows of some records, a few at a time, in the order of time."""
    found = records.select_related("commune", "visit").defer("commune__outline", "visit__reason")
    for record in found.order_by("date", "pk").iterator(chunk_size=1_000):
        yield row_of(record.entry, record.date, record.commune)


def above(epci: Epci, first: dt.date, last: dt.date, today: dt.date, total: int) -> list[list[Value]]:
    """Return what stands above the headings, as La Coop has it: who exports, when, and what."""
    return [
        ["Informations export"],
        ["Source", "Escale"],
        ["Structure", epci.name],
        ["Date d’export", today],
        ["Activités", total],
        [],
        ["Filtres"],
        ["Période", period_words(first, last)],
        [],
    ]


def row_of(entry: RecordEntry, date: dt.date, commune: Commune) -> list[Value]:
    """Return the row of one record; what La Coop does not know, such as the mandate, is left out."""
    several = entry.kind is ActivityKind.COLLECTIVE
    cells: Mapping[Heading, Value] = {
        Heading.DATE: date,
        Heading.KIND: coop.KINDS[entry.kind],
        Heading.PEOPLE: entry.people.total,
        Heading.PLACE: coop.PLACES[entry.place],
        Heading.WHERE: f"{_postal_code(commune)} {commune}".strip(),
        Heading.MINUTES: entry.minutes,
        Heading.DEVICES: _several(coop.DEVICES, entry.devices),
        Heading.THEMES: "\n".join(
            text for text in (_several(coop.THEMES, entry.themes), _several(coop.PROCEDURES, entry.procedures)) if text
        ),
        Heading.AUTONOMY: coop.AUTONOMIES[entry.autonomy] if entry.autonomy else "",
        Heading.LEVEL: coop.LEVELS[entry.level] if entry.level else "",
        Heading.IS_ORIENTED: coop.YES if entry.orientation else "",
        Heading.IS_SOLVED: "" if entry.is_solved is None else coop.YES if entry.is_solved else coop.NO,
        Heading.ORIENTATION: coop.ORIENTATIONS[entry.orientation] if entry.orientation else "",
        Heading.GENDER: _people(coop.GENDERS, entry.people.genders) if several else _one(coop.GENDERS, entry.gender),
        Heading.AGE: _people(coop.AGES, entry.people.ages) if several else _one(coop.AGES, entry.age),
        Heading.STATUS: _people(coop.STATUSES, entry.people.statuses) if several else _one(coop.STATUSES, entry.status),
    }
    return [cells.get(heading, "") for heading in Heading]


def _postal_code(commune: Commune) -> str:
    return next(iter(commune.postal_codes), "")


def _several(labels: Mapping[E, str], values: Iterable[E]) -> str:
    held = frozenset(values)
    return "\n".join(label for value, label in labels.items() if value in held)


def _one(labels: Mapping[E, str], value: E | None) -> str:
    return "" if value is None else labels[value]


def _people(labels: Mapping[E, str], counts: Mapping[E, int]) -> str:
    """Return a line for each person of a workshop; whoever was not asked has none."""
    text = "\n".join(label for value, label in labels.items() for _ in range(counts.get(value, 0)))
    return text if len(text) <= LONGEST else ""
