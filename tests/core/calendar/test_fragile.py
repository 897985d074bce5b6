"""Dates that are open but better avoided: eves, bridges, school holidays."""

import datetime as dt

import pytest

from escale.core.calendar.fragile import NamedPeriod, fragile_dates
from escale.core.calendar.holidays import HolidayArea, holidays_of


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def fragile(first: str, last: str, *periods: NamedPeriod) -> dict[dt.date, str]:
    years = range(day(first).year - 1, day(last).year + 2)
    known = {date: name for year in years for date, name in holidays_of(year, HolidayArea.METROPOLE).items()}
    return fragile_dates(day(first), day(last), holidays=known, periods=periods)


def test_the_friday_after_ascension_is_a_bridge() -> None:
    assert fragile("2027-05-01", "2027-05-14") == {day("2027-05-07"): "pont de l’Ascension"}


def test_a_bridge_bears_the_date_of_a_holiday_without_a_name_of_its_own() -> None:
    assert fragile("2026-07-10", "2026-07-20") == {day("2026-07-13"): "pont du 14 juillet"}


def test_the_first_day_of_a_period_sees_the_holiday_before_it() -> None:
    assert fragile("2026-01-02", "2026-01-02") == {day("2026-01-02"): "pont du jour de l’an"}


def test_a_day_between_two_holidays_is_a_bridge() -> None:
    both = {day("2027-06-15"): "Fête", day("2027-06-17"): "Autre fête"}

    assert fragile_dates(day("2027-06-14"), day("2027-06-18"), holidays=both, periods=()) == {
        day("2027-06-14"): "pont du 15 juin",
        day("2027-06-16"): "pont du 15 juin",
        day("2027-06-18"): "pont du 17 juin",
    }


def test_an_eve_is_told_before_the_holidays_it_stands_in() -> None:
    christmas = NamedPeriod(name="Vacances de Noël", starts=day("2026-12-19"), ends=day("2027-01-03"))

    found = fragile("2026-12-18", "2027-01-04", christmas)

    assert found[day("2026-12-23")] == "vacances de Noël"
    assert found[day("2026-12-24")] == "veille de Noël"
    assert found[day("2026-12-31")] == "veille du jour de l’an"
    assert {day("2026-12-18"), day("2026-12-25"), day("2026-12-26"), day("2027-01-04")}.isdisjoint(found)
    assert list(found) == sorted(found)


def test_a_working_day_beside_a_midweek_holiday_is_no_bridge() -> None:
    assert fragile("2026-11-09", "2026-11-13") == {}


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="avant de commencer"):
        NamedPeriod(name="Vacances", starts=day("2027-02-02"), ends=day("2027-02-01"))
