"""Read dates, halves of a day and usual days as people write them in a table; each refusal says what to write."""

from __future__ import annotations

import datetime as dt
import re

from escale.apps.schedule.imports.headers import MONTHS
from escale.apps.territory.names import normalised
from escale.core.calendar.french import date_words
from escale.core.calendar.halfdays import WEEKDAY_WORDS, Half, Weekday, Window

EPOCH = dt.date(1899, 12, 30)
"""Day 0 of the dates that spreadsheets keep as numbers."""
SERIALS = range(36_526, 73_051)
"""The numbers of the days of 2000 to 2099: no number of a tour is as large by accident."""
NOON = 12
DAYS = {word: Weekday(rank) for rank, word in enumerate(WEEKDAY_WORDS)}
DAYS |= {word[:3]: day for word, day in DAYS.items()}
MORNING = {"matin", "matinee", "mat", "m", "am"}
AFTERNOON = {"apres midi", "apresmidi", "aprem", "apres m", "ap midi", "apm", "ap", "a midi", "a m", "pm"}
RANKS = {"premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5}
FIRST_YEAR, LAST_YEAR = 1990, 2100


def read_date(text: str) -> tuple[dt.date, bool]:
    """Read « 2027-03-09 », « 09/03/2027 », « mardi 9 mars 2027 » or 46455; tell whether it had to be interpreted.

    Days come before months, as French writes them. Raise ValueError, in French, when the text is no date.
    """
    text = re.sub(r"[ T]00:00(:00)?$", "", text)
    try:
        return dt.date.fromisoformat(text), False
    except ValueError:
        pass
    if text.isdecimal() and int(text) in SERIALS:
        return EPOCH + dt.timedelta(days=int(text)), True
    words = normalised(text).split()
    weekday, words = _weekday(words)
    words = [word for word in words if word != "le"]
    if len(words) != 3:
        raise ValueError(f"« {text} » n’est pas une date ; écrire par exemple 09/03/2027")
    day = _date(text, words[0], words[1], words[2])
    _refuse_other_weekday(day, weekday)
    return day, True


def read_half(text: str) -> Half:
    """Read « matin », « après-midi », « AM », « PM » or hours such as « 9h-12h ». Raise ValueError when it is none of them."""
    words = normalised(text)
    if words in MORNING:
        return Half.AM
    if words in AFTERNOON:
        return Half.PM
    if not words:
        raise ValueError("la demi-journée manque ; écrire « matin » ou « après-midi »")
    hour = re.match(r"(?:de )?(\d{1,2})(?: ?h| |$)", words)
    if hour and 7 <= int(hour[1]) <= 19:
        return Half.AM if int(hour[1]) < NOON else Half.PM
    raise ValueError(f"« {text} » n’est pas une demi-journée ; écrire « matin » ou « après-midi »")


def read_cell(text: str, *, year: int, month: int) -> tuple[dt.date, Half | None]:
    """Read the cell of a month: « 6 », « mar 6 », « 6 après-midi », or a whole date. Raise ValueError when it is no day of it."""
    try:
        day, half = read_date(text)[0], None
    except ValueError:
        words, half = _split_half(normalised(text).split())
        weekday, words = _weekday(words)
        if len(words) == 2 and MONTHS.get(words[1], _number(words[1])) == month:
            words = words[:1]
        if len(words) != 1:
            raise ValueError(f"« {text} » n’est pas un jour ; écrire par exemple « 6 » ou « mar 6 »") from None
        day = _date(text, words[0], str(month), str(year))
        _refuse_other_weekday(day, weekday)
    if (day.year, day.month) != (year, month):
        raise ValueError(f"le {date_words(day)} n’est pas dans le mois de cette colonne")
    return day, half


def read_usual(text: str) -> tuple[int | None, Window]:
    """Read « 1er mardi, matin »; the rank is None when it is not told. Raise ValueError when there is no weekday or half."""
    words, half = _split_half(
        [word for word in normalised(text).split() if word not in {"du", "le", "mois", "de", "chaque", "tous"}]
    )
    weekday, rest = None, []
    for word in words:
        if weekday is None and word.rstrip("s") in DAYS:
            weekday = DAYS[word.rstrip("s")]
        else:
            rest.append(word)
    if weekday is None or half is None:
        raise ValueError(f"« {text} » n’est pas un jour habituel ; écrire par exemple « 1er mardi, matin »")
    return _rank(rest, text), Window(weekday=weekday, half=half)


def _rank(words: list[str], text: str) -> int | None:
    if not words:
        return None
    match = re.fullmatch(r"([1-5])(?:er|ere|e|eme|nd|nde|ieme)?", "".join(words))
    rank = int(match[1]) if match else RANKS.get(words[0])
    if rank is None or (match is None and len(words) > 1):
        raise ValueError(f"« {text} » n’est pas un jour habituel ; le rang va du 1er au 5e, par exemple « 1er mardi, matin »")
    return rank


def _split_half(words: list[str]) -> tuple[list[str], Half | None]:
    """Take the words of a half off the end."""
    for size in (2, 1):
        tail = " ".join(words[-size:])
        if len(words) > size and tail in MORNING | AFTERNOON:
            return words[:-size], Half.AM if tail in MORNING else Half.PM
    return words, None


def _weekday(words: list[str]) -> tuple[Weekday | None, list[str]]:
    if words and words[0] in DAYS:
        return DAYS[words[0]], words[1:]
    return None, words


def _date(text: str, day: str, month: str, year: str) -> dt.date:
    number = MONTHS.get(month, _number(month))
    day_number = _number(day.removesuffix("er"))
    year_number = _number(year)
    if year_number is not None and len(year) <= 2:
        year_number += 2000
    if day_number is None or number is None or year_number is None:
        raise ValueError(f"« {text} » n’est pas une date ; écrire par exemple 09/03/2027")
    if not FIRST_YEAR <= year_number <= LAST_YEAR:
        raise ValueError(f"« {text} » est trop loin ; vérifier l’année")
    try:
        return dt.date(year_number, number, day_number)
    except ValueError:
        raise ValueError(f"« {text} » n’existe pas dans le calendrier ; écrire le jour, puis le mois : 09/03/2027") from None


def _refuse_other_weekday(day: dt.date, weekday: Weekday | None) -> None:
    if weekday is not None and day.weekday() != weekday:
        raise ValueError(f"le {date_words(day)} est un {WEEKDAY_WORDS[day.weekday()]}, et non un {WEEKDAY_WORDS[weekday]}")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
