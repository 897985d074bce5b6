"""Events as lines of text (RFC 5545, 3.1): the years of a territory are thousands of them, too many for one object a property."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone

LONGEST = 75
"""Octets of a line, its end left out."""
END = b"\r\n"
CONTROLS = {sign: None for sign in (*range(32), 127) if chr(sign) not in "\t\n"}
"""What no text may hold."""
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def event_lines(**properties: str) -> bytes:
    """Return an event; a property is named as in the standard, in small letters and with `_` for its hyphen."""
    told = (_folded(f"{name.upper().replace('_', '-')}{value}") for name, value in properties.items())
    return b"".join((b"BEGIN:VEVENT\r\n", *told, b"END:VEVENT\r\n"))


def plain(value: object) -> str:
    """Return a value that needs no escape."""
    return f":{value}"


def words(text: str) -> str:
    """Return a text as a value."""
    return f":{text.translate(CONTROLS).translate(ESCAPES)}"


def moment(at: dt.datetime) -> str:
    """Return a moment as a value, in UTC."""
    return f":{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def local(day: dt.date, time: dt.time, zone: str) -> str:
    """Return a local time as a value, whose rules the calendar holds."""
    return f";TZID={zone}:{day:%Y%m%d}T{time:%H%M%S}"


@lru_cache(maxsize=32)
def zone_lines(zone: str, first_year: int, last_year: int) -> bytes:
    """Return the rules of a time zone, for what happens from a year to another one and a year around."""
    first, last = dt.date(first_year - 1, 1, 1), dt.date(last_year + 1, 12, 31)
    written: bytes = Timezone.from_tzinfo(ZoneInfo(zone), zone, first, last).to_ical()
    return written


def _folded(line: str) -> bytes:
    """Return a line, folded where it is too long: never inside a sign."""
    rest = line.encode()
    if len(rest) <= LONGEST:
        return rest + END
    parts, room = [], LONGEST
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:  # the octets of UTF-8 that begin no sign
            cut -= 1
        parts.append(rest[:cut])
        # The space that opens each following line counts.
        rest, room = rest[cut:], LONGEST - 1
    return b"\r\n ".join((*parts, rest)) + END
