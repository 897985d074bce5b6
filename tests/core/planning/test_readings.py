"""Article 4: the readings, and what a week may take away from them."""

import pytest

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.planning.readings import Reading, ReadingError, narrowed, windows_of

TUESDAY_MORNING, MONDAY_MORNING, WEDNESDAY_MORNING = map(Window.parse, ["TUE_AM", "MON_AM", "WED_AM"])


@pytest.mark.parametrize(("reading", "count"), [(Reading.R1, 7), (Reading.R2, 4), (Reading.R3, 4)])
def test_each_reading_gives_its_half_days(reading: Reading, count: int) -> None:
    assert len(windows_of(reading)) == count


@pytest.mark.parametrize("reading", [Reading.R1, Reading.R2, Reading.R3])
def test_no_reading_takes_the_team_day_or_the_morning_of_the_mediatheques(reading: Reading) -> None:
    windows = windows_of(reading)

    assert WEDNESDAY_MORNING not in windows
    assert {window.weekday for window in windows} == {Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI}


def test_the_literal_reading_holds_afternoons_alone() -> None:
    assert {window.half for window in windows_of(Reading.R2)} == {Half.PM}


def test_a_custom_reading_gives_what_was_chosen() -> None:
    assert windows_of(Reading.CUSTOM, custom=[TUESDAY_MORNING]) == {TUESDAY_MORNING}


def test_a_custom_reading_without_a_half_day_is_refused() -> None:
    with pytest.raises(ReadingError, match="Aucune demi-journée"):
        windows_of(Reading.CUSTOM)


def test_a_custom_reading_cannot_take_what_the_article_excepts() -> None:
    with pytest.raises(ReadingError, match="exclut lundi matin, mercredi matin"):
        windows_of(Reading.CUSTOM, custom=[WEDNESDAY_MORNING, TUESDAY_MORNING, MONDAY_MORNING])


def test_a_week_takes_half_days_away() -> None:
    assert narrowed(windows_of(Reading.R1), [TUESDAY_MORNING]) == {TUESDAY_MORNING}


def test_a_week_that_adds_a_half_day_is_refused_and_told_which() -> None:
    with pytest.raises(ReadingError, match="hors de la lecture de l’article 4 : mardi matin"):
        narrowed(windows_of(Reading.R2), [TUESDAY_MORNING, Window.parse("TUE_PM")])
