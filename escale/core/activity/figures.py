"""The counts of what was done in a place over a time: whole numbers that add up, month by month and commune by commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any

from escale.core.activity.vocabulary import ActivityKind, TallyKind, Theme

DAYS_TO_TELL = 7
"""Within how many days a half-day should be told in records (indicator F10)."""


class Table(StrEnum):
    """Every distribution that is counted, of activities first; those from `AGES` on count each person of each activity.

    The last three cross two answers: how far people went alone with an administrative procedure (E1), what became of what they
    came for (E2), and who had come before, workshops included (N3).
    """

    KINDS = "kinds"
    PLACES = "places"
    THEMES = "themes"
    PROCEDURES = "procedures"
    DEVICES = "devices"
    MISSIONS = "missions"
    MODES = "modes"
    PUBLICS = "publics"
    POSTURES = "postures"
    MANDATES = "mandates"
    AUTONOMIES = "autonomies"
    ORIENTATIONS = "orientations"
    LEVELS = "levels"
    FIRST_TIME = "first_time"
    SOLVED = "solved"
    TOOK_PIX = "took_pix"
    OUT_OF_BOUNDS = "out_of_bounds"
    AGES = "ages"
    GENDERS = "genders"
    STATUSES = "statuses"
    PEOPLE_BY_THEME = "people_by_theme"
    PEOPLE_BY_MODE = "people_by_mode"
    PEOPLE_BY_PUBLIC = "people_by_public"
    PROCEDURE_AUTONOMIES = "procedure_autonomies"
    ENDINGS = "endings"
    PEOPLE_KNOWN = "people_known"


class Answer(StrEnum):
    """What was answered to a question of yes or no; who was not asked is in no table."""

    YES = "oui"
    NO = "non"


class Ending(StrEnum):
    """What became of a request: who was sent on without being helped is told apart from who was not helped at all."""

    SOLVED = "resolue"
    SENT_ON = "orientee"
    UNSOLVED = "non_resolue"


class Known(StrEnum):
    """Whether someone had come before."""

    NEW = "premiere_fois"
    BACK = "deja_venue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was done. `participations` counts each person of each activity; the four numbers after it are parts of it.

    `visits` are the half-days of which something was recorded, `visits_in_time` those where that began within a week (F10);
    `left` went without help, `out_of_bounds` asked for what is not of this service, `helped_elsewhere` are recorded in La Coop.
    """

    activities: int = 0
    participations: int = 0
    by_appointment: int = 0
    walk_in: int = 0
    in_workshops: int = 0
    in_support: int = 0
    minutes: int = 0
    helped_elsewhere: int = 0
    left: int = 0
    out_of_bounds: int = 0
    visits: int = 0
    visits_in_time: int = 0
    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def table(self, name: Table) -> Mapping[str, int]:
        """Return one distribution; a value that nothing holds is not in it."""
        return self.tables.get(name, {})


NUMBERS = tuple(one.name for one in fields(Figures) if one.name != "tables")
"""The names of the whole numbers, in order."""


def total(parts: Iterable[Figures]) -> Figures:
    """Return the sum of some figures of different months or communes."""
    numbers = dict.fromkeys(NUMBERS, 0)
    tables: dict[str, Counter[str]] = {}
    for part in parts:
        for name in NUMBERS:
            numbers[name] += getattr(part, name)
        for table, counts in part.tables.items():
            tables.setdefault(table, Counter()).update(counts)
    return Figures(**numbers, tables=_told(tables))


SINGLE = {
    Table.KINDS: "kind",
    Table.PLACES: "place",
    Table.MODES: "mode",
    Table.PUBLICS: "public",
    Table.POSTURES: "posture",
    Table.MANDATES: "mandate",
    Table.AUTONOMIES: "autonomy",
    Table.ORIENTATIONS: "orientation",
    Table.LEVELS: "level",
    Table.AGES: "age",
    Table.GENDERS: "gender",
    Table.STATUSES: "status",
}
"""The tables of columns that hold one value: whoever comes alone has an age, workshops have theirs in `counts`."""
MANY = {
    Table.THEMES: "themes",
    Table.PROCEDURES: "procedures",
    Table.DEVICES: "devices",
    Table.MISSIONS: "missions",
}
ANSWERS = {Table.FIRST_TIME: "is_first_time", Table.SOLVED: "is_solved", Table.TOOK_PIX: "took_pix"}
ARRIVALS = {ActivityKind.COLLECTIVE.value: "in_workshops", ActivityKind.SUPPORT.value: "in_support"}
COLUMNS = ("people", "known", "minutes", "counts", *SINGLE.values(), *MANY.values(), *ANSWERS.values())
"""The columns of a record that are counted."""
TALLIED = {
    TallyKind.LEFT.value: "left",
    TallyKind.OUT_OF_BOUNDS.value: "out_of_bounds",
    TallyKind.HELPED.value: "helped_elsewhere",
}


