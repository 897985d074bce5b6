"""What a document says, whatever it will look like: a tree of sections, paragraphs, lists, tables and figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.hours import Hours
from escale.core.calendar.months import Month

Value = str | int | dt.date | dt.time | Hours | Month
"""What a piece of text may hold: words, or a value that is written in French when the document is."""


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"


class Mark(StrEnum):
    """What a piece or a row has to say besides its words; colour never says it alone."""

    NONE = ""
    MOVED = "moved"
    CANCELLED = "cancelled"
    MISSING = "missing"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words or a value inside a line."""

    value: Value
    strong: bool = False
    mark: Mark = Mark.NONE


Line = tuple[Piece, ...]
"""Pieces that follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some words."""

    line: Line
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list, numbered or not; a list among its items stands under the line before it."""

    items: tuple[Line | Bullets, ...]
    ordered: bool = False

    def __post_init__(self) -> None:
        if not self.items or isinstance(self.items[0], Bullets):
            raise ValueError("Une liste a au moins une ligne, et commence par elle.")

    @property
    def entries(self) -> list[tuple[Line, tuple[Bullets, ...]]]:
        """Each line with the lists that stand under it."""
        found: list[tuple[Line, tuple[Bullets, ...]]] = []
        for item in self.items:
            if isinstance(item, Bullets):
                above, lists = found[-1]
                found[-1] = (above, (*lists, item))
            else:
                found.append((item, ()))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of a table from left to right."""

    cells: tuple[Line, ...]
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of a table that belong together, under a heading of their own when it is written."""

    rows: tuple[Row, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its header row names the columns, and the first cell of each row names the row."""

    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        if not self.columns or not all(self.columns):
            raise ValueError(f"« {self.caption} » : chaque colonne a un titre.")
        for row in (row for group in self.groups for row in group.rows):
            if len(row.cells) != len(self.columns):
                raise ValueError(f"« {self.caption} » : {len(row.cells)} cases pour {len(self.columns)} colonnes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing (SVG) and the words that stand for it where it cannot be seen."""

    svg: str
    alternative: str

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("Une figure a un texte de remplacement.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image (PNG or JPEG) such as a logo, and the words that stand for it where it cannot be seen."""

    content: bytes
    alternative: str

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("Une image a un texte de remplacement.")
        if not self.kind:
            raise ValueError("Une image est un fichier PNG ou JPEG.")

    @property
    def kind(self) -> str:
        """What the first bytes say: « png », « jpg », or nothing."""
        return next((kind for sign, kind in SIGNS_OF_PICTURES.items() if self.content.startswith(sign)), "")


SIGNS_OF_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Where a party signs: its lines, from the party to the quality of who signs. Signatures in a row stand side by side."""

    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("Une signature nomme au moins une partie.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of a letter: who writes, to whom and where, then how it leaves and its date, each line by line."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    above: tuple[str, ...]

    def __post_init__(self) -> None:
        if not (self.sender and self.recipient and self.above):
            raise ValueError("Une lettre nomme son expéditeur, son destinataire et sa date.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with a title: an article of a convention, a chapter of a report. Its identifier stays when its title changes."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.id):
            raise ValueError(f"« {self.id} » n’est pas un identifiant ; écrire par exemple « article-4 ».")
        if not self.title.strip():
            raise ValueError(f"La partie « {self.id} » n’a pas de titre.")

    @property
    def is_annex(self) -> bool:
        """Whether it begins a page of its own, as its identifier says: « annexe-planning »."""
        return self.id.startswith("annexe")


Block = Paragraph | Bullets | Table | Figure | Picture | Signature | Letterhead | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document: what it is called, who says it, on which day, in which language.

    `status` stands at the top of what does not hold yet, such as a draft. Two sections never share an identifier.
    """

    title: str
    issuer: str
    date: dt.date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    status: str = ""
    language: str = "fr"

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("Un document a un titre.")
        names = [section.id for section in sections_of(self.blocks)]
        if twins := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"Deux parties ont le même identifiant : {', '.join(sorted(twins))}.")


def sections_of(blocks: tuple[Block, ...]) -> list[Section]:
    """Return the sections among some blocks and inside them, in reading order."""
    found: list[Section] = []
    for block in blocks:
        if isinstance(block, Section):
            found += [block, *sections_of(block.blocks)]
    return found


def line(*values: Value | Piece) -> Line:
    """Return a line of plain pieces; what is a piece already stays as it is."""
    return tuple(value if isinstance(value, Piece) else Piece(value=value) for value in values)


def paragraph(*values: Value | Piece, role: Role = Role.BODY) -> Paragraph:
    """Return a paragraph of one line."""
    return Paragraph(line=line(*values), role=role)


def strong(value: Value) -> Piece:
    """Return a piece that stands out."""
    return Piece(value=value, strong=True)
