"""What a text of convention is made of, before its blanks are filled."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from escale.core.convention.placeholders import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words, or a slot, all bold or not."""

    part: str | Slot
    strong: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of the text (level 1) or of one of its articles."""

    level: int
    id: str
    words: Words
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A paragraph; a note is not of the text itself."""

    words: Words
    is_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitle:
    """What stands under the title."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a list, `depth` lists deep; the first list is 0."""

    depth: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines of a list that follow each other."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """Where a party signs."""

    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The end of the articles."""


Node = Heading | Prose | Subtitle | Listing | SignatureBlock | Rule


def words_of(node: Node) -> tuple[Words, ...]:
    """Return the lines of a node."""
    match node:
        case Heading() | Prose() | Subtitle():
            return (node.words,)
        case Listing():
            return tuple(item.words for item in node.items)
        case SignatureBlock():
            return node.lines
        case Rule():
            return ()


def said(words: Words) -> str:
    """Return a line as plain words, its slots as they are written."""
    return "".join(run.part.written if isinstance(run.part, Slot) else run.part for run in words)


def plain(text: str) -> str:
    """Return a text as one compares it: one kind of space, apostrophe and case."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())
