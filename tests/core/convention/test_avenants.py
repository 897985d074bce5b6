"""Avenants: numbers without a gap, one clause changed by one at a time, and the terms that hold on a day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from escale.core.convention.avenants import (
    Avenant,
    check_conflict,
    check_number,
    effect_of,
    in_force_on,
    next_number,
    terms_on,
)
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import AvenantEffect, Terms, TermsError
from tests.core.convention.vectors import day

TERMS = Terms()
LONGER = Avenant(number=1, articles=frozenset({"5-1"}), values={"denunciation_notice_months": 3}, effect=day("2026-01-15"))
LONGEST = Avenant(number=2, articles=frozenset({"5-1"}), values={"denunciation_notice_months": 4}, effect=day("2027-01-15"))
DRAFT = Avenant(number=3, articles=frozenset({"4"}), values={"sessions_per_month": 2})


def test_avenants_are_numbered_without_a_gap() -> None:
    assert (next_number([]), next_number([1, 2])) == (1, 3)
    check_number(3, [2, 1])
    for wrong in (2, 4):
        with pytest.raises(RefusedError, match="celui-ci est le n° 3"):
            check_number(wrong, [1, 2])


def test_two_avenants_cannot_change_one_article_at_once() -> None:
    with pytest.raises(RefusedError, match="avenant n° 1, article 5-1"):
        check_conflict(LONGEST, [DRAFT, LONGER])
    check_conflict(DRAFT, [LONGER, LONGEST])


@pytest.mark.parametrize(("on", "months"), [("2026-01-14", 2), ("2026-01-15", 3), ("2027-01-14", 3), ("2027-01-15", 4)])
def test_the_terms_of_a_day_are_those_of_the_text_and_the_avenants_in_force(on: str, months: int) -> None:
    assert terms_on(TERMS, [DRAFT, LONGEST, LONGER], day(on)) == replace(TERMS, denunciation_notice_months=months)


def test_of_two_avenants_of_one_day_the_later_number_counts() -> None:
    same_day = replace(LONGER, number=5, values={"denunciation_notice_months": 6})

    assert in_force_on([same_day, LONGER], day("2026-02-01")) == [LONGER, same_day]
    assert terms_on(TERMS, [same_day, LONGER], day("2026-02-01")).denunciation_notice_months == 6


def test_avenants_that_make_no_convention_together_are_refused() -> None:
    wrong = replace(LONGER, values={"denunciation_notice_months": 12})

    with pytest.raises(TermsError, match="plus court que la période"):
        terms_on(TERMS, [wrong], day("2026-02-01"))


@pytest.mark.parametrize(
    ("values", "code"), [({"sessions_per_month": 2}, "E_ARTICLE_MISSING"), ({"sessions": 2}, "E_UNKNOWN_TERM")]
)
def test_an_avenant_names_the_articles_that_it_changes(values: dict[str, int], code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        Avenant(number=1, articles=frozenset({"5-1"}), values=values)


def test_an_avenant_counts_from_its_notification_unless_the_terms_say_otherwise() -> None:
    signed, notified, stated = day("2026-01-10"), day("2026-01-15"), day("2026-02-01")
    found = partial(effect_of, signed=signed, notified=notified, stated=stated)

    assert found(TERMS) == notified
    assert found(replace(TERMS, avenant_effect=AvenantEffect.STATED_DATE)) == stated
    assert found(replace(TERMS, avenant_effect=AvenantEffect.LAST_SIGNATURE)) == signed


def test_an_avenant_reaches_back_only_if_it_says_so() -> None:
    terms = replace(TERMS, avenant_effect=AvenantEffect.STATED_DATE)
    found = partial(effect_of, terms, signed=day("2026-01-10"), notified=day("2026-01-15"), stated=day("2026-01-01"))

    with pytest.raises(RefusedError, match="E_AVENANT_RETROACTIVE"):
        found()
    assert found(retroactive=True) == day("2026-01-01")
