"""Read records and batches from what a form or a telephone sent: one reading for both, with a French word for each refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from escale.core.activity.records import People, RecordEntry, Refused
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Bound,
    Device,
    Gender,
    Level,
    Mandate,
    Mission,
    Mode,
    Orientation,
    Place,
    Posture,
    Procedure,
    Public,
    Status,
    TallyKind,
    Theme,
)

E = TypeVar("E", bound=StrEnum)
MOST_ITEMS = 1000
"""What one batch may carry; a telephone that holds more sends several."""
MOST_SIGNS = 80
UNREADABLE = "Ceci n’a pas la forme attendue ; recharger la page, et recommencer."
UNKNOWN = "Ce choix n’est pas dans la liste ; en choisir un autre."


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyEntry:
    """One more person, or one less, who is only counted. `reason` is of what is out of bounds."""

    key: UUID
    visit: UUID
    kind: TallyKind
    reason: Bound | None = None
    delta: int = 1
    entered_at: dt.datetime

    def __post_init__(self) -> None:
        reasons = {}
        if self.delta not in (-1, 1):
            reasons["delta"] = "On compte une personne à la fois."
        if (self.reason is not None) != (self.kind is TallyKind.OUT_OF_BOUNDS):
            reasons["reason"] = "Dire pourquoi la demande est hors cadre."
        if self.entered_at.tzinfo is None:
            reasons["entered_at"] = UNREADABLE
        if reasons:
            raise Refused(reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkEntry:
    """Someone who had an appointment came, or did not."""

    key: UUID
    appointment: UUID
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalEntry:
    """A record that was written by mistake. `key` is that of the record."""

    key: UUID


Entry = RecordEntry | TallyEntry | MarkEntry | RemovalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a device sent: what it says, or why it cannot be read. `key` is what the device knows it by."""

    key: str
    entry: Entry | None = None
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a device sends at once, with what its clock says at that moment."""

    key: UUID
    sent_at: dt.datetime
    items: tuple[Item, ...]


def parse_batch(given: object) -> Batch:
    """Read a batch from what JSON makes of it. What is wrong in one item refuses that item alone; raise Refused for the whole."""
    found = _Reader(given)
    key, sent_at = found.uuid("key"), found.moment("sent_at")
    rows = found.raw("items")
    if not isinstance(rows, list) or len(rows) > MOST_ITEMS:
        found.reasons["items"] = f"Un envoi porte au plus {MOST_ITEMS} fiches."
    found.refuse()
    return Batch(key=key, sent_at=sent_at, items=tuple(_parse_item(row) for row in rows))


def parse_record(given: object) -> RecordEntry:
    """Read a record. Raise Refused, by field: what cannot be read, else what cannot be."""
    found = _Reader(given)
    values: dict[str, Any] = {
        "key": found.uuid("key"),
        "version": found.number("version", default=1),
        "kind": found.choice("kind", ActivityKind, default=ActivityKind.INDIVIDUAL),
        "entered_at": found.moment("entered_at"),
        "asked_at": found.maybe("asked_at", found.moment),
        "visit": found.maybe("visit", found.uuid),
        "commune": found.text("commune"),
        "appointment": found.maybe("appointment", found.uuid),
        "workshop": found.text("workshop"),
        "urgency": found.text("urgency"),
        "mode": (mode := found.choice("mode", Mode, default=Mode.ON_SITE)),
        "place": found.choice("place", Place, default=Place.USUAL if mode is Mode.ON_SITE else Place.REMOTE),
        "public": found.choice("public", Public, default=Public.RESIDENTS),
        "minutes": found.number("minutes"),
        "mandate": found.choice("mandate", Mandate, default=Mandate.NONE),
        "people": found.people(),
        **{name: found.choices(name, sort) for name, sort in MANY.items()},
        **{name: found.maybe(name, found.choice, sort) for name, sort in ONE_OF.items()},
        **{name: found.maybe(name, found.truth) for name in ("is_first_time", "is_solved", "took_pix")},
    }
    found.refuse()
    return RecordEntry(**values)


def parse_tally(given: object) -> TallyEntry:
    """Read a count."""
    found = _Reader(given)
    values: dict[str, Any] = {
        "key": found.uuid("key"),
        "visit": found.uuid("visit"),
        "kind": found.choice("kind", TallyKind),
        "reason": found.maybe("reason", found.choice, Bound),
        "delta": found.number("delta", default=1),
        "entered_at": found.moment("entered_at"),
    }
    found.refuse()
    return TallyEntry(**values)


MANY: Mapping[str, type[StrEnum]] = {"themes": Theme, "procedures": Procedure, "devices": Device, "missions": Mission}
ONE_OF: Mapping[str, type[StrEnum]] = {
    "autonomy": Autonomy,
    "orientation": Orientation,
    "level": Level,
    "age": AgeBand,
    "gender": Gender,
    "status": Status,
    "posture": Posture,
}


def _parse_mark(given: object) -> MarkEntry:
    found = _Reader(given)
    values: dict[str, Any] = {name: found.uuid(name) for name in ("key", "appointment")}
    values["is_present"] = found.truth("is_present")
    found.refuse()
    return MarkEntry(**values)


def _parse_removal(given: object) -> RemovalEntry:
    found = _Reader(given)
    key = found.uuid("key")
    found.refuse()
    return RemovalEntry(key=key)


_SORTS: Mapping[str, Callable[[object], Entry]] = {
    "record": parse_record,
    "tally": parse_tally,
    "mark": _parse_mark,
    "removal": _parse_removal,
}
"""What an item may be, by its « sort »."""


def _parse_item(given: object) -> Item:
    fields = given if isinstance(given, dict) else {}
    key = str(fields.get("key", ""))[:MOST_SIGNS]
    parse = _SORTS.get(str(fields.get("sort", "")))
    if parse is None:
        return Item(key=key, reasons={"sort": UNREADABLE})
    try:
        return Item(key=key, entry=parse(given), reasons={})
    except Refused as refused:
        return Item(key=key, reasons=refused.reasons)


class _Reader:
    """Reads the fields of one dict, and gathers what cannot be read; what it returns counts only when nothing was refused."""

    def __init__(self, given: object) -> None:
        self.fields: Mapping[str, Any] = given if isinstance(given, dict) else {}
        self.reasons: dict[str, str] = {}

    def refuse(self) -> None:
        """Raise Refused when something could not be read."""
        if self.reasons:
            raise Refused(self.reasons)

    def raw(self, name: str) -> Any:
        """Return a field as it was given."""
        return self.fields.get(name)

    def maybe(self, name: str, read: Callable[..., Any], *sort: Any) -> Any:
        """Read a field that may be left out."""
        return None if self.raw(name) in (None, "") else read(name, *sort)

    def uuid(self, name: str) -> UUID:
        """Read an identifier."""
        try:
            return UUID(self.raw(name))
        except (AttributeError, TypeError, ValueError):
            return self._wrong(name, UNREADABLE, UUID(int=0))

    def moment(self, name: str) -> dt.datetime:
        """Read a moment with its zone."""
        try:
            found = dt.datetime.fromisoformat(self.raw(name))
            # Near the ends of time no offset can be added.
            aware = found.tzinfo is not None and 2000 <= found.year <= 2999
        except (TypeError, ValueError):
            aware = False
        return found if aware else self._wrong(name, UNREADABLE, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))

    def number(self, name: str, default: int | None = None) -> int:
        """Read a whole number."""
        given = self.raw(name)
        if given in (None, ""):
            return default if default is not None else self._wrong(name, "Donner un nombre.", 1)
        if isinstance(given, bool) or not isinstance(given, int | str) or not str(given).strip().lstrip("-").isdecimal():
            return self._wrong(name, "Donner un nombre, en chiffres.", 1)
        found = int(str(given).strip()[:10])
        return found if abs(found) < 2**31 else self._wrong(name, "Ce nombre est trop grand.", 1)

    def truth(self, name: str) -> bool:
        """Read yes or no, as JSON or as a form writes it."""
        found = {"true": True, "oui": True, "false": False, "non": False}.get(str(self.raw(name)).lower())
        return self._wrong(name, "Répondre par oui ou par non.", False) if found is None else found  # noqa: FBT003 -- no answer

    def text(self, name: str) -> str:
        """Read the name of something that is kept elsewhere: a few letters."""
        given = self.raw(name)
        if given is None:
            return ""
        if not isinstance(given, str) or len(given) > MOST_SIGNS or not given.isprintable():
            return self._wrong(name, UNREADABLE, "")
        return given.strip()

    def choice(self, name: str, sort: type[E], default: E | None = None) -> E:
        """Read one of a closed list."""
        given = self.raw(name)
        if given in (None, "") and default is not None:
            return default
        try:
            return sort(given)
        except ValueError:
            return self._wrong(name, UNKNOWN, next(iter(sort)))

    def choices(self, name: str, sort: type[E]) -> frozenset[E]:
        """Read some of a closed list."""
        given = self.raw(name) or []
        if not isinstance(given, Sequence) or isinstance(given, str):
            return self._wrong(name, UNKNOWN, frozenset())
        try:
            return frozenset(sort(value) for value in given)
        except ValueError:
            return self._wrong(name, UNKNOWN, frozenset())

    def people(self) -> People:
        """Read how many people of each sort came."""
        given = self.raw("people")
        if given is None:
            return People()
        if not isinstance(given, dict):
            return self._wrong("people", UNREADABLE, People())
        inner = _Reader(given)
        people = People(
            total=inner.number("total"),
            known=inner.maybe("known", inner.number),
            ages=inner.counts("ages", AgeBand),
            genders=inner.counts("genders", Gender),
            statuses=inner.counts("statuses", Status),
        )
        self.reasons.update({"people" if name == "total" else name: why for name, why in inner.reasons.items()})
        return people

    def counts(self, name: str, sort: type[E]) -> dict[E, int]:
        """Read a number of people for each of a closed list; those without anyone are left out."""
        given = self.raw(name) or {}
        if not isinstance(given, dict):
            return self._wrong(name, UNREADABLE, {})
        inner = _Reader(given)
        found = {value: inner.number(value, default=0) for value in sort}
        if inner.reasons or set(given) - set(sort):
            return self._wrong(name, "Donner un nombre de personnes pour chaque ligne.", {})
        return {value: count for value, count in found.items() if count}

    def _wrong(self, name: str, why: str, instead: Any) -> Any:
        self.reasons[name] = why
        return instead


def fields_of(entry: RecordEntry) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a record as JSON writes them, for `parse_record` to read again."""
    for name in RecordEntry.__slots__:
        yield name, _plain(getattr(entry, name))


def _plain(value: Any) -> Any:
    match value:
        case People():
            return {name: _plain(getattr(value, name)) for name in People.__slots__}
        case Mapping():
            return {str(key): count for key, count in value.items()}
        case frozenset():
            return sorted(str(part) for part in value)
        case StrEnum() | UUID():
            return str(value)
        case dt.datetime():
            return value.isoformat()
        case _:
            return value
