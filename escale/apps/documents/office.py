"""A tree made into a file that a word processor edits: DOCX and ODT by pandoc, with real headings, lists and header rows."""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from enum import StrEnum
from pathlib import Path
from typing import Any

import pypandoc

from escale.apps.documents import references
from escale.apps.documents.properties import clean, described
from escale.apps.documents.rendering import RenderingError
from escale.core.documents.tree import (
    Block,
    Bullets,
    Document,
    Figure,
    Letterhead,
    Line,
    Paragraph,
    Picture,
    Role,
    Row,
    Section,
    Signature,
    Table,
)
from escale.core.documents.typography import words_of

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT_TYPE = "application/vnd.oasis.opendocument.text"

Node = dict[str, Any]

STYLES = {Role.LEAD: references.LEAD, Role.NOTE: references.NOTE}
NO_ATTRIBUTES: list[Any] = ["", [], []]
DEEPEST = 6
"""A word processor knows no deeper heading than this one that pandoc writes."""


NARROWEST, WIDEST = 12, 40
"""Signs of a column of a table."""

_HEAD_PARTS = 3
"""A letter begins with its sender, its recipient and its date."""


class _Format(StrEnum):
    DOCX = "docx"
    ODT = "odt"


def to_docx(document: Document) -> bytes:
    """Return a document as DOCX. Raise RenderingError when pandoc does not make it."""
    return _converted(document, _Format.DOCX)


def to_odt(document: Document) -> bytes:
    """Return a document as ODT. Raise RenderingError when pandoc does not make it."""
    return _converted(document, _Format.ODT)


def _converted(document: Document, file_format: _Format) -> bytes:
    # Pandoc is given its own tree, never Markdown: no sign that people typed can mean anything.
    meta = _meta(document)
    blocks = _blocks(document.blocks, 1, file_format)
    is_letter = bool(document.blocks) and isinstance(document.blocks[0], Letterhead)
    if is_letter:
        # A letter says what it is about under its head: pandoc would put its title above.
        blocks[_HEAD_PARTS:_HEAD_PARTS] = [_styled(references.SUBJECT, {"t": "Para", "c": _words(f"Objet : {document.title}")})]
        del meta["title"]
    tree = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}
    with tempfile.TemporaryDirectory() as folder:
        target, styles = Path(folder) / f"document.{file_format}", Path(folder) / f"reference.{file_format}"
        styles.write_bytes(references.reference(file_format.value))
        options = ["--sandbox", f"--reference-doc={styles}"]
        try:
            pypandoc.convert_text(json.dumps(tree), file_format.value, format="json", outputfile=str(target), extra_args=options)
        except RuntimeError as error:
            raise RenderingError(f"{document.title} : {error}") from error
        made = target.read_bytes()
    return described(made, document)


def _meta(document: Document) -> Node:
    meta: Node = {
        "title": _meta_words(document.title),
        "lang": {"t": "MetaString", "c": f"{document.language}-FR"},
    }
    if said := " – ".join(words for words in (document.subtitle, document.status) if words):
        meta["subtitle"] = _meta_words(said)
    return meta


def _meta_words(text: str) -> Node:
    return {"t": "MetaInlines", "c": _words(text)}


def _blocks(blocks: tuple[Block, ...], level: int, file_format: _Format) -> list[Node]:
    found: list[Node] = []
    for at, block in enumerate(blocks):
        nodes = _block(block, level, file_format)
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        # Nobody signs a page on which nothing stands.
        is_last_words = isinstance(block, Paragraph) and isinstance(after, Signature)
        found += [_styled(references.ABOVE_SIGNATURE, *nodes)] if is_last_words else nodes
    return found


