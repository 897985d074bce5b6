"""SVG by hand: elements, words that are escaped and measured, and the inks of paper, over which a page lays its own.

Each mark has a class, for the sheet of the page (light, dark), and attributes, for paper: our policy lets no style in.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

WIDE, NARROW = 640, 280
"""Widths of the two drawings, in their own units: what is written at 14 in the narrow one is read at 12 pixels or more."""
SIZES = {WIDE: 13, NARROW: 14}
LEADING = 1.25
FEWEST = 3
"""Letters that go to the next line when a word is broken."""
INK, SOFT, HAIR, PAPER = "#20242e", "#565d6b", "#b9b1a4", "#ffffff"
FOREST, AMBER, LATE, SKY, BRICK = "#2a6149", "#7a4d00", "#7f2b1e", "#2b5673", "#a13a2a"
INKS: Mapping[str, Mapping[str, str]] = {
    "words": {"fill": INK},
    "soft": {"fill": SOFT},
    "strong": {"fill": INK, "font-weight": "700"},
    "over": {"fill": INK, "stroke": PAPER, "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"},
    "axis": {"stroke": SOFT, "stroke-width": "1", "fill": "none"},
    "hair": {"stroke": HAIR, "stroke-width": "1", "fill": "none"},
    "bar": {"fill": FOREST},
    "hatching": {"stroke": SOFT, "stroke-width": "1.5"},
    "masked": {"stroke": SOFT, "stroke-width": "1"},
    "line": {"stroke": BRICK, "stroke-width": "2", "fill": "none"},
    "held": {"fill": FOREST, "stroke": FOREST, "stroke-width": "2"},
    "moved": {"fill": AMBER, "stroke": AMBER, "stroke-width": "2"},
    "made-up": {"fill": SKY, "stroke": SKY, "stroke-width": "2"},
    "blank": {"fill": PAPER},
    "open": {"fill": PAPER, "stroke": SOFT, "stroke-width": "2"},
    "waived": {"fill": PAPER, "stroke": SOFT, "stroke-width": "1.5", "stroke-dasharray": "3 2"},
    "refused": {"fill": PAPER, "stroke": LATE, "stroke-width": "3"},
    "on-dark": {"fill": PAPER, "font-weight": "700"},
    "land-1": {"fill": "#f2f5f3", "stroke": SOFT, "stroke-width": "1"},
    "land-2": {"fill": "#ccdcd4", "stroke": SOFT, "stroke-width": "1"},
    "land-3": {"fill": "#a3bfb1", "stroke": SOFT, "stroke-width": "1"},
    "land-4": {"fill": "#77a08d", "stroke": SOFT, "stroke-width": "1"},
    "unknown": {"fill": PAPER, "stroke": SOFT, "stroke-width": "1"},
    "limit": {"stroke": SOFT, "stroke-width": "1", "fill": "none"},
    "limit-near": {"stroke": SOFT, "stroke-width": "1", "stroke-dasharray": "5 4", "fill": "none"},
    "mean": {"stroke": INK, "stroke-width": "1", "fill": "none"},
    "point": {"fill": PAPER, "stroke": FOREST, "stroke-width": "2"},
    "point-near": {"fill": AMBER, "stroke": AMBER, "stroke-width": "2"},
    "point-far": {"fill": LATE, "stroke": LATE, "stroke-width": "2"},
}
"""What each mark looks like on paper, by the name of its class."""

_GROUPS = (("ijl.,:;'’·|! ", 0.27), ("rft()-/", 0.34), ("ksvxyzcJ1", 0.48), ("mwMW%œŒ…«»", 0.85))
_WIDTHS = {sign: width for signs, width in _GROUPS for sign in signs}
Number = int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing: how wide it is, and the words that a screen reader says of it."""

    width: int
    title: str
    description: str

    @property
    def size(self) -> int:
        """Size of its letters."""
        return SIZES[self.width]

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a telephone."""
        return self.width == NARROW

    @property
    def hatch(self) -> str:
        """What fills the place of something that is not shown."""
        return f"url(#{self._key}-h)"

    def name_of(self, mark: str) -> str:
        """Return an identifier for a mark that is drawn many times."""
        return f"{self._key}-{mark}"

    def closed(self, height: Number, marks: Iterable[str], *, repeated: Iterable[str] = ()) -> SafeString:
        """Return the whole drawing, `height` units high; `repeated` marks are shown only where they are used by their name."""
        key = self._key
        stripe = tag("line", "hatching", x1=0, y1=0, x2=0, y2=6)
        pattern = tag(
            "pattern",
            inner=stripe,
            id=f"{key}-h",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )
        head = (
            tag("title", inner=escape(clean(self.title)), id=f"{key}-t"),
            tag("desc", inner=escape(clean(self.description)), id=f"{key}-d"),
            tag("defs", inner="".join((pattern, *repeated))),
        )
        return tag(
            "svg",
            inner="".join((*head, *marks)),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width} {_number(height)}",
            role="img",
            aria_labelledby=f"{key}-t {key}-d",
            font_family="Atkinson Hyperlegible",
            font_size=self.size,
        )

    @property
    def _key(self) -> str:
        said = f"{self.width}\n{self.title}\n{self.description}"
        return "p" + hashlib.sha256(said.encode(errors="replace")).hexdigest()[:8]


def tag(name: str, ink: str = "", *, inner: str = "", **attributes: str | Number) -> SafeString:
    """Return an element; `inner` is markup already. Attributes are written with hyphens and win over those of the ink."""
    told = {key if key in _CAMELS else key.replace("_", "-"): value for key, value in attributes.items()}
    looks = {"class": f"pic-{ink}", **INKS[ink]} if ink else {}
    written = "".join(f' {key}="{escape(_number(value))}"' for key, value in (looks | told).items())
    return SafeString(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")


def words(text: str, x: Number, y: Number, ink: str = "words", **attributes: str | Number) -> SafeString:
    """Return some words whose line stands at `y`."""
    return tag("text", ink, inner=escape(clean(text)), x=x, y=y, **attributes)


def lines_of_words(
    lines: Iterable[str], x: Number, y: Number, size: Number, ink: str = "words", **attributes: str | Number
) -> SafeString:
    """Return lines of words one under the other, the first one at `y`."""
    return SafeString("".join(words(line, x, y + at * size * LEADING, ink, **attributes) for at, line in enumerate(lines)))


def length(text: str, size: Number) -> float:
    """Return about how wide some words are, a little too much rather than too little."""
    return size * sum(_WIDTHS.get(sign, 0.69 if sign.isupper() or ord(sign) > 0x2FF else 0.56) for sign in text)


def wrapped(text: str, room: Number, size: Number, *, most: int = 3) -> list[str]:
    """Return words on lines that have `room`, at most `most` of them; the table has what is cut."""
    lines = [""]
    for word in clean(text).split(" "):
        for part in _parts(word, room, size, most):
            longer = f"{lines[-1]} {part}".strip()
            if not lines[-1] or length(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) <= most:
        return lines
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], f"{rest[: _fitting(rest, room, size, '…')]}…"]


def clean(text: str) -> str:
    """Leave out what no XML may hold, and what would turn the direction of a text."""
    return "".join(sign for sign in str(text) if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn", "Co"})


def _parts(word: str, room: Number, size: Number, most: int) -> list[str]:
    """Return a word in parts that fit, each but the last with its hyphen; what no line will have is left whole."""
    parts: list[str] = []
    while (
        length(word, size) > room and len(parts) < most and (fits := min(_fitting(word, room, size, "-"), len(word) - FEWEST)) > 0
    ):
        parts.append(f"{word[:fits]}-")
        word = word[fits:]
    return [*parts, word]


def _fitting(line: str, room: Number, size: Number, end: str) -> int:
    """Return how many signs of a line fit before its `end`."""
    long, fits = length(end, size), 0
    while fits < len(line) and (long := long + length(line[fits], size)) <= room:
        fits += 1
    return fits


def _number(value: str | Number) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


_CAMELS = frozenset({"viewBox", "patternUnits", "patternTransform"})
