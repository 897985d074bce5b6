"""What may follow what in the life of an urgency."""

from __future__ import annotations

from itertools import product

import pytest

from escale.core.urgencies.life import OVER, UNANSWERED, URGENCY_STEPS, UrgencyState, allows


@pytest.mark.parametrize(("before", "after"), sorted(set(product(UrgencyState, UrgencyState)) - URGENCY_STEPS))
def test_a_step_that_is_not_in_the_table_is_refused(before: UrgencyState, after: UrgencyState) -> None:
    assert not allows(before, after)


@pytest.mark.parametrize(("before", "after"), sorted(URGENCY_STEPS))
def test_a_step_of_the_table_is_allowed_and_leaves_no_state_that_is_over(before: UrgencyState, after: UrgencyState) -> None:
    assert allows(before, after)
    assert before not in OVER


@pytest.mark.parametrize("state", sorted(set(UrgencyState) - OVER))
def test_every_state_leads_to_an_end(state: UrgencyState) -> None:
    reached, seen = {state}, set[UrgencyState]()
    while reached - seen:
        seen |= reached
        reached = {after for before, after in URGENCY_STEPS if before in seen}

    assert seen & OVER


def test_whoever_waits_may_always_be_answered_or_stop_asking() -> None:
    assert all(allows(state, UrgencyState.ANSWERED) and allows(state, UrgencyState.WITHDRAWN) for state in UNANSWERED)
