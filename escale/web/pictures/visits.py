"""The visits of a year as a line with its stops: a full sign where someone came, an open one elsewhere, each with its letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from escale.core.calendar.french import MONTH_WORDS, month_words
from escale.core.calendar.months import Month
from escale.web.pictures.months import month_labels
from escale.web.pictures.picture import Picture, Table, capital
from escale.web.pictures.signs import CAME, NOT_DUE, OUTCOMES, QUIET, RADIUS, SMALL, Outcome, dot, nothing, sign
from escale.web.pictures.svg import LEADING, Sheet, length, lines_of_words, tag, words, wrapped

STEP = 2.2 * RADIUS
"""How far apart the half-days of one month stand."""
HEADED = 10
"""Rows after which the initials of the months are written again, on a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMark:
    """A half-day of a month; `day` is its date in few words (« jeu. 8 »), when it is told."""

    outcome: Outcome
    day: str = ""


Visits = Sequence[Sequence[VisitMark]]
"""Those of each month; none where nothing was due."""


def year_of_visits(*, title: str, months: Sequence[Month], visits: Visits, empty: str = NOT_DUE) -> Picture:
    """Return the year of one commune; `empty` is said of a month without any half-day."""
    rows = tuple((month_words(month), *said) for month, some in zip(months, visits, strict=True) for said in _said(some, empty))
    return Picture.drawn(
        lambda sheet: _upright(sheet, months, visits, empty) if sheet.is_narrow else _line(sheet, months, visits, empty),
        title=title,
        description=_counted([visits], empty),
        table=Table(head=("Mois", "Date", "Demi-journée"), rows=rows),
    )


def years_of_visits(
    *,
    title: str,
    months: Sequence[Month],
    rows: Sequence[tuple[str, Visits]],
    heading: str = "Commune",
    empty: str = NOT_DUE,
) -> Picture:
    """Return the years of many communes, one under the other; the rows in the order given."""
    cells = tuple(_row(name, months, visits, empty) for name, visits in rows)
    return Picture.drawn(
        lambda sheet: _rows(sheet, months, rows, empty),
        title=title,
        description=f"{len(rows)} lignes. {_counted([visits for _, visits in rows], empty)}",
        table=Table(head=(heading, "Tenues en tout", "Autrement que prévu"), rows=cells),
    )


def _said(visits: Sequence[VisitMark], empty: str) -> list[tuple[str, str]]:
    return [(visit.day or "–", OUTCOMES[visit.outcome][0]) for visit in visits] or [("–", empty)]


def _row(name: str, months: Sequence[Month], visits: Visits, empty: str) -> tuple[str, int, str]:
    """Return how many half-days of a year were held, and in which months it went otherwise."""
    held = sum(visit.outcome in CAME for some in visits for visit in some)
    odd: dict[str, list[str]] = {}
    for month, some in zip(months, visits, strict=True):
        for said in [OUTCOMES[visit.outcome][0] for visit in some if visit.outcome not in QUIET] if some else [empty]:
            odd.setdefault(said, []).append(MONTH_WORDS[month.number - 1])
    return name, held, " ; ".join(f"{said} : {', '.join(names)}" for said, names in odd.items()) or "–"


def _told(visits: Sequence[VisitMark], empty: str) -> list[tuple[Outcome | None, list[str]]]:
    """Return what stands beside each stop of a month: its date when it is told, and its words."""
    told = [(visit.outcome, [part for part in (visit.day, OUTCOMES[visit.outcome][0]) if part]) for visit in visits]
    return [*told] or [(None, [empty])]


def _counted(rows: Sequence[Visits], empty: str) -> str:
    """Return « 10 tenues, 1 annulée par la commune. Rien de dû : 1 mois. »."""
    counts = Counter(visit.outcome for visits in rows for some in visits for visit in some)
    without = sum(1 for visits in rows for some in visits if not some)
    told = ", ".join(f"{counts[outcome]} {OUTCOMES[outcome][counts[outcome] > 1]}" for outcome in Outcome if counts[outcome])
    return f"{told or 'Aucune demi-journée'}." + (f" {capital(empty)} : {without} mois." if without else "")


def _line(sheet: Sheet, months: Sequence[Month], visits: Visits, empty: str) -> SafeString:
    """Draw one year from left to right, each stop with its date and its words below it."""
    pitch, top = sheet.width / max(len(months), 12), 46.0
    marks: list[str] = [tag("line", "line", x1=pitch / 2, y1=top, x2=pitch * (len(months) - 0.5), y2=top)] if months else []
    lowest = top
    for at, ((name, year), some) in enumerate(zip(month_labels(months), visits, strict=True)):
        x, y = pitch * (at + 0.5), top
        marks.append(words(name, x, 26, text_anchor="middle"))
        marks.append(words(year, x, 11, "soft", text_anchor="middle") if year else "")
        for outcome, said in _told(some, empty):
            lines = [line for part in said for line in wrapped(part, pitch, SMALL, most=5)]
            first = y + RADIUS + 17
            marks.append(lines_of_words(lines, x, first, SMALL, "soft", text_anchor="middle", font_size=SMALL))
            marks.append(sign(outcome, x, y) if outcome else nothing(x, y))
            lowest = max(lowest, first + (len(lines) - 1) * SMALL * LEADING)
            y = first + len(lines) * SMALL * LEADING + RADIUS
    return sheet.closed(lowest + 6, marks)


