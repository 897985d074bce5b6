"""Dates in words."""

import datetime as dt

from escale.core.calendar.french import date_words, month_words, period_words, weekday_date_words
from escale.core.calendar.months import Month


def test_a_date_is_written_in_full() -> None:
    assert weekday_date_words(dt.date(2026, 12, 8)) == "mardi 8 décembre 2026"


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert date_words(dt.date(2027, 5, 1)) == "1er mai 2027"


def test_a_month_is_written_without_its_number() -> None:
    assert month_words(Month.parse("2027-02")) == "février 2027"


def test_a_period_says_only_the_ends_that_it_has() -> None:
    first, last = dt.date(2027, 5, 1), dt.date(2027, 5, 8)

    assert period_words(first, last) == "du 1er mai 2027 au 8 mai 2027"
    assert period_words(first, first) == "le 1er mai 2027"
    assert period_words(first, None) == "à partir du 1er mai 2027"
    assert period_words(None, last) == "jusqu’au 8 mai 2027"
    assert period_words(None, None) == "sans limite de date"
