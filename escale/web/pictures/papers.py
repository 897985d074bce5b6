"""A picture in a document: its drawing with its words for whoever does not see it, and its table, as blocks of the tree."""

from __future__ import annotations

from escale.apps.documents import typeface
from escale.core.documents.tree import Block, Figure, Group, Role, Row, Table, line, paragraph
from escale.web.pictures.picture import Picture, written

NARROW_SPACE = "\u202f"


def figure_of(picture: Picture) -> Figure:
    """Return the drawing for a document: only signs that the typeface has, since nothing else stands in for them there."""
    svg = typeface.showable(picture.svg.replace(NARROW_SPACE, "\u00a0"))
    return Figure(svg=svg, alternative=f"{picture.title}. {picture.description}")


def table_of(picture: Picture) -> Table:
    """Return the figures for a document, the same as on the page."""
    rows = tuple(Row(cells=tuple(line(written(cell)) for cell in row)) for row in picture.table.rows)
    return Table(caption=picture.title, columns=picture.table.head, groups=(Group(rows=rows),))


def blocks_of(picture: Picture) -> tuple[Block, ...]:
    """Return the drawing, its note and its table, in reading order."""
    note = (paragraph(picture.note, role=Role.NOTE),) if picture.note else ()
    return (figure_of(picture), *note, table_of(picture))
