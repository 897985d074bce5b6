"""Dates and numbers stand in pages as French writes them."""

from __future__ import annotations

import datetime as dt

from escale.core.calendar.months import Month
from escale.web.templatetags.french import dialled, file_size, full_date, moment, month_name, number, short_date


def test_a_date_is_written_in_full() -> None:
    assert full_date(dt.date(2026, 12, 23)) == "mercredi 23 décembre 2026"


def test_the_first_of_a_month_has_its_ordinal_raised() -> None:
    assert full_date(dt.date(2027, 5, 1)) == "samedi 1<sup>er</sup>\u00a0mai 2027"


def test_the_twenty_first_is_no_first() -> None:
    assert full_date(dt.date(2027, 5, 21)) == "vendredi 21 mai 2027"


def test_files_are_weighed_as_elsewhere() -> None:
    assert [file_size(3_700_000), file_size(999_400), file_size(12)] == ["3,7\u00a0Mo", "999\u00a0ko", "1\u00a0ko"]


def test_thousands_stand_apart() -> None:
    assert number(162349) == "162\u202f349"


def test_a_number_that_is_not_known_is_a_dash() -> None:
    assert number(None) == "–"


def test_a_telephone_number_is_dialled_without_spaces() -> None:
    assert dialled("+33 3 53 01 00 12") == "+33353010012"


def test_a_short_date_keeps_its_parts_together() -> None:
    assert short_date(dt.date(2027, 12, 8)) == "mer.\u00a08\u00a0déc."
    assert short_date(dt.date(2027, 6, 1)) == "mar.\u00a01er\u00a0juin"


def test_a_moment_has_its_day_in_full_and_its_hour() -> None:
    assert moment(dt.datetime(2026, 11, 23, 5, 31, tzinfo=dt.UTC)) == "23 novembre 2026 à 5\u00a0h\u00a031"


def test_a_month_is_named() -> None:
    assert month_name(Month(2027, 8)) == "août 2027"
