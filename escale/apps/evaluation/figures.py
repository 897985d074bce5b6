"""The figures of a commune over a quarter or a year: plain values that are kept as they were sent, and read back the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

METHOD = "1"
"""The version of how these figures are counted: another one is another report, never the same one read otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A month of the period: how many half-days it owes (art. 4), how many were proposed and held, and how many people came."""

    month: str
    due: int
    proposed: int
    held: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A half-day of the period: when, and what became of it. `fate` is one of FATES."""

    date: dt.date
    half: str
    fate: str
    words: str = ""


FATES = {
    "held": "tenue",
    "moved": "tenue, après un déplacement",
    "make_up": "tenue, en rattrapage",
    "coming": "à venir",
    "untold": "passée, pas encore close",
    "service": "annulée par le service",
    "commune": "annulée par la commune",
    "refused": "refusée par la commune",
    "waived": "abandonnée d’un commun accord",
}
"""What may become of a half-day, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One line of a table: how many, or None where the number is kept back because it is small."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One obligation on the last day of the period."""

    party: str
    article: str
    words: str
    status: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDate:
    """A half-day after the period, as it is published on the day of the report."""

    date: dt.date
    half: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneLine:
    """A commune in the report of its territory: half-days, accompaniments (None where they are kept back), and how it stands."""

    code: str
    name: str
    population: int | None
    due: int
    held: int
    people: int | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that a report says. `counts` are whole numbers by name; a count that nothing measures is not in it.

    `until` is the day up to which everything known was counted. Ages, genders and statuses count people, other tables activities.
    `standing` tells how the accompaniments of a year stand beside those of the other communes: never which commune comes before.
    `communes` are those of a territory, in the order of their names; the report of a commune has none.
    """

    method: str = METHOD
    period: str
    until: dt.date
    commune: str
    code: str
    population: int | None
    epci: str
    service: str
    effect: dt.date | None
    counts: Mapping[str, int] = field(default_factory=dict)
    months: tuple[MonthLine, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    tables: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    duties: tuple[DutyLine, ...] = ()
    standing: str = ""
    next_dates: tuple[NextDate, ...] = ()
    communes: tuple[CommuneLine, ...] = ()

    def count(self, name: str) -> int:
        """Return a count, 0 when nothing was counted under this name."""
        return self.counts.get(name, 0)

    def counts_the_same_as(self, other: Figures) -> bool:
        """Tell whether two countings differ in nothing but the day on which they were made, what held on it, and their tables."""
        alike = replace(self, until=other.until, duties=other.duties, tables=other.tables)
        return replace(alike, standing=other.standing, next_dates=other.next_dates) == other

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Figures:
        """Return what was kept; names that this version does not know are left out."""
        known = {one.name for one in fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        effect = values.get("effect")
        return cls(
            **{
                **values,
                "until": dt.date.fromisoformat(values["until"]),
                "effect": dt.date.fromisoformat(effect) if effect else None,
                "months": tuple(MonthLine(**one) for one in values["months"]),
                "visits": tuple(VisitLine(**{**one, "date": dt.date.fromisoformat(one["date"])}) for one in values["visits"]),
                "tables": {name: tuple(Cell(**one) for one in cells) for name, cells in values["tables"].items()},
                "duties": tuple(DutyLine(**one) for one in values["duties"]),
                "communes": tuple(CommuneLine(**one) for one in values.get("communes", ())),
                "next_dates": tuple(
                    NextDate(date=dt.date.fromisoformat(one["date"]), half=one["half"]) for one in values.get("next_dates", ())
                ),
            }
        )


def sealed(kept: Mapping[str, Any]) -> str:
    """Return the SHA-256 of kept figures, in hexadecimal, whatever the order of their names."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
