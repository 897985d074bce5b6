"""A tree as plain words, one line a paragraph: what a hash is taken of, and what is searched and compared."""

from __future__ import annotations

from collections.abc import Iterator

from escale.core.documents.tree import (
    Block,
    Bullets,
    Document,
    Figure,
    Letterhead,
    Line,
    Paragraph,
    Picture,
    Section,
    Signature,
    Table,
)
from escale.core.documents.typography import typeset, words_of


def plain_text(document: Document) -> str:
    """Return all that a document says, from its title to its annexes; its status and its date are not part of it."""
    lines = [typeset(document.title), typeset(document.subtitle), *_blocks(document.blocks, 1)]
    return "\n\n".join(line for line in lines if line) + "\n"


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Section():
                yield f"{'#' * level} {typeset(block.title)}"
                yield from _blocks(block.blocks, level + 1)
            case Paragraph():
                yield _line(block.line)
            case Bullets():
                yield "\n".join(_list(block, 0))
            case Signature():
                yield "\n".join(_line(line) for line in block.lines)
            case Letterhead():
                yield from ("\n".join(typeset(one) for one in lines) for lines in (block.sender, block.recipient, block.above))
            case Table():
                yield "\n".join(_table(block))
            case Figure() | Picture():
                yield f"[{typeset(block.alternative)}]"


def _list(bullets: Bullets, depth: int) -> Iterator[str]:
    for words, lists in bullets.entries:
        yield f"{'  ' * depth}- {_line(words)}"
        for inner in lists:
            yield from _list(inner, depth + 1)


def _table(table: Table) -> Iterator[str]:
    yield typeset(table.caption)
    yield " | ".join(table.columns)
    for group in table.groups:
        if group.heading:
            yield typeset(group.heading)
        for row in group.rows:
            yield " | ".join(_line(cell) for cell in row.cells).rstrip(" |")


def _line(line: Line) -> str:
    return "".join(words_of(piece.value) for piece in line)
