"""What an import from La Coop would bring: its records, those that are here already, those that cannot be taken, and why.

Two rules find what is here already. A line that was imported once keeps its identity (`keys_of`) and never comes back. Else
a line is a probable double of a record of the same mediator, day, commune, type, place, length and number of people, as many
times as there are such records: three lines against two records leave one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from escale.apps.activity.coop.cells import Fault, Left
from escale.apps.activity.coop.reading import Ground, Understood, understand
from escale.apps.activity.coop.sheets import Line
from escale.apps.activity.models import Record, Tally
from escale.apps.schedule.imports.people import Known, KnownCommune
from escale.apps.team.models import Mediator, Occupancy
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Membership
from escale.apps.visits.models import Visit
from escale.core.activity.coop import Extra
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import Place, TallyKind
from escale.core.calendar.french import date_words

NAMESPACE = UUID("6f0c1b8e-4f0a-5d0e-9a34-3b8a6a0f5c11")
MOST_TOLD = 2_000
"""How many lines a report tells one by one; beyond, it counts them."""
KEYS_AT_ONCE = 500
LOOK_LINES = 500
"""How often whoever waits is told."""

Signature = tuple[dt.date, str, str, str, int, int]


@dataclass(slots=True, kw_only=True)
class Report:
    """What an import brings, as its page tells it. `faults` and `doubles` name lines; `left` counts values without a word here.

    `replaced` is how many people were counted by one tap on the half-days of these records: they are no longer counted twice.
    """

    lines: int = 0
    taken: int = 0
    people: int = 0
    known: int = 0
    refused: int = 0
    replaced: int = 0
    first: str = ""
    last: str = ""
    faults: list[dict[str, Any]] = field(default_factory=list)
    doubled: int = 0
    doubles: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Found:
    """A record that may be written: its line, its day, its half-day when there is exactly one."""

    line: int
    date: dt.date
    entry: RecordEntry
    visit: Visit | None = None


@dataclass(slots=True, kw_only=True)
class Analysis:
    """The records that would be written, the probable doubles, and the report."""

    taken: list[Found] = field(default_factory=list)
    doubles: list[Found] = field(default_factory=list)
    replaced: Counter[int] = field(default_factory=Counter)
    report: Report = field(default_factory=Report)


def understood(mediator: Mediator, lines: list[Line], *, tell: Callable[[int], object] = lambda done: None) -> list[Understood]:
    """Return what each line says, whatever is here already. `tell` hears how many are read."""
    ground, keys = _ground(mediator), keys_of(mediator, lines)
    read: list[Understood] = []
    for done, (line, key) in enumerate(zip(lines, keys, strict=True), start=1):
        read.append(understand(line, key, ground))
        if done % LOOK_LINES == 0:
            tell(done)
    return read


def analyse(mediator: Mediator, read: list[Understood], *, takes_doubles: bool = False) -> Analysis:
    """Return what would be written of some lines, against what is here now; nothing is written."""
    found = Analysis()
    known = _known([one.entry.key for one in read if one.entry is not None])
    good = [Found(line=one.line, date=one.date, entry=one.entry) for one in read if one.entry is not None and one.date]
    fresh = [one for one in good if one.entry.key not in known]
    here = _signatures(mediator, fresh, known)
    for one in fresh:
        place = _signature(one)
        if here[place] > 0:
            here[place] -= 1
            found.doubles.append(one)
        else:
            found.taken.append(one)
    if takes_doubles:
        found.taken = sorted([*found.taken, *found.doubles], key=lambda one: one.line)
    _place(mediator, found.taken)
    found.replaced = _replaced(mediator, found.taken)
    found.report = _report(read, found, known=len(good) - len(fresh))
    return found


def keys_of(mediator: Mediator, lines: Iterable[Line]) -> list[UUID]:
    """Return the identity of each line: that of La Coop, else what it says and how many times the file says it before."""
    seen = Counter[str]()
    keys = []
    for line in lines:
        said = line.at(Extra.IDENTIFIER) or "\n".join(f"{column}={cell}" for column, cell in sorted(line.cells.items()))
        seen[said] += 1
        keys.append(uuid5(NAMESPACE, f"{mediator.pk}\n{seen[said]}\n{said}"))
    return keys


def _ground(mediator: Mediator) -> Ground:
    epci = mediator.epci
    memberships = list(Membership.objects.filter(epci=epci).select_related("commune").defer("commune__outline"))
    communes = {row.commune.code: row.commune.place_name for row in memberships}
    days: dict[str, list[tuple[dt.date | None, dt.date | None]]] = {}
    for row in memberships:
        days.setdefault(row.commune.code, []).append((row.starts, row.ends))
    known = tuple(KnownCommune(code=code, full=name.full, bare=name.bare) for code, name in communes.items())
    return Ground(
        known=Known(epci=epci.name, communes=known, posts=()),
        days=days,
        zone=ZoneInfo(epci.time_zone),
        today=clock.today(epci),
    )


def _known(keys: list[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        found.update(Record.objects.filter(key__in=keys[start : start + KEYS_AT_ONCE]).values_list("key", flat=True))
    return found


def _signature(one: Found) -> Signature:
    entry = one.entry
    return (one.date, entry.commune, entry.kind.value, entry.place.value, entry.minutes, entry.people.total)


def _signatures(mediator: Mediator, fresh: list[Found], known: set[UUID]) -> Counter[Signature]:
    """Count the records of the mediator over the days of the file, but those that came from it."""
    if not fresh:
        return Counter()
    first, last = min(one.date for one in fresh), max(one.date for one in fresh)
    rows = Record.objects.filter(mediator=mediator).standing().between(first, last)
    columns = ("key", "date", "commune__code", "kind", "place", "minutes", "people")
    return Counter(tuple(said) for key, *said in rows.order_by().values_list(*columns) if key not in known)


def _place(mediator: Mediator, taken: list[Found]) -> None:
    """Put on its half-day what was done in a commune where the mediator had exactly one that day."""
    if not taken:
        return
    first, last = min(one.date for one in taken), max(one.date for one in taken)
    held = list(Occupancy.objects.filter(mediator=mediator))
    posts = {row.post_id for row in held}
    visits: dict[tuple[str, dt.date], list[Visit]] = {}
    rows = Visit.objects.filter(epci=mediator.epci, post__in=posts).standing().between(first, last)
    for visit in rows.select_related("commune").defer("commune__outline"):
        if any(row.post_id == visit.post_id and row.holds_on(visit.date) for row in held):
            visits.setdefault((visit.commune.code, visit.date), []).append(visit)
    for one in taken:
        there = visits.get((one.entry.commune, one.date), [])
        if len(there) == 1 and one.entry.place is Place.USUAL:
            one.visit = there[0]


def _replaced(mediator: Mediator, taken: list[Found]) -> Counter[int]:
    """Count, by half-day, the people who were only counted there, and now have a record: nobody is counted twice."""
    people = Counter[int]()
    for one in taken:
        if one.visit is not None:
            people[one.visit.pk] += one.entry.people.total
    counted = Counter[int]()
    rows = Tally.objects.filter(mediator=mediator).of(TallyKind.HELPED).order_by()
    for visit, delta in rows.values_list("visit", "delta"):
        counted[visit] += delta
    return people & counted


def _report(read: list[Understood], found: Analysis, *, known: int) -> Report:
    refused = [one for one in read if one.faults]
    faults = [fault for one in refused for fault in one.faults]
    days = sorted(one.date for one in found.taken)
    told = found.doubles[:MOST_TOLD]
    communes = Commune.objects.filter(code__in={one.entry.commune for one in told}).defer("outline")
    names = {commune.code: str(commune) for commune in communes}
    return Report(
        lines=len(read),
        taken=len(found.taken),
        people=sum(one.entry.people.total for one in found.taken),
        known=known,
        refused=len(refused),
        replaced=found.replaced.total(),
        first=days[0].isoformat() if days else "",
        last=days[-1].isoformat() if days else "",
        faults=[asdict(fault) for fault in faults[:MOST_TOLD]],
        doubled=len(found.doubles),
        doubles=[_told(one, names) for one in told],
        left=_counted([left for one in read if not one.faults for left in one.left]),
    )


def _told(one: Found, names: dict[str, str]) -> dict[str, Any]:
    people = one.entry.people.total
    many = f"{people} personnes" if people > 1 else "1 personne"
    words = f"{date_words(one.date)}, {names[one.entry.commune]}, {one.entry.minutes} min, {many}"
    return asdict(Fault(line=one.line, column="", words=words))


def _counted(left: list[Left]) -> list[dict[str, Any]]:
    """Return the values that have no word here, the most frequent first, each with its first line."""
    found = Counter((one.column, one.value) for one in left)
    first = {(one.column, one.value): one.line for one in reversed(left)}
    return [
        {"column": column, "value": value, "count": count, "line": first[column, value]}
        for (column, value), count in found.most_common(MOST_TOLD)
    ]
