"""Half-days of a week."""

from itertools import product

import pytest

from escale.core.calendar.halfdays import Half, Weekday, Window

ALL = [Window(weekday=weekday, half=half) for weekday, half in product(Weekday, Half)]


@pytest.mark.parametrize("window", ALL)
def test_a_window_is_read_as_it_is_written(window: Window) -> None:
    assert Window.parse(str(window)) == window


@pytest.mark.parametrize("text", ["", "TUE", "TUE_", "tue_am", "TUE_NIGHT", "XXX_AM", "TUE_AM_PM", "TUE-AM"])
def test_a_text_that_is_no_window_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="TUE_AM"):
        Window.parse(text)


def test_windows_are_in_the_order_of_the_week() -> None:
    assert sorted([*ALL[7:], *ALL[:7]]) == ALL


def test_windows_are_said_in_french() -> None:
    assert Window.parse("TUE_AM").words == "mardi matin"
    assert Window.parse("WED_PM").words == "mercredi après-midi"
