"""The parameters of the text in French words: each has its name, each value its words."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import pytest

from escale.core.convention.terms import DEFAULTS
from escale.core.convention.wording import NAMES, VALUES, value_words


def test_each_parameter_has_its_name() -> None:
    assert NAMES.keys() == DEFAULTS.keys()


def test_each_choice_has_its_words() -> None:
    choices = {type(value) for value in DEFAULTS.values() if isinstance(value, StrEnum)}

    assert VALUES.keys() == choices
    assert all(set(VALUES[choice]) == set(choice) for choice in choices)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("initial_term_end", dt.date(2027, 6, 30), "30 juin 2027"),
        ("initial_term_end", "2027-06-30", "30 juin 2027"),
        ("denunciation_notice_months", 3, "3 mois"),
        ("session_minutes", 180, "180 minutes"),
        ("sessions_per_month", 2, "2"),
        ("max_renewals", None, "sans limite"),
        ("partial_month_exempt", True, "oui"),
        ("evaluation_schedule_months", [6, 12], "6, 12"),
        ("denunciation_date_rule", "SENDING", "l’envoi"),
    ],
)
def test_a_value_is_written_as_it_is_kept_or_read(name: str, value: object, words: str) -> None:
    assert value_words(name, value) == words
