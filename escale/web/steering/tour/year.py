"""A tour as a table of communes and months: what stands in each cell, and which dates stand out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from escale.core.calendar.halfdays import HALF_WORDS, WEEKDAY_WORDS, Half
from escale.core.calendar.months import Month, nth_of_month

Pattern = tuple[int, int, str]
"""The n-th weekday of the month and the half: what a commune remembers as its usual day."""


class Order(StrEnum):
    """How the communes follow one another."""

    MEDIATOR = "mediateur"
    DAY = "jour"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearVisit:
    """A visit of the year. `for_month` is the month whose promise it keeps; `moved` says why it was moved by hand."""

    key: int
    commune: int
    post: int
    date: dt.date
    half: str
    for_month: str
    moved: str = ""

    @property
    def pattern(self) -> Pattern:
        """The n-th weekday of the month and the half."""
        return nth_of_month(self.date), self.date.weekday(), self.half

    @property
    def is_make_up(self) -> bool:
        """Whether it keeps the promise of another month than its own."""
        return self.for_month != self.month

    @property
    def month(self) -> str:
        """The month of its date, as « 2027-01 »."""
        return f"{self.date.year}-{self.date.month:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A visit in its cell. `reason` says why it is not on the usual day; `fragile`, why people may be away."""

    visit: YearVisit
    is_usual: bool
    reason: str = ""
    fragile: str = ""


class Gap(StrEnum):
    """Why a month has no visit."""

    UNSERVED = "unserved"
    MADE_UP = "made up"
    OUT = "out"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A commune in a month: its visits, or why there is none; `note` says it in a sentence."""

    month: Month
    visits: tuple[Shown, ...] = ()
    gap: Gap | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A commune with its months. `agreed` is the day of its convention when the tour leaves it."""

    key: int
    code: str
    name: str
    sort_key: str
    is_expected: bool
    post: int | None
    usual: Pattern | None
    agreed: Pattern | None
    cells: tuple[Cell, ...]

    @property
    def usual_words(self) -> str:
        """The usual day in words."""
        return pattern_words(self.usual) if self.usual else ""

    @property
    def agreed_words(self) -> str:
        """The day of the convention in words, when the tour leaves it."""
        return pattern_words(self.agreed) if self.agreed else ""

    @property
    def shown(self) -> Iterable[Shown]:
        """Every visit of the line, in the order of the months."""
        return (shown for cell in self.cells for shown in cell.visits)

    def coming(self, today: dt.date, number: int = 3) -> list[dt.date]:
        """Return the next dates."""
        return sorted(shown.visit.date for shown in self.shown if shown.visit.date >= today)[:number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines that stand together under a heading; an empty one for the whole table."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """A tour as a table. Texts about people are there only for those who may see them."""

    months: tuple[Month, ...]
    lines: tuple[Line, ...]
    posts: Mapping[int, str] = field(default_factory=dict)

    @property
    def served(self) -> int:
        """How many visits stand in the table; a make-up stands for the one that it replaces."""
        return sum(1 for line in self.lines for _ in line.shown)

    @property
    def unserved(self) -> list[tuple[Line, Cell]]:
        """The months that are owed and have no visit."""
        return [(line, cell) for line in self.lines for cell in line.cells if cell.gap is Gap.UNSERVED]

    @property
    def on_usual_day(self) -> int:
        """How many visits stand on the usual day of their commune."""
        return sum(shown.is_usual for line in self.lines for shown in line.shown)

    @property
    def irregular(self) -> list[tuple[Line, Shown]]:
        """The visits that stand out, in the order of time."""
        found = [(line, shown) for line in self.lines for shown in line.shown if not shown.is_usual]
        return sorted(found, key=lambda pair: (pair[1].visit.date, pair[0].sort_key))

    @property
    def has_fragile(self) -> bool:
        """Whether a date is fragile."""
        return any(shown.fragile for line in self.lines for shown in line.shown)

    def groups(self, order: Order) -> list[Group]:
        """Return the lines in an order; by mediator, under a heading for each."""
        by_name = sorted(self.lines, key=lambda line: line.sort_key)
        if order is Order.COMMUNE:
            return [Group(heading="", lines=by_name)]
        by_day = sorted(by_name, key=lambda line: line.usual or (9, 9, ""))
        if order is Order.DAY:
            return [Group(heading="", lines=by_day)]
        headings: list[tuple[int | None, str]] = [*self.posts.items(), (None, "Sans passage")]
        kept = [(heading, [line for line in by_day if line.post == key]) for key, heading in headings]
        return [Group(heading=heading, lines=lines) for heading, lines in kept if lines]


def usual_of(visits: Iterable[YearVisit], agreed: Pattern | None) -> Pattern | None:
    """Return the most frequent day of a commune, as the planner counts it: the agreed one where two are as frequent."""
    counts = Counter(visit.pattern for visit in visits if not visit.is_make_up)
    if not counts:
        return agreed
    most = max(counts.values())
    return agreed if agreed and counts[agreed] == most else next(day for day, number in counts.items() if number == most)


def post_of(visits: Collection[YearVisit]) -> int | None:
    """Return the post that visits a commune most often; None without a visit."""
    return Counter(visit.post for visit in visits).most_common(1)[0][0] if visits else None


def pattern_words(pattern: Pattern) -> str:
    """Return « 2e mardi, matin »."""
    nth, weekday, half = pattern
    return f"{nth}{'er' if nth == 1 else 'e'} {WEEKDAY_WORDS[weekday]}, {HALF_WORDS[Half(half)]}"
