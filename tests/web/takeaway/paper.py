"""Read a PDF as a search in it does: the glyphs of each page, turned back into signs by the tables of their fonts."""

from __future__ import annotations

import io
import re

import pikepdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF in the order of its pages, with plain spaces."""
    told = " ".join(_words(page) for page in opened(pdf).pages)
    return " ".join(told.replace("\u202f", " ").replace("\u00a0", " ").split())


def _words(page: pikepdf.Page) -> str:
    tables = {name: _signs(font.ToUnicode.read_bytes().decode()) for name, font in page.Resources.Font.items()}
    found: list[str] = []
    signs: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        operands = list(step.operands)
        match str(step.operator):
            case "Tf":
                signs = tables[str(operands[0])]
            case "Tj" | "TJ":
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                found += [_decoded(bytes(part), signs) for part in parts if isinstance(part, pikepdf.String)]
            case "ET":
                found.append(" ")
    return "".join(found)


def _decoded(glyphs: bytes, signs: dict[int, str]) -> str:
    pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
    return "".join(signs.get(high << 8 | low, "") for high, low in pairs)


def _signs(table: str) -> dict[int, str]:
    """Read the « bfchar » lines of a ToUnicode table, which is all that Typst writes."""
    lines = "".join(re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL))
    pairs = re.findall(r"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>", lines)
    return {int(glyph, 16): bytes.fromhex(sign).decode("utf-16-be") for glyph, sign in pairs}
