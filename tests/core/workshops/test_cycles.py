"""The days of a cycle: none that is skipped in silence."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.workshops.cycles import Cycle, Rhythm, cycle_days, last_of_search

TUESDAY = dt.date(2027, 1, 12)


def cycle(first: dt.date = TUESDAY, **choices: Any) -> Cycle:
    """A cycle of four sessions, each week unless told otherwise."""
    return Cycle(**{"first": first, "rhythm": Rhythm.WEEKS, "sessions": 4, **choices})


def test_every_second_week_from_the_first_day() -> None:
    found = cycle_days(cycle(every=2), {})

    assert found.days == (dt.date(2027, 1, 12), dt.date(2027, 1, 26), dt.date(2027, 2, 9), dt.date(2027, 2, 23))
    assert found.skipped == ()


def test_the_second_tuesday_of_each_month() -> None:
    found = cycle_days(cycle(rhythm=Rhythm.MONTHLY), {})

    assert found.days == (dt.date(2027, 1, 12), dt.date(2027, 2, 9), dt.date(2027, 3, 9), dt.date(2027, 4, 13))
    assert cycle(rhythm=Rhythm.MONTHLY).words == "le deuxième mardi de chaque mois"


def test_a_fifth_weekday_is_refused_with_what_to_choose() -> None:
    with pytest.raises(ValueError, match="Le 29 est le cinquième vendredi du mois : la plupart des mois n’en ont pas"):
        cycle(dt.date(2027, 1, 29), rhythm=Rhythm.MONTHLY)


def test_the_last_weekday_is_there_in_every_month() -> None:
    found = cycle_days(cycle(dt.date(2027, 1, 29), rhythm=Rhythm.MONTHLY_LAST), {})

    assert found.days == (dt.date(2027, 1, 29), dt.date(2027, 2, 26), dt.date(2027, 3, 26), dt.date(2027, 4, 30))


def test_a_day_that_is_not_the_last_of_its_name_is_refused() -> None:
    with pytest.raises(ValueError, match="n’est pas le dernier mardi du mois"):
        cycle(rhythm=Rhythm.MONTHLY_LAST)


def test_a_closed_day_is_skipped_told_and_made_good_at_the_end() -> None:
    found = cycle_days(cycle(sessions=2), {dt.date(2027, 1, 19): "élections"})

    assert found.days == (TUESDAY, dt.date(2027, 1, 26))
    assert found.skipped == ((dt.date(2027, 1, 19), "élections"),)


def test_a_cycle_on_closed_days_alone_stops() -> None:
    days = islice(cycle(sessions=3).days(), 50)

    found = cycle_days(cycle(sessions=3), dict.fromkeys(days, "travaux"))

    assert found.days == ()
    assert len(found.skipped) == 6


@pytest.mark.parametrize(("choices", "words"), [({"sessions": 1}, "2 à 30 séances"), ({"every": 0}, "1 à 12 semaines")])
def test_numbers_out_of_range_are_refused(choices: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        cycle(**choices)


@given(first=st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)), rhythm=st.sampled_from(Rhythm), every=st.integers(1, 12))
def test_sessions_keep_their_weekday_and_their_number(first: dt.date, rhythm: Rhythm, every: int) -> None:
    try:
        wanted = cycle(first, rhythm=rhythm, every=every, sessions=5)
    except ValueError:
        return

    found = cycle_days(wanted, {})

    assert len(found.days) == 5
    assert {day.weekday() for day in found.days} == {first.weekday()}
    assert found.days[0] == first
    assert found.days[-1] <= last_of_search(wanted)
    if rhythm is not Rhythm.WEEKS:
        assert len({(day.year, day.month) for day in found.days}) == 5
