"""Public holidays: each area holds what the law says, no more and no less."""

import datetime as dt

import pytest

from escale.core.calendar.holidays import HolidayArea, holiday_dates, holidays_of

MAINLAND_2026 = ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]


def _days(area: HolidayArea) -> list[str]:
    return [f"{day:%m-%d}" for day in holidays_of(2026, area)]


def test_the_mainland_has_the_eleven_days_of_the_labour_code() -> None:
    assert _days(HolidayArea.METROPOLE) == MAINLAND_2026


@pytest.mark.parametrize(
    ("area", "more"),
    [
        (HolidayArea.ALSACE_MOSELLE, ["04-03", "12-26"]),
        (HolidayArea.GUADELOUPE, ["05-27"]),
        (HolidayArea.MARTINIQUE, ["05-22"]),
        (HolidayArea.GUYANE, ["06-10"]),
        (HolidayArea.REUNION, ["12-20"]),
        (HolidayArea.MAYOTTE, ["04-27"]),
    ],
)
def test_an_area_adds_the_days_that_the_law_gives_to_it(area: HolidayArea, more: list[str]) -> None:
    assert _days(area) == sorted(MAINLAND_2026 + more)


def test_two_holidays_on_one_day_are_one_holiday() -> None:
    assert dt.date(2008, 5, 1) in holidays_of(2008, HolidayArea.METROPOLE)
    assert len(holidays_of(2008, HolidayArea.METROPOLE)) == 10


def test_the_dates_of_several_years_come_in_one_set() -> None:
    assert {dt.date(2026, 12, 25), dt.date(2027, 1, 1)} <= holiday_dates([2026, 2027], HolidayArea.METROPOLE)


@pytest.mark.parametrize("area", list(HolidayArea))
def test_every_area_knows_every_year_of_the_century(area: HolidayArea) -> None:
    assert all(len(holidays_of(year, area)) >= 10 for year in range(2020, 2101))
