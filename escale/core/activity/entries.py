"""What a device may send: records, counts, marks, a half-day that is closed; and the batch that carries them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from escale.core.activity.records import RecordEntry, Refused
from escale.core.activity.vocabulary import Bound, Ease, TallyKind

UNREADABLE = "Ceci n’a pas la forme attendue ; recharger la page, et recommencer."


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
class EaseEntry:
    """What a resident answered to the anonymous question. `visit` says the commune and the month; no moment is read."""

    key: UUID
    visit: UUID
    answer: Ease


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkEntry:
    """Someone who had an appointment came, or did not; told at a moment, by the clock of the device."""

    key: UUID
    appointment: UUID
    is_present: bool
    entered_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingEntry:
    """A half-day as the mediator closes it: the hours as people write them, and what was found. None is not looked at."""

    key: UUID
    visit: UUID
    started: dt.time
    ended: dt.time
    was_opened: bool | None = None
    was_heated: bool | None = None
    had_private_office: bool | None = None
    had_room: bool | None = None
    had_power: bool | None = None
    had_network: bool | None = None
    is_kit_complete: bool | None = None
    is_shortened: bool = False
    to_finish: bool = False
    words: str = ""
    entered_at: dt.datetime


FOUND = ("was_opened", "was_heated", "had_private_office", "had_room", "had_power", "had_network", "is_kit_complete")
"""What a mediator looks at in a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalEntry:
    """A record that was written by mistake. `key` is that of the record."""

    key: UUID


Entry = RecordEntry | TallyEntry | EaseEntry | MarkEntry | RemovalEntry | ClosingEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a device sent: what it says, or why it cannot be read. `key` is what the device knows it by.

    Someone who read another version of it chose: `replaces` says this one, `yields` the one that is kept here.
    """

    key: str
    entry: Entry | None = None
    replaces: bool = False
    yields: bool = False
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a device sends at once, with what its clock says at that moment."""

    key: UUID
    sent_at: dt.datetime
    items: tuple[Item, ...]
