"""Ninety days for a contact, twelve months for a name."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.booking.retention import contacts_before, people_before


@pytest.mark.parametrize(
    ("today", "contacts", "people"),
    [
        ("2027-06-30", "2027-04-01", "2026-06-30"),
        ("2028-02-29", "2027-12-01", "2027-02-28"),
        ("2027-01-01", "2026-10-03", "2026-01-01"),
    ],
)
def test_the_limits_of_a_day(today: str, contacts: str, people: str) -> None:
    day = dt.date.fromisoformat(today)

    assert (str(contacts_before(day)), str(people_before(day))) == (contacts, people)
