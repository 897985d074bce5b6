"""Read records and batches from what a form or a telephone sent: one reading for both, with a French word for each refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from escale.core.activity.entries import (
    FOUND,
    UNREADABLE,
    Batch,
    ClosingEntry,
    EaseEntry,
    Entry,
    Item,
    MarkEntry,
    RemovalEntry,
    TallyEntry,
)
from escale.core.activity.reading import MOST_SIGNS, UNKNOWN, Reader
from escale.core.activity.records import People, RecordEntry, Refused
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Bound,
    Device,
    Ease,
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

MOST_ITEMS = 200
"""What one batch may carry; a telephone that holds more sends several."""
MOST_WORDS = 200


def parse_batch(given: object) -> Batch:
    """Read a batch from what JSON makes of it. What is wrong in one item refuses that item alone; raise Refused for the whole."""
    found = Reader(given)
    key, sent_at = found.uuid("key"), found.moment("sent_at")
    rows = found.raw("items")
    if not isinstance(rows, list) or len(rows) > MOST_ITEMS:
        found.reasons["items"] = f"Un envoi porte au plus {MOST_ITEMS} fiches."
    found.refuse()
    return Batch(key=key, sent_at=sent_at, items=tuple(_parse_item(row) for row in rows))


def parse_record(given: object) -> RecordEntry:
    """Read a record. Raise Refused, by field: what cannot be read, else what cannot be."""
    found = Reader(given)
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
        "mode": (mode := found.choice("mode", Mode, default=Mode.ON_SITE)),
        "place": found.choice("place", Place, default=Place.USUAL if mode is Mode.ON_SITE else Place.REMOTE),
        "public": found.choice("public", Public, default=Public.RESIDENTS),
        "minutes": found.number("own_minutes" if found.raw("own_minutes") else "minutes"),
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
    found = Reader(given)
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


def _parse_ease(given: object) -> EaseEntry:
    found = Reader(given)
    values: dict[str, Any] = {name: found.uuid(name) for name in ("key", "visit")}
    answer = found.number("answer")
    if answer not in list(Ease):
        found.reasons.setdefault("answer", UNKNOWN)
    found.refuse()
    return EaseEntry(**values, answer=Ease(answer))


def _parse_mark(given: object) -> MarkEntry:
    found = Reader(given)
    values: dict[str, Any] = {name: found.uuid(name) for name in ("key", "appointment")}
    values |= {"is_present": found.truth("is_present"), "entered_at": found.moment("entered_at")}
    found.refuse()
    return MarkEntry(**values)


def _parse_removal(given: object) -> RemovalEntry:
    found = Reader(given)
    key = found.uuid("key")
    found.refuse()
    return RemovalEntry(key=key)


def _parse_closing(given: object) -> ClosingEntry:
    found = Reader(given)
    values: dict[str, Any] = {name: found.uuid(name) for name in ("key", "visit")}
    values |= {name: found.time(name) for name in ("started", "ended")}
    values |= {name: found.maybe(name, found.truth) for name in FOUND}
    values |= {name: bool(found.maybe(name, found.truth)) for name in ("is_shortened", "to_finish")}
    values |= {"words": found.text("words", MOST_WORDS), "entered_at": found.moment("entered_at")}
    found.refuse()
    return ClosingEntry(**values)


_SORTS: Mapping[str, Callable[[object], Entry]] = {
    "record": parse_record,
    "tally": parse_tally,
    "ease": _parse_ease,
    "mark": _parse_mark,
    "removal": _parse_removal,
    "closing": _parse_closing,
}
"""What an item may be, by its « sort »."""


def _parse_item(given: object) -> Item:
    fields = given if isinstance(given, dict) else {}
    key = str(fields.get("key", ""))[:MOST_SIGNS]
    parse = _SORTS.get(str(fields.get("sort", "")))
    if parse is None:
        return Item(key=key, reasons={"sort": UNREADABLE})
    try:
        chosen = {name: fields.get(name) is True for name in ("replaces", "yields")}
        return Item(key=key, entry=parse(given), reasons={}, **chosen)
    except Refused as refused:
        return Item(key=key, reasons=refused.reasons)


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
