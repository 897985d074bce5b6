"""What people type stays one text of an event, whole, whatever its signs; a library of calendars reads it back."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Event

from escale.web.feeds.lines import event_lines, local, plain, words, zone_lines

TYPED = ["a;b,c\\d", "deux\nlignes", "é" * 180, "🌲" * 60, "x" * 75, "END:VEVENT", "dit « \"oui\" » : c’est 'là'"]


@pytest.mark.parametrize("typed", TYPED)
def test_a_text_is_read_back_as_it_was_typed(typed: str) -> None:
    written = event_lines(uid=plain("1"), summary=words(typed))

    assert Event.from_ical(written)["SUMMARY"] == typed
    assert max(map(len, written.split(b"\r\n"))) <= 75


def test_what_no_text_may_hold_is_left_out() -> None:
    assert Event.from_ical(event_lines(summary=words("un\r\ndeux\x00\x1b\x7f")))["SUMMARY"] == "un\ndeux"


def test_a_local_time_bears_its_zone_whose_rules_are_told() -> None:
    assert local(dt.date(2027, 3, 28), dt.time(9, 30), "Europe/Paris") == ";TZID=Europe/Paris:20270328T093000"
    assert b"TZID:Europe/Paris" in zone_lines("Europe/Paris", 2026, 2027)
    assert b"RDATE" not in zone_lines("Indian/Reunion", 2026, 2027), "it changes its hour on no day"
