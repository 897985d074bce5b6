"""When the service is evaluated, and the months that each evaluation counts (art. 6)."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from escale.core.convention.evaluations import dues, rank_words

SCHEDULE = (6, 12, 24)


def test_no_month_is_counted_twice_nor_before_it_is_over() -> None:
    found = list(islice(dues(SCHEDULE, dt.date(2026, 1, 19)), 4))

    assert [(str(due.first), str(due.last), due.day) for due in found] == [
        ("2026-01", "2026-06", dt.date(2026, 7, 19)),
        ("2026-07", "2026-12", dt.date(2027, 1, 19)),
        ("2027-01", "2027-12", dt.date(2028, 1, 19)),
        ("2028-01", "2028-12", dt.date(2029, 1, 19)),
    ]
    assert [due.rank for due in found] == [6, 12, 24, 36]


def test_a_31st_is_never_lost_on_the_way() -> None:
    first, second, *_ = islice(dues(SCHEDULE, dt.date(2026, 8, 31)), 2)

    assert (first.day, str(first.first), str(first.last)) == (dt.date(2027, 2, 28), "2026-08", "2027-01")
    assert (second.day, str(second.first)) == (dt.date(2027, 8, 31), "2027-02")


def test_ranks_are_told_as_people_say_them() -> None:
    assert [rank_words(rank) for rank in (6, 12, 18, 24, 84)] == [
        "des six mois",
        "de la première année",
        "des 18 mois",
        "de la deuxième année",
        "de la 7e année",
    ]
