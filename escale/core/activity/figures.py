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
    """Every distribution that is counted, of activities first; those from `AGES` on count each person who was accompanied.

    Support of the commune itself (art. 3-2) is no accompaniment: no table of people counts it. The last three cross two answers:
    who came for the first time, workshops included (N3), what became of what people came for (E2), and how far they went alone
    with an administrative procedure (E1).
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
    PEOPLE_BY_PROCEDURE = "people_by_procedure"
    PEOPLE_BY_MODE = "people_by_mode"
    PEOPLE_BY_PUBLIC = "people_by_public"
    PEOPLE_BY_AUTONOMY = "people_by_autonomy"
    PEOPLE_BY_PIX = "people_by_pix"
    PEOPLE_BY_FIRST_TIME = "people_by_first_time"
    PEOPLE_BY_OUTCOME = "people_by_outcome"
    AUTONOMY_IN_PROCEDURES = "autonomy_in_procedures"


class Answer(StrEnum):
    """What was answered to a question of yes or no; who was not asked is in no table."""

    YES = "oui"
    NO = "non"


class Outcome(StrEnum):
    """What became of what someone came for: who was sent on is told apart from who was not helped at all (E2)."""

    SOLVED = "resolue"
    SENT_ON = "orientee"
    UNSOLVED = "non_resolue"


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


def total(parts: Iterable[Figures], less: Iterable[Figures] = ()) -> Figures:
    """Return the sum of some figures of different months or communes, less others that are parts of them."""
    numbers = dict.fromkeys(NUMBERS, 0)
    tables: dict[str, Counter[str]] = {}
    for sign, some in ((1, parts), (-1, less)):
        for part in some:
            for name in NUMBERS:
                numbers[name] += sign * getattr(part, name)
            for table, counts in part.tables.items():
                held = tables.setdefault(table, Counter())
                for value, count in counts.items():
                    held[value] += sign * count
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
PEOPLE_BY_ONE = {
    Table.PEOPLE_BY_MODE: "mode",
    Table.PEOPLE_BY_PUBLIC: "public",
    Table.PEOPLE_BY_AUTONOMY: "autonomy",
}
PEOPLE_BY_MANY = {Table.PEOPLE_BY_THEME: "themes", Table.PEOPLE_BY_PROCEDURE: "procedures"}
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
        if row.kind != ActivityKind.SUPPORT:
            for table, counts in row.counts.items():
                tables[table].update(counts)
            self._count_people(row, people)
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

    def _count_people(self, row: Any, people: int) -> None:
        tables = self.tables
        for table, column in PEOPLE_BY_MANY.items():
            for value in parts_of(getattr(row, column)):
                tables[table][value] += people
        for table, column in PEOPLE_BY_ONE.items():
            if value := getattr(row, column):
                tables[table][value] += people
        if row.took_pix:
            tables[Table.PEOPLE_BY_PIX][Answer.YES] += people
        if row.known is not None:
            tables[Table.PEOPLE_BY_FIRST_TIME][Answer.NO] += row.known
            tables[Table.PEOPLE_BY_FIRST_TIME][Answer.YES] += people - row.known
        elif row.is_first_time is not None and people == 1:
            tables[Table.PEOPLE_BY_FIRST_TIME][Answer.YES if row.is_first_time else Answer.NO] += 1
        if (outcome := _outcome(row)) is not None:
            tables[Table.PEOPLE_BY_OUTCOME][outcome] += people
        if row.autonomy and Theme.PROCEDURES in parts_of(row.themes):
            tables[Table.AUTONOMY_IN_PROCEDURES][row.autonomy] += people


def _outcome(row: Any) -> Outcome | None:
    if row.is_solved:
        return Outcome.SOLVED
    if row.orientation:
        return Outcome.SENT_ON
    return None if row.is_solved is None else Outcome.UNSOLVED


def _told(tables: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return tables without the values that nothing holds. A tap may be taken back a month later: what is below 0 stays."""
    kept = {name: {value: count for value, count in sorted(counts.items()) if count} for name, counts in sorted(tables.items())}
    return {name: counts for name, counts in kept.items() if counts}


@lru_cache(maxsize=4096)
def parts_of(column: str) -> tuple[str, ...]:
    """Return the values that a column of several holds between bars."""
    return tuple(name for name in column.split("|") if name)
