"""Figures by theme, mode or age as horizontal bars, each with its name and its value beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from escale.web.pictures.picture import Hidden, Picture, Shown, Table, capital, extremes_words, written
from escale.web.pictures.svg import LEADING, NARROW, WIDE, Sheet, length, lines_of_words, tag, words, wrapped

Bar = tuple[str, Shown]
"""What a figure is called, and the figure."""
THICK = 16
GAP = 12
MASKED_LONG = 44
"""How long the bar of something masked is, whatever it hides."""
LABEL_SHARES = {WIDE: 0.36, NARROW: 0.4}
"""Names that take less of the width stand before their bar; longer ones stand above it on a telephone, and wrap elsewhere."""
MANY = "Plusieurs réponses possibles : la somme peut dépasser le total."


def bars(*, title: str, bars: Sequence[Bar], unit: str = "accompagnements", heading: str, note: str = "") -> Picture:
    """Return a picture of figures in the order given. `heading` is what they are by (« Thème »), `unit` what is counted."""
    return Picture.drawn(
        lambda sheet: drawn_bars(sheet, bars),
        title=title,
        description=extremes_words(bars, unit),
        table=Table(head=(heading, capital(unit)), rows=tuple(bars)),
        note=note,
    )


def drawn_bars(sheet: Sheet, bars: Sequence[Bar]) -> SafeString:
    """Return the rows one under the other, all on one scale that begins at nothing."""
    size = sheet.size
    widest = sheet.width * LABEL_SHARES[sheet.width]
    longest = max((length(name, size) for name, _ in bars), default=0)
    is_above = sheet.is_narrow and longest > widest
    label = min(longest, widest) + 1
    start = 1 if is_above else label + 10
    room = sheet.width - start - _room_of_values(bars, size)
    most = max((value for _, value in bars if not isinstance(value, Hidden)), default=0) or 1
    marks: list[str] = []
    top = 0.0
    for name, value in bars:
        lines = wrapped(name, sheet.width if is_above else label, size)
        tall = len(lines) * size * LEADING
        bar_top = top + (tall + 3 if is_above else max(0, (tall - THICK) / 2))
        first = top + size if is_above or tall > THICK else bar_top + THICK / 2 + size * 0.36
        marks.append(
            lines_of_words(lines, 0, first, size) if is_above else lines_of_words(lines, label, first, size, text_anchor="end")
        )
        marks += _bar(sheet, value, start, bar_top, room / most)
        top = max(bar_top + THICK, top + tall) + GAP
    marks.append(tag("line", "axis", x1=start, y1=0, x2=start, y2=max(top - GAP, 1)) if not is_above else "")
    return sheet.closed(max(top - GAP, 1) + 2, marks)


def _bar(sheet: Sheet, value: Shown, x: float, y: float, scale: float) -> list[str]:
    if isinstance(value, Hidden):
        long = float(MASKED_LONG if value is Hidden.MASKED else 0)
        mark = tag("rect", "masked", x=x, y=y + 0.5, width=long, height=THICK - 1, fill=sheet.hatch) if long else ""
    else:
        long = value * scale
        mark = tag("rect", "bar", x=x, y=y, width=max(long, 1.5), height=THICK) if value else ""
    ink = "soft" if isinstance(value, Hidden) else "strong"
    return [mark, words(written(value), x + long + (6 if mark or x > 1 else 0), y + THICK / 2 + sheet.size * 0.36, ink)]


def _room_of_values(bars: Sequence[Bar], size: float) -> float:
    """Return what is kept free at the right, so that the longest bar has its value beside it."""
    return 10 + max((length(written(value), size) * 1.06 for _, value in bars if not isinstance(value, Hidden)), default=0)
