"""What both parties owe: by article, and by when, counted from the effect."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise

import pytest

from escale.core.convention.obligations import BY_ID, OBLIGATIONS, Basis, dues_between
from escale.core.convention.parties import Party
from escale.core.convention.terms import Terms
from tests.core.convention.vectors import day

BASIS = Basis(terms=Terms(), effect=day("2025-03-17"))


def due_by(obligation: str, first: str, last: str, basis: Basis = BASIS) -> list[str]:
    return [str(due.by) for due in dues_between(basis, day(first), day(last)) if due.obligation.id == obligation]


def test_both_parties_owe_something_under_articles_3_to_9() -> None:
    assert len(BY_ID) == len(OBLIGATIONS)
    assert {obligation.party for obligation in OBLIGATIONS} == set(Party)
    assert {obligation.article for obligation in OBLIGATIONS} == {"3-1", "3-2", "4", "6", "7", "9"}
    assert {o.party for o in OBLIGATIONS if o.article == "3-1"} == {Party.COMMUNE}


@pytest.mark.parametrize("obligation", [found for found in OBLIGATIONS if found.schedule], ids=lambda found: found.id)
def test_nothing_is_due_before_the_effect_and_days_only_grow(obligation: object) -> None:
    schedule = getattr(obligation, "schedule", None)
    assert schedule is not None

    days = list(islice(schedule(BASIS), 20))

    assert days[0] >= BASIS.effect
    assert all(before < after for before, after in pairwise(days))


def test_premises_are_due_on_the_day_of_the_effect() -> None:
    assert due_by("C-3.1-1a", "2025-01-01", "2030-01-01") == ["2025-03-17"]


def test_a_visit_is_due_by_the_end_of_each_whole_month() -> None:
    assert due_by("C-4-1", "2025-03-01", "2025-06-29") == ["2025-04-30", "2025-05-31"]
    from_the_first = replace(BASIS, effect=day("2025-03-01"))
    assert due_by("C-4-1", "2025-03-01", "2025-03-31", from_the_first) == ["2025-03-31"]
    strict = replace(BASIS, terms=Terms(partial_month_exempt=False))
    assert due_by("C-4-1", "2025-03-01", "2025-03-31", strict) == ["2025-03-31"]


def test_evaluations_count_from_the_first_session_once_there_is_one() -> None:
    held = replace(BASIS, first_session=day("2025-04-03"))

    assert due_by("C-6-1", "2025-03-17", "2026-12-31") == ["2025-09-17", "2026-03-17"]
    assert due_by("C-6-1", "2025-03-17", "2026-12-31", held) == ["2025-10-03", "2026-04-03"]


def test_a_report_is_due_fifteen_days_after_each_quarter() -> None:
    assert due_by("C-3.2-9", "2025-03-17", "2025-12-31") == ["2025-04-15", "2025-07-15", "2025-10-15"]


def test_people_are_told_of_the_service_soon_then_every_year() -> None:
    assert due_by("C-3.1-4", "2025-03-17", "2027-12-31") == ["2025-06-17", "2026-03-17", "2027-03-17"]


def test_nothing_is_owed_after_the_end() -> None:
    dues = dues_between(BASIS, day("2026-06-01"), day("2027-12-31"), ends_on=day("2026-06-30"))

    assert [(due.obligation.id, str(due.by)) for due in dues] == [("C-4-1", "2026-06-30")]


def test_what_holds_every_day_has_no_date() -> None:
    assert BY_ID["C-3.2-5"].is_standing
    assert not BY_ID["C-6-1"].is_standing
