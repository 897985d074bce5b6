"""The parameters of the text: bound to their articles, read from a file or from code, refused in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from escale.core.convention.terms import ARTICLES, DEFAULTS, DateRule, Roll, Terms, TermsError


def test_the_defaults_are_those_of_the_2025_convention() -> None:
    terms = Terms()

    assert terms.initial_term_end == dt.date(2026, 6, 30)
    assert (terms.renewal_period_months, terms.max_renewals, terms.denunciation_notice_months) == (12, None, 2)
    assert terms.denunciation_date_rule is DateRule.ADMIN_RULE
    assert (terms.session_minutes, terms.walk_in_minutes, terms.appointment_minutes_total) == (180, 120, 60)


def test_every_parameter_names_its_article() -> None:
    assert set(ARTICLES) == set(DEFAULTS)
    assert set(ARTICLES.values()) == {"3-1", "4", "5-1", "5-2", "6", "8"}


def test_values_are_read_as_a_file_writes_them() -> None:
    values: dict[str, Any] = {
        "denunciation_roll_non_working": "FORWARD",
        "evaluation_schedule_months": [6, 12],
        "max_renewals": 0,
    }

    terms = Terms(**values)

    assert terms.denunciation_roll_non_working is Roll.FORWARD
    assert terms.evaluation_schedule_months == (6, 12)
    assert terms.max_renewals == 0


def test_terms_are_a_value() -> None:
    assert Terms() == Terms()
    assert hash(Terms()) == hash(Terms())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("denunciation_date_rule", "RECEPTION", "choisir parmi SENDING"),
        ("denunciation_deadline_inclusive", "oui", "vrai ou faux"),
        ("denunciation_notice_months", "deux", "nombre entier"),
        ("denunciation_notice_months", 0, "nombre entier"),
        ("denunciation_notice_months", True, "nombre entier"),
        ("denunciation_notice_months", 12, "plus court que la période"),
        ("initial_term_end", "2026-06-30", "une date est attendue"),
        ("initial_term_end", dt.datetime(2026, 6, 30, tzinfo=dt.UTC), "une date est attendue"),
        ("session_minutes", 150, "accueil sans rendez-vous"),
        ("evaluation_schedule_months", [12, 6], "de plus en plus grands"),
        ("evaluation_schedule_months", [], "de plus en plus grands"),
        ("evaluation_schedule_months", "6, 12", "une liste de nombres"),
        ("max_renewals", -1, "nombre entier de 0"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_with_its_name(name: str, value: object, told: str) -> None:
    values: dict[str, Any] = {name: value}

    with pytest.raises(TermsError, match=told) as refused:
        Terms(**values)

    assert refused.value.name == name
