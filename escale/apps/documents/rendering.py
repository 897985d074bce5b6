"""A tree made into a PDF by Typst, declared PDF/UA-1: the words go in as data, a layout says how they look."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

import typst

from escale.apps.documents import typeface
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

LAYOUTS = Path(__file__).parent / "layouts"
PDF_TYPE = "application/pdf"


class Layout(StrEnum):
    """How a document looks: the name of its file."""

    CONVENTION = "convention"
    DOOR = "door"
    DAY = "day"
    MINUTES = "minutes"
    PLANNING = "planning"
    POCKET = "pocket"
    POSTER = "poster"
    POSTER_A3 = "poster-a3"
    REPORT = "report"
    SIGNING = "signing"
    SLIP = "slip"
    YEAR = "year"


KEPT = frozenset({Layout.CONVENTION})
"""Layouts of what is signed and kept for ever: declared PDF/A-2a too."""


class RenderingError(RuntimeError):
    """A document that does not come out as it should: nothing of it is given away."""


def to_pdf(document: Document, layout: Layout) -> bytes:
    """Return a document as PDF: tagged, in its language, with its typeface inside. Raise RenderingError on any warning.

    The same document gives the same bytes: its date is its own. Typst reads the folders of the layouts and of the typeface and
    nothing else; no layout imports a package.
    """
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(LAYOUTS / f"{layout}.typ"),
            root=str(LAYOUTS),
            format="pdf",
            font_paths=[str(typeface.folder())],
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(written(document))},
            pdf_standards=["ua-1", "a-2a"] if layout in KEPT else ["ua-1"],
        )
    except typst.TypstError as error:
        raise RenderingError(f"{document.title} : {error}") from error
    if warnings:
        raise RenderingError(f"{document.title} : {'; '.join(str(warning) for warning in warnings)}")
    if not isinstance(pdf, bytes):
        raise RenderingError(f"{document.title} : aucun PDF")
    return pdf


def written(document: Document) -> dict[str, Any]:
    """Return a document as the layouts read it: values in words, French spaces, only signs that the typeface has."""
    return {
        "title": _shown(document.title),
        "subtitle": _shown(document.subtitle),
        "issuer": _shown(document.issuer),
        "status": _shown(document.status),
        "language": document.language,
        "date": [document.date.year, document.date.month, document.date.day],
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "role": block.role.value, "line": _line(block.line)}
        case Bullets():
            return _list(block)
        case Table():
            return {"kind": "table", "caption": _shown(block.caption), **_columns_and_rows(block)}
        case Figure():
            return {"kind": "figure", "svg": block.svg, "alternative": _shown(block.alternative)}
        case Picture():
            return {
                "kind": "picture",
                "content": list(block.content),
                "format": block.kind,
                "alternative": _shown(block.alternative),
            }
        case Signature():
            return {"kind": "signature", "lines": [_line(words) for words in block.lines]}
        case Letterhead():
            lines = {"sender": block.sender, "recipient": block.recipient, "above": block.above}
            return {"kind": "letterhead", **{part: [_shown(one) for one in some] for part, some in lines.items()}}
        case Section():
            blocks = [_block(inner) for inner in block.blocks]
            said = {"id": block.id, "title": _shown(block.title), "annex": block.is_annex}
            return {"kind": "section", **said, "blocks": blocks}


def _list(bullets: Bullets) -> dict[str, Any]:
    items = [{"line": _line(words), "lists": [_list(under) for under in lists]} for words, lists in bullets.entries]
    return {"kind": "bullets", "ordered": bullets.ordered, "items": items}


def _columns_and_rows(table: Table) -> dict[str, Any]:
    groups = [
        {
            "heading": _shown(group.heading),
            "rows": [{"mark": row.mark.value, "cells": [_line(cell) for cell in row.cells]} for row in group.rows],
        }
        for group in table.groups
    ]
    return {"columns": [_shown(name) for name in table.columns], "groups": groups}


def _line(line: Line) -> list[dict[str, Any]]:
    return [asdict(piece) | {"value": typeface.showable(words_of(piece.value))} for piece in line]


def _shown(text: str) -> str:
    return typeface.showable(typeset(text))
