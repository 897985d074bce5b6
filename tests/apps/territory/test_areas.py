"""What a département says of a place."""

import pytest

from escale.apps.territory.areas import SchoolZone, holiday_area, main_department, school_zone, time_zone
from escale.core.calendar.holidays import HolidayArea

MAINLAND = [f"{number:02d}" for number in range(1, 96) if number != 20] + ["2A", "2B"]
OVERSEAS = ["971", "972", "973", "974", "976"]


@pytest.mark.parametrize("department", MAINLAND + OVERSEAS)
def test_every_department_has_a_school_zone(department: str) -> None:
    assert isinstance(school_zone(department), SchoolZone)


def test_a_collectivity_without_a_zone_has_none() -> None:
    assert school_zone("975") is None


@pytest.mark.parametrize("department", ["57", "67", "68"])
def test_alsace_and_moselle_have_their_own_holidays(department: str) -> None:
    assert holiday_area(department) is HolidayArea.ALSACE_MOSELLE


@pytest.mark.parametrize("department", OVERSEAS)
def test_a_place_overseas_has_its_own_holidays_and_clock(department: str) -> None:
    assert holiday_area(department) not in {HolidayArea.METROPOLE, HolidayArea.ALSACE_MOSELLE}
    assert time_zone(department) != "Europe/Paris"


def test_most_communes_decide() -> None:
    assert main_department(["59002", "62001", "59038"]) == "59"
    assert main_department(["97411", "97401"]) == "974"
    assert main_department(["62001", "2A004"]) == "2A"