def _block(block: Block, level: int, file_format: _Format) -> list[Node]:
    match block:
        case Paragraph():
            said = _para(block.line)
            return [_styled(STYLES[block.role], said)] if block.role in STYLES else [said]
        case Bullets():
            return [_list(block)]
        case Table():
            return [_table(block)]
        case Figure():
            # A word processor shows no drawing of ours: its words stand for it.
            return [{"t": "Para", "c": _words(block.alternative)}]
        case Picture():
            return [{"t": "Para", "c": [_image(block)]}]
        case Signature():
            party, *people = (_para(words) for words in block.lines)
            return [_styled(references.PARTY, party), _styled(references.SIGNATORY, *people)]
        case Letterhead():
            parts = ((references.SENDER, block.sender), (references.RECIPIENT, block.recipient), (references.ABOVE, block.above))
            return [_styled(style, _broken(lines)) for style, lines in parts]
        case Section():
            heading = {"t": "Header", "c": [min(level, DEEPEST), [block.id, [], []], _words(block.title)]}
            above = [_page_break(file_format)] if block.is_annex and level == 1 else []
            return [*above, heading, *_blocks(block.blocks, level + 1, file_format)]


def _page_break(file_format: _Format) -> Node:
    return {"t": "RawBlock", "c": list(references.PAGE_BREAKS[file_format.value])}


def _styled(style: str, *nodes: Node) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(nodes)]}


def _broken(lines: tuple[str, ...]) -> Node:
    """Return a paragraph whose lines begin where they are told to."""
    return {"t": "Para", "c": [node for one in lines for node in ({"t": "LineBreak"}, *_words(one))][1:]}


def _para(line: Line) -> Node:
    return {"t": "Para", "c": _line(line)}


def _list(bullets: Bullets) -> Node:
    items = [[{"t": "Plain", "c": _line(words)}, *(_list(under) for under in lists)] for words, lists in bullets.entries]
    if bullets.ordered:
        return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}
    return {"t": "BulletList", "c": items}


def _image(picture: Picture) -> Node:
    media = {"png": "image/png", "jpg": "image/jpeg"}[picture.kind]
    address = f"data:{media};base64,{b64encode(picture.content).decode('ascii')}"
    return {"t": "Image", "c": [["", [], [["height", "2cm"]]], _words(picture.alternative), [address, ""]]}


def _table(table: Table) -> Node:
    caption = [None, [{"t": "Plain", "c": _words(table.caption)}]]
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in _widths(table)]
    head = [NO_ATTRIBUTES, [[NO_ATTRIBUTES, [_cell(_words(name)) for name in table.columns]]]]
    bodies = [
        [
            NO_ATTRIBUTES,
            0,
            [[NO_ATTRIBUTES, [_cell(_words(group.heading), width=len(table.columns))]]] if group.heading else [],
            [_row(row) for row in group.rows],
        ]
        for group in table.groups
    ]
    return {"t": "Table", "c": [NO_ATTRIBUTES, caption, columns, head, bodies, [NO_ATTRIBUTES, []]]}


def _widths(table: Table) -> list[float]:
    """Return the share of the line of each column: what its longest words ask for, within reason."""
    rows = [row for group in table.groups for row in group.rows]
    longest = [
        max(len(name), *(sum(len(words_of(piece.value)) for piece in row.cells[at]) for row in rows))
        for at, name in enumerate(table.columns)
    ]
    wanted = [min(max(length, NARROWEST), WIDEST) for length in longest]
    return [length / sum(wanted) for length in wanted]


def _row(row: Row) -> list[Any]:
    return [NO_ATTRIBUTES, [_cell(_line(cell)) for cell in row.cells]]


def _cell(words: list[Node], *, width: int = 1) -> list[Any]:
    return [NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, width, [{"t": "Plain", "c": words}]]


def _line(line: Line) -> list[Node]:
    nodes: list[Node] = []
    for piece in line:
        words = _words(words_of(piece.value))
        nodes += [{"t": "Strong", "c": words}] if piece.strong else words
    return nodes


def _words(text: str) -> list[Node]:
    # An ordinary space is a node of its own for pandoc; a no-break one stays inside its word.
    nodes: list[Node] = []
    for number, word in enumerate(clean(text).split(" ")):
        nodes += [{"t": "Space"}] if number else []
        nodes += [{"t": "Str", "c": word}] if word else []
    return nodes
