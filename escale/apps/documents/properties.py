"""What a DOCX or ODT says of itself: its title, who says it, and the words of its pictures, where pandoc leaves them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from escale.apps.documents import references
from escale.core.documents.tree import Block, Document, Picture, Section
from escale.core.documents.typography import typeset

PROPERTIES = ("docProps/core.xml", "meta.xml")
TOLD = re.compile(rb"<dc:(title|creator)\s*/>|<dc:(title|creator)>[^<]*</dc:\2>")
END = re.compile(rb"(?=</cp:coreProperties>|</office:meta>)")
FRAME = re.compile(rb"(?=</draw:frame>)")


def described(made: bytes, document: Document) -> bytes:
    """Return a file with its title and its author among its properties, and in an ODT the words of each picture."""
    title, author = (escape(clean(words)) for words in (document.title, document.issuer))
    said = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>".encode()
    words = iter([escape(clean(picture.alternative)) for picture in _pictures(document.blocks)])

    def change(name: str, content: bytes) -> bytes:
        if name in PROPERTIES:
            return END.sub(lambda _: said, TOLD.sub(b"", content), count=1)
        if name == "content.xml":
            return FRAME.sub(lambda _: f"<svg:desc>{next(words)}</svg:desc>".encode(), content)
        return content

    return references.rewritten(made, change)


def clean(text: str) -> str:
    """Return a text with its French spaces, without the signs that XML refuses or that hide in it."""
    return "".join(sign for sign in typeset(text) if sign.isprintable() or sign in " \u00a0\u202f")


def _pictures(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Section):
            yield from _pictures(block.blocks)