def _upright(sheet: Sheet, months: Sequence[Month], visits: Visits, empty: str) -> SafeString:
    """Draw one year from top to bottom, as a telephone shows a day: month, stop, words."""
    x, size = 88.0, sheet.size
    right = x + RADIUS + 9
    marks: list[str] = []
    y = last = RADIUS + 4.0
    for (name, year), some in zip(month_labels(months), visits, strict=True):
        marks.append(words(f"{name} {year}".strip(), x - RADIUS - 9, y + 5, text_anchor="end"))
        for outcome, said in _told(some, empty):
            lines = wrapped(", ".join(said), sheet.width - right, size)
            marks.append(lines_of_words(lines, right, y + 5, size, "words" if outcome else "soft"))
            marks.append(sign(outcome, x, y) if outcome else nothing(x, y))
            last, y = y, y + 34 + (len(lines) - 1) * size * LEADING
    line = tag("line", "line", x1=x, y1=RADIUS + 4, x2=x, y2=last)
    return sheet.closed(y - 34 + RADIUS + 6, [line, *marks])


def _rows(sheet: Sheet, months: Sequence[Month], rows: Sequence[tuple[str, Visits]], empty: str) -> SafeString:
    """Draw many years, a line for each; their names before them, above them on a telephone."""
    size = sheet.size
    left = 0.0 if sheet.is_narrow else min(190.0, 14 + max((length(name, size) for name, _ in rows), default=0))
    pitch = (sheet.width - left) / max(len(months), 12)
    columns = [left + pitch * (place + 0.5) for place in range(len(months))]
    marks: list[str] = []
    y = 0.0
    for at, (name, visits) in enumerate(rows):
        if not at or (sheet.is_narrow and at % HEADED == 0):
            marks += _header(sheet, months, columns, y + size)
            y += size * 1.9
        if sheet.is_narrow:
            y += size * 1.5
        middle = y + RADIUS + 1
        line = y - size / 2 if sheet.is_narrow else middle + size * 0.36
        marks.append(words(wrapped(name, left - 10 if left else sheet.width, size, most=1)[0], 0, line))
        marks.append(tag("line", "hair", x1=columns[0], y1=middle, x2=columns[-1], y2=middle))
        for x, some in zip(columns, visits, strict=True):
            marks += [_again(sheet, visit.outcome, x, middle + under * STEP) for under, visit in enumerate(some)]
            marks.append("" if some else nothing(x, middle))
        deepest = max((len(some) for some in visits if some), default=1)
        y = middle + RADIUS + 1 + (deepest - 1) * STEP + (8 if sheet.is_narrow else 0)
    seen = {visit.outcome for _, visits in rows for some in visits for visit in some}
    used = [outcome for outcome in Outcome if outcome in seen]
    without = any(not some for _, visits in rows for some in visits)
    key, height = _key(sheet, [*used, None] if without else used, y + 14, empty)
    return sheet.closed(height, [*marks, *key], repeated=[_repeated(sheet, outcome) for outcome in used])


def _header(sheet: Sheet, months: Sequence[Month], columns: Sequence[float], y: float) -> list[str]:
    labels = [label[:1].upper() if sheet.is_narrow else label for label, _ in month_labels(months)]
    return [words(label, x, y, "soft", text_anchor="middle") for label, x in zip(labels, columns, strict=True)]


def _key(sheet: Sheet, used: Sequence[Outcome | None], y: float, empty: str) -> tuple[list[str], float]:
    """Return the signs that are used with their words, on as many lines as they ask for, and where they end."""
    marks: list[str] = []
    x, gap = 0.0, 20
    for outcome in used:
        said = OUTCOMES[outcome][0] if outcome else empty
        long = 2 * RADIUS + 8 + length(said, sheet.size)
        if x and x + long > sheet.width:
            x, y = 0.0, y + 28
        at = x + RADIUS + 1, y + RADIUS
        marks.append(_again(sheet, outcome, *at) if outcome else nothing(*at))
        marks.append(words(said, x + 2 * RADIUS + 8, y + RADIUS + sheet.size * 0.36))
        x += long + gap
    return marks, y + (2 * RADIUS + 4 if used else 0)


def _repeated(sheet: Sheet, outcome: Outcome) -> str:
    """Return the sign of an outcome as many rows have it, under the name by which each of them uses it."""
    return tag("g", inner=dot(outcome) if outcome in QUIET else sign(outcome, 0, 0), id=sheet.name_of(outcome.name.lower()))


def _again(sheet: Sheet, outcome: Outcome, x: float, y: float) -> str:
    return tag("use", href=f"#{sheet.name_of(outcome.name.lower())}", x=x, y=y)
