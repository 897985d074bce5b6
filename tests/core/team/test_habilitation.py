"""How far a mediator is with Aidants Connect follows from dates alone."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.team.habilitation import HabilitationDates, HabilitationState, last_day_of_grace

TRAINED, GRANTED, LAST = dt.date(2026, 3, 10), dt.date(2026, 5, 4), dt.date(2027, 5, 3)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (dt.date(2026, 3, 9), HabilitationState.IN_TRAINING),
        (TRAINED, HabilitationState.TRAINED),
        (dt.date(2026, 5, 3), HabilitationState.TRAINED),
        (GRANTED, HabilitationState.VALID),
        (LAST, HabilitationState.VALID),
        (dt.date(2027, 5, 4), HabilitationState.EXPIRED),
    ],
)
def test_each_day_reads_the_dates_in_its_own_way(day: dt.date, state: HabilitationState) -> None:
    assert HabilitationDates(trained_on=TRAINED, granted_on=GRANTED, ends=LAST).state_on(day) is state


def test_without_any_date_someone_is_to_be_trained() -> None:
    assert HabilitationDates().state_on(TRAINED) is HabilitationState.NOTHING


def test_an_habilitation_without_an_end_lasts() -> None:
    assert HabilitationDates(trained_on=TRAINED, granted_on=GRANTED).state_on(dt.date(2040, 1, 1)) is HabilitationState.VALID


def test_a_mediator_hired_on_the_first_of_september_has_until_the_last_of_february() -> None:
    assert last_day_of_grace(dt.date(2026, 9, 1), 180) == dt.date(2027, 2, 28)
