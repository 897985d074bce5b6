"""Two versions of a text compared, paragraph by paragraph and then word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.4
"""Two paragraphs that share less than this are not one that changed: one went away, the other came."""


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words that follow each other and share one fate."""

    text: str
    fate: Fate


Change = tuple[Words, ...]
"""A paragraph that changed, came or went away, in the order in which it is read."""


def changes_between(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """Return the paragraphs that differ, in the order of the text; those that are the same are left out."""
    return tuple(_changes(before, after))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for kind, first, last, new_first, new_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _paired(list(before[first:last]), list(after[new_first:new_last]))


def _paired(removed: list[str], added: list[str]) -> Iterator[Change]:
    """Yield paragraphs that were replaced: each old one beside the first new one that resembles it."""
    for old in removed:
        place = next((number for number, new in enumerate(added) if _are_alike(old, new)), None)
        if place is None:
            yield (Words(text=old, fate=Fate.REMOVED),)
            continue
        for new in added[:place]:
            yield (Words(text=new, fate=Fate.ADDED),)
        yield tuple(_words(old.split(" "), added[place].split(" ")))
        del added[: place + 1]
    for new in added:
        yield (Words(text=new, fate=Fate.ADDED),)


def _are_alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(" "), new.split(" "), autojunk=False).ratio() >= ALIKE


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Words]:
    for kind, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Words(text=" ".join(old[first:last]), fate=Fate.SAME)
            continue
        if last > first:
            yield Words(text=" ".join(old[first:last]), fate=Fate.REMOVED)
        if new_last > new_first:
            yield Words(text=" ".join(new[new_first:new_last]), fate=Fate.ADDED)
