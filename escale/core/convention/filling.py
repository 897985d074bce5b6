"""A text of convention filled with its values: the tree of a document. A value goes in as it is, whatever signs it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from escale.core.convention.nodes import Heading, Item, Listing, Node, Prose, Rule, SignatureBlock, Subtitle, Words
from escale.core.convention.placeholders import Kind, Placeholder, Slot, UnwritableError, Value, written
from escale.core.convention.text import Text
from escale.core.documents.tree import (
    Block,
    Bullets,
    Document,
    Line,
    Paragraph,
    Picture,
    Piece,
    Role,
    Section,
    Signature,
)


class MissingValuesError(ValueError):
    """Blanks that nothing fills; `missing` names them all in French, in the order of the text."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__("Il manque : " + " ; ".join(missing))
        self.missing = missing


def missing_from(text: Text, placeholders: Mapping[str, Placeholder], values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the labels of what a text still asks for, each once, in the order of the text."""
    missing: dict[str, None] = {}
    for slot in text.slots:
        placeholder, value = placeholders[slot.name], values.get(slot.name)
        try:
            if placeholder.kind is Kind.IMAGE:
                _picture_of(placeholder, value)
            else:
                written(slot, placeholder, value)
        except UnwritableError as error:
            missing[str(error)] = None
    return tuple(missing)


def fill(
    text: Text,
    placeholders: Mapping[str, Placeholder],
    values: Mapping[str, Value],
    *,
    issuer: str,
    date: dt.date,
    status: str = "",
    annexes: tuple[Section, ...] = (),
) -> Document:
    """Return the document that a text makes with some values, and its annexes after it.

    Raise MissingValuesError with all that is missing: then nothing is produced.
    """
    if missing := missing_from(text, placeholders, values):
        raise MissingValuesError(missing)
    return _Filling(placeholders, values).document(text, issuer=issuer, date=date, status=status, annexes=annexes)


def _picture_of(placeholder: Placeholder, value: Value | None) -> Picture | None:
    if value is None and not placeholder.required:
        return None
    if not isinstance(value, Picture):
        raise UnwritableError(placeholder.label)
    return value


class _Filling:
    """Fills the nodes of one text."""

    def __init__(self, placeholders: Mapping[str, Placeholder], values: Mapping[str, Value]) -> None:
        self.placeholders = placeholders
        self.values = values

    def document(self, text: Text, *, issuer: str, date: dt.date, status: str, annexes: tuple[Section, ...]) -> Document:
        body = [node for node in text.nodes if not _is_above(node)]
        return Document(
            title=self._said(node.words for node in text.nodes if isinstance(node, Heading) and node.level == 1),
            subtitle=self._said(node.words for node in text.nodes if isinstance(node, Subtitle)),
            issuer=issuer,
            date=date,
            status=status,
            blocks=(*self._blocks(body), *annexes),
        )

    def _blocks(self, nodes: list[Node]) -> tuple[Block, ...]:
        """Fold what follows a heading into its section, up to the next heading as high or to the rule."""
        blocks: list[Block] = []
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            if isinstance(node, Heading):
                end = next((n for n in range(at, len(nodes)) if _closes(node, nodes[n])), len(nodes))
                blocks.append(Section(id=node.id, title=self._said([node.words]), blocks=self._blocks(nodes[at:end])))
                at = end
            else:
                blocks += self._block(node)
        return tuple(blocks)

    def _block(self, node: Node) -> Iterator[Block]:
        match node:
            case Prose() if _is_picture(node, self.placeholders):
                yield from self._pictures(node)
            case Prose():
                yield Paragraph(line=self._line(node.words), role=Role.NOTE if node.is_note else Role.BODY)
            case Listing():
                yield self._bullets(list(node.items))
            case SignatureBlock():
                yield Signature(lines=tuple(line for words in node.lines if (line := self._line(words))))

    def _pictures(self, node: Prose) -> Iterator[Picture]:
        for run in node.words:
            if isinstance(run.part, Slot):
                picture = _picture_of(self.placeholders[run.part.name], self.values.get(run.part.name))
                if picture:
                    yield picture

    def _bullets(self, items: list[Item]) -> Bullets:
        depth = items[0].depth
        made: list[Line | Bullets] = []
        at = 0
        while at < len(items):
            if items[at].depth == depth:
                made.append(self._line(items[at].words))
                at += 1
                continue
            end = next((n for n in range(at, len(items)) if items[n].depth == depth), len(items))
            made.append(self._bullets(items[at:end]))
            at = end
        return Bullets(items=tuple(made))

    def _line(self, words: Words) -> Line:
        """Return the pieces of a line; words that look alike are one piece, so that French spaces are seen across them."""
        pieces: list[tuple[str, bool]] = []
        for run in words:
            said = self._slot(run.part) if isinstance(run.part, Slot) else run.part
            if pieces and pieces[-1][1] == run.strong:
                pieces[-1] = (pieces[-1][0] + said, run.strong)
            elif said:
                pieces.append((said, run.strong))
        return tuple(Piece(value=said, strong=strong) for said, strong in pieces)

    def _slot(self, slot: Slot) -> str:
        return written(slot, self.placeholders[slot.name], self.values.get(slot.name))

    def _said(self, lines: Iterable[Words]) -> str:
        return " ".join(str(piece.value) for words in lines for piece in self._line(words))


def _is_above(node: Node) -> bool:
    return isinstance(node, Subtitle) or (isinstance(node, Heading) and node.level == 1)


def _is_picture(node: Prose, placeholders: Mapping[str, Placeholder]) -> bool:
    slots = [run.part for run in node.words if isinstance(run.part, Slot)]
    return any(placeholders[slot.name].kind is Kind.IMAGE for slot in slots)


def _closes(heading: Heading, node: Node) -> bool:
    return isinstance(node, Rule) or (isinstance(node, Heading) and node.level <= heading.level)
