"""What a picture is: a drawing for wide and for narrow screens, the words that stand for it, and the table of its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.safestring import SafeString

from escale.core.documents.typography import words_of
from escale.web.pictures.svg import NARROW, WIDE, Sheet


class Hidden(StrEnum):
    """Why a figure is not shown; its word stands in its place, in the drawing and in the table."""

    MASKED = "masqué"
    MISSING = "donnée absente"
    AHEAD = "à venir"


Shown = int | float | Hidden
"""A figure, or why there is none. What is hidden is drawn at one size: nothing can be read from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures of a picture: a header row, then rows whose first cell names them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | Shown, ...], ...]

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The name of each column, and whether it holds numbers."""
        return [(name, any(_is_number(row[at]) for row in self.rows)) for at, name in enumerate(self.head)]

    @property
    def written(self) -> list[list[tuple[str, str, bool]]]:
        """Each cell in words, with the name of its column, and whether that one holds numbers."""
        return [
            [(name, written(cell), is_number) for (name, is_number), cell in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing and all that says the same in words.

    `svg` is the one of a wide screen and of paper, `narrow` that of a telephone: the same figures, laid out for its width.
    """

    title: str
    description: str
    table: Table
    svg: SafeString = field(repr=False)
    narrow: SafeString = field(repr=False)
    note: str = ""

    @classmethod
    def drawn(cls, draw: Callable[[Sheet], SafeString], *, title: str, description: str, table: Table, note: str = "") -> Picture:
        """Return a picture that one function draws on the two sheets."""
        svg, narrow = (draw(Sheet(width=width, title=title, description=description)) for width in (WIDE, NARROW))
        return cls(title=title, description=description, table=table, svg=svg, narrow=narrow, note=note)


def _is_number(cell: str | Shown) -> bool:
    return isinstance(cell, Hidden) or not isinstance(cell, str)


def written(value: str | Shown) -> str:
    """Write a figure in French: « 1 204 », « 12,4 », « masqué »."""
    if isinstance(value, float):
        whole, _, rest = f"{value:.1f}".partition(".")
        return words_of(int(whole)) if rest == "0" else f"{'-' if value < 0 else ''}{words_of(abs(int(whole)))},{rest}"
    return words_of(value.value if isinstance(value, Hidden) else value)


def capital(text: str) -> str:
    """Return a text as a sentence or a heading begins."""
    return text[:1].upper() + text[1:]


def hidden_words(values: Iterable[Shown]) -> str:
    """Return « 2 valeurs masquées, 1 à venir »; nothing when all is shown."""
    found = list(values)
    counts = {why: found.count(why) for why in Hidden}
    said = {
        Hidden.MASKED: ("valeur masquée", "valeurs masquées"),
        Hidden.MISSING: ("donnée absente", "données absentes"),
        Hidden.AHEAD: ("valeur à venir", "valeurs à venir"),
    }
    return ", ".join(f"{count} {said[why][count > 1]}" for why, count in counts.items() if count)


def extremes_words(named: Iterable[tuple[str, Shown]], unit: str) -> str:
    """Return « Le plus : mars, 41 accompagnements ; le moins : août, 3. », of what is shown; then what is hidden."""
    pairs = list(named)
    seen = [(name, value) for name, value in pairs if not isinstance(value, Hidden)]
    hidden = hidden_words(value for _, value in pairs)
    last = f" {capital(hidden)}." if hidden else ""
    if not seen:
        return f"Aucune valeur à montrer.{last}"
    if len({value for _, value in seen}) == 1:
        value = written(seen[0][1])
        return (f"{seen[0][0]} : {value} {unit}." if len(seen) == 1 else f"Partout {value} {unit}.") + last
    most, least = max(seen, key=lambda pair: pair[1]), min(seen, key=lambda pair: pair[1])
    return f"Le plus : {most[0]}, {written(most[1])} {unit} ; le moins : {least[0]}, {written(least[1])}.{last}"
