"""Denunciations: their form, their letter, the term that they aim at, and what always holds of the four rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.convention.denunciation import Certainty, Qualified, qualify
from escale.core.convention.letters import Channel, Letter, Returned
from escale.core.convention.periods import Course
from escale.core.convention.reasons import reasons_of
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import CarryOver, DateRule, Roll, Terms
from tests.core.convention.vectors import day, day_or_none

TERMS = Terms()
COURSE = Course(terms=TERMS, effect=day("2025-03-17"))


def letter(sent: str, presented: str = "", delivered: str = "", **rest: Any) -> Letter:
    return Letter(sent=day(sent), presented=day_or_none(presented or None), delivered=day_or_none(delivered or None), **rest)


LATE = letter("2026-05-04", "2026-05-06", "2026-05-06")
CONTESTED = letter("2026-04-29", "2026-04-30", "2026-05-05")


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """A letter of the years 2026 to 2030, with every fate."""
    sent = draw(st.dates(dt.date(2025, 3, 17), dt.date(2030, 1, 1)))
    presented = sent + dt.timedelta(days=draw(st.integers(0, 30)))
    returned = draw(st.sampled_from([None, *Returned]))
    delivered = None if returned else presented + dt.timedelta(days=draw(st.integers(0, 60)))
    return Letter(sent=sent, presented=presented, delivered=delivered, returned=returned)


@given(letters(), st.booleans())
def test_certainty_is_the_agreement_of_the_four_rules(posted: Letter, stated: bool) -> None:
    found = qualify(COURSE, posted, states_fallback=stated)

    in_time = {judged.in_time for judged in found.rules.values()}
    assert (found.certainty is Certainty.CERTAIN_IN_TIME) == (in_time == {True})
    assert (found.certainty is Certainty.CERTAIN_LATE) == (in_time == {False})
    assert found.effective == found.rules[DateRule.ADMIN_RULE].in_time


@given(letters(), st.booleans())
def test_the_convention_ends_with_the_period_aimed_at_or_a_later_one(posted: Letter, stated: bool) -> None:
    found = qualify(COURSE, posted, states_fallback=stated)

    assert (found.ends_on == found.aimed.end) == found.effective
    assert found.ends_on >= found.aimed.end
    assert COURSE.ending_on(found.ends_on) is not None
    assert not (found.carried_to and found.effective)


@given(letters())
def test_a_letter_is_never_notified_later_under_a_rule_kinder_to_its_sender(posted: Letter) -> None:
    days = [posted.notified_on(rule) for rule in DateRule]

    known = [found for found in days if found is not None]
    assert known == sorted(known), "the order of the rules: sending, presentation, administrative, delivery"


def test_a_late_denunciation_carries_over_only_if_it_says_so() -> None:
    stated, silent = qualify(COURSE, LATE), qualify(COURSE, LATE, states_fallback=False)

    assert stated.carried_to == COURSE.period(1)
    assert stated.is_end_certain
    assert silent.carried_to is None
    assert not silent.is_end_certain
    assert stated.ends_on == silent.ends_on == day("2027-06-30"), "the renewal can no longer be prevented"


@pytest.mark.parametrize(("carry", "carried"), [(CarryOver.ALWAYS, True), (CarryOver.NEVER, False)])
def test_the_terms_may_decide_whether_it_carries_over(carry: CarryOver, *, carried: bool) -> None:
    course = replace(COURSE, terms=replace(TERMS, late_denunciation_carries_over=carry))

    assert (qualify(course, LATE, states_fallback=not carried).carried_to is not None) is carried


def test_a_late_denunciation_of_the_last_period_changes_nothing() -> None:
    course = replace(COURSE, terms=replace(TERMS, max_renewals=0))

    found = qualify(course, LATE)

    assert (found.effective, found.carried_to, found.ends_on) == (False, None, day("2026-06-30"))


def test_a_deadline_on_a_sunday_may_roll_when_the_terms_say_so() -> None:
    course = replace(COURSE, terms=replace(TERMS, denunciation_roll_non_working=Roll.FORWARD))

    assert qualify(course, letter("2028-04-28", "2028-05-02", "2028-05-02")).effective


def test_another_term_than_the_next_one_may_be_aimed_at() -> None:
    found = qualify(COURSE, CONTESTED, term=day("2027-06-30"))

    assert (found.certainty, found.ends_on) == (Certainty.CERTAIN_IN_TIME, day("2027-06-30"))


@pytest.mark.parametrize("term", ["2027-06-29", "2025-06-30", "2024-01-01"])
def test_a_term_that_is_none_is_refused(term: str) -> None:
    with pytest.raises(RefusedError, match="le prochain terme est le 30 juin 2026"):
        qualify(COURSE, CONTESTED, term=day(term))


def test_a_convention_that_is_not_in_force_cannot_be_denounced() -> None:
    with pytest.raises(RefusedError, match="E_NOT_IN_FORCE"):
        qualify(COURSE, letter("2025-03-16", delivered="2025-03-18"))


def test_a_passed_term_cannot_be_aimed_at() -> None:
    with pytest.raises(RefusedError, match="E_NO_SUCH_TERM"):
        qualify(COURSE, letter("2026-07-02", delivered="2026-07-03"), term=day("2026-06-30"))


@pytest.mark.parametrize(
    ("channel", "certainty"),
    [
        (Channel.LRAR, Certainty.CERTAIN_IN_TIME),
        (Channel.LRE, Certainty.CERTAIN_IN_TIME),
        (Channel.HAND, Certainty.VOID_FORM),
        (Channel.MAIL, Certainty.VOID_FORM),
        (Channel.E_MAIL, Certainty.VOID_FORM),
        (Channel.ORAL, Certainty.VOID_FORM),
    ],
)
def test_the_form_is_that_of_article_5_1(channel: Channel, certainty: Certainty) -> None:
    posted = letter("2026-01-05", delivered="2026-01-07", channel=channel)

    found = qualify(COURSE, posted)

    assert found.certainty is certainty
    assert found.effective is (certainty is Certainty.CERTAIN_IN_TIME)
    assert found.ends_on == day("2026-06-30" if found.effective else "2027-06-30")
    assert any("sans effet" in reason for reason in reasons_of(found, posted)) is not found.effective


def test_delivery_by_hand_counts_when_the_terms_accept_it() -> None:
    course = replace(COURSE, terms=replace(TERMS, denunciation_accept_hand_delivery=True, denunciation_accept_lre=False))

    by_hand = letter("2026-01-05", delivered="2026-01-05", channel=Channel.HAND)

    assert qualify(course, by_hand).effective
    assert qualify(course, replace(by_hand, channel=Channel.LRE)).certainty is Certainty.VOID_FORM


def test_a_refused_letter_counts_from_its_first_presentation() -> None:
    found = qualify(COURSE, letter("2026-04-01", "2026-04-03", returned=Returned.REFUSED))

    assert found.effective
    assert found.certainty is Certainty.CONTESTABLE


def test_a_letter_to_a_wrong_address_notifies_nobody() -> None:
    posted = letter("2026-01-05", returned=Returned.WRONG_ADDRESS)

    found = qualify(COURSE, posted)

    assert found.certainty is Certainty.CERTAIN_LATE
    assert found.carried_to is None
    assert any("mauvaise adresse" in reason for reason in reasons_of(found, posted))


@pytest.mark.parametrize(
    ("dates", "code", "place"),
    [
        ({"sent": "2026-04-29", "presented": "2026-04-28", "delivered": "2026-04-30"}, "E_LETTER_BACKWARDS", "presented"),
        ({"sent": "2026-04-29", "presented": "2026-04-30", "delivered": "2026-04-29"}, "E_LETTER_BACKWARDS", "delivered"),
        ({"sent": "2026-04-29", "delivered": "2026-04-28"}, "E_LETTER_BACKWARDS", "delivered"),
        ({"sent": "2026-04-29", "presented": "2026-04-30"}, "E_LETTER_UNDER_WAY", "delivered"),
        ({"sent": "2026-04-29", "returned": Returned.UNCLAIMED}, "E_PRESENTATION_MISSING", "presented"),
        ({"sent": "2026-04-29", "delivered": "2026-04-30", "returned": Returned.REFUSED}, "E_LETTER_BOTH", "delivered"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(dates: dict[str, Any], code: str, place: str) -> None:
    with pytest.raises(RefusedError, match=code) as refused:
        letter(**dates)

    assert refused.value.place == place


def told(posted: Letter, found: Qualified) -> str:
    return " ".join(reasons_of(found, posted))


def test_the_reasons_name_the_rules_that_disagree() -> None:
    words = told(CONTESTED, qualify(COURSE, CONTESTED))

    assert "au plus tard le jeudi 30 avril 2026" in words
    assert "dans les délais selon la date d’envoi et la première présentation" in words
    assert "trop tard selon la règle administrative et la remise seule" in words


def test_the_reasons_say_that_nobody_could_denounce_in_time() -> None:
    course = replace(COURSE, effect=day("2026-05-15"))
    posted = letter("2026-05-20", delivered="2026-05-22")

    assert "Aucune dénonciation n’était possible" in told(posted, qualify(course, posted))