class Counting:
    """The count of one commune and month on its way: give each standing record and each tap once, then ask for the figures."""

    def __init__(self) -> None:
        self.numbers: Counter[str] = Counter()
        self.tables: dict[str, Counter[str]] = {table: Counter() for table in Table}
        self.visits: dict[int, bool] = {}

    def add_record(self, row: Any, *, by_appointment: bool, visit: int | None, in_time: bool) -> None:
        """Count a record, whose columns are attributes of `row`."""
        people, tables = row.people, self.tables
        self.numbers["activities"] += 1
        self.numbers["participations"] += people
        self.numbers["minutes"] += row.minutes
        self.numbers[ARRIVALS.get(row.kind) or ("by_appointment" if by_appointment else "walk_in")] += people
        for table, column in SINGLE.items():
            if value := getattr(row, column):
                tables[table][value] += 1
        for table, column in MANY.items():
            for value in parts_of(getattr(row, column)):
                tables[table][value] += 1
        for table, column in ANSWERS.items():
            if (answer := getattr(row, column)) is not None:
                tables[table][Answer.YES if answer else Answer.NO] += 1
        for table, counts in row.counts.items():
            tables[table].update(counts)
        self._cross(row, people)
        if visit is not None:
            self.visits[visit] = self.visits.get(visit, False) or in_time

    def add_taps(self, kind: str, reason: str, total: int) -> None:
        """Count how many taps of one kind there are, those that take one back deducted."""
        self.numbers[TALLIED[kind]] += total
        if kind == TallyKind.OUT_OF_BOUNDS:
            self.tables[Table.OUT_OF_BOUNDS][reason] += total

    @property
    def figures(self) -> Figures:
        """What was counted."""
        return Figures(
            **self.numbers,
            visits=len(self.visits),
            visits_in_time=sum(self.visits.values()),
            tables=_told(self.tables),
        )

    def _cross(self, row: Any, people: int) -> None:
        tables, themes = self.tables, parts_of(row.themes)
        for theme in themes:
            tables[Table.PEOPLE_BY_THEME][theme] += people
        tables[Table.PEOPLE_BY_MODE][row.mode] += people
        tables[Table.PEOPLE_BY_PUBLIC][row.public] += people
        if row.autonomy and Theme.PROCEDURES in themes:
            tables[Table.PROCEDURE_AUTONOMIES][row.autonomy] += people
        if row.is_solved:
            tables[Table.ENDINGS][Ending.SOLVED] += people
        elif row.orientation:
            tables[Table.ENDINGS][Ending.SENT_ON] += people
        elif row.is_solved is False:
            tables[Table.ENDINGS][Ending.UNSOLVED] += people
        if row.known is not None:
            tables[Table.PEOPLE_KNOWN][Known.BACK] += row.known
            tables[Table.PEOPLE_KNOWN][Known.NEW] += people - row.known
        elif row.is_first_time is not None and people == 1:
            tables[Table.PEOPLE_KNOWN][Known.NEW if row.is_first_time else Known.BACK] += 1


def _told(tables: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return tables without the values that nothing holds. A tap may be taken back a month later: what is below 0 stays."""
    kept = {name: {value: count for value, count in sorted(counts.items()) if count} for name, counts in sorted(tables.items())}
    return {name: counts for name, counts in kept.items() if counts}


@lru_cache(maxsize=4096)
def parts_of(column: str) -> tuple[str, ...]:
    """Return the values that a column of several holds between bars."""
    return tuple(name for name in column.split("|") if name)
