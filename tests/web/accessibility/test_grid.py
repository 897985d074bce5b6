"""The rate and the mention follow from the grid alone, and nobody is told more than was proved."""

from __future__ import annotations

import ast
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from escale.web.accessibility.grid import CRITERIA, Criterion, Grid, Mention, Standing, State, kept_grid, parse_grid

ROOT = Path(__file__).parents[3]
FOUND_ON = dt.date(2026, 11, 23)
THEMES = {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}
"""How many criteria the RGAA 4.1 has in each of its themes."""


def standing(*, met: int = 0, failed: int = 0, absent: int = 0, unchecked: int = 0) -> Standing:
    return Standing(met=met, failed=failed, absent=absent, unchecked=unchecked)


def criterion(number: str = "1.1", state: State = State.MET, proof: str = "vu", day: dt.date | None = FOUND_ON) -> Criterion:
    return Criterion(number=number, theme="Images", wording="Une image se lit", state=state, proof=proof, day=day)


def test_the_grid_holds_each_criterion_of_each_theme_in_its_order() -> None:
    expected = [f"{theme}.{number}" for theme, count in THEMES.items() for number in range(1, count + 1)]

    assert [one.number for one in kept_grid().criteria] == expected


def test_what_does_not_concern_the_pages_is_out_of_the_denominator() -> None:
    found = standing(met=3, failed=1, absent=6)

    assert (found.applicable, found.percent) == (4, 75)


def test_what_nobody_checked_counts_as_not_conforming() -> None:
    assert standing(met=1, unchecked=3).percent == 25


@pytest.mark.parametrize(
    ("found", "mention"),
    [
        (standing(met=4, absent=2), Mention.WHOLE),
        (standing(met=99, failed=1), Mention.PARTIAL),
        (standing(met=2, failed=2), Mention.PARTIAL),
        (standing(met=49, failed=51), Mention.NONE),
        (standing(met=99, unchecked=1), Mention.NONE),
        (standing(absent=4), Mention.NONE),
    ],
)
def test_the_mention_follows_the_rate_once_everything_was_checked(found: Standing, mention: Mention) -> None:
    assert found.mention is mention


def test_a_rate_is_never_rounded_up_to_the_whole() -> None:
    assert standing(met=999, failed=1).percent == 99


def test_nothing_at_all_has_a_rate_of_zero() -> None:
    assert standing().percent == 0


@pytest.mark.parametrize(("day", "state"), [("2029-11-22", State.MET), ("2029-11-23", State.UNCHECKED)])
def test_a_finding_of_three_years_ago_is_to_be_checked_again(day: str, state: State) -> None:
    assert criterion().state_on(dt.date.fromisoformat(day)) is state


def test_a_finding_of_a_leap_day_grows_old_too() -> None:
    assert criterion(day=dt.date(2028, 2, 29)).state_on(dt.date(2031, 3, 1)) is State.UNCHECKED


@pytest.mark.parametrize("state", [State.MET, State.FAILED, State.ABSENT])
@pytest.mark.parametrize(("proof", "day"), [("", FOUND_ON), ("vu", None)])
def test_a_state_without_proof_or_date_is_refused(state: State, proof: str, day: dt.date | None) -> None:
    with pytest.raises(ValueError, match="demande une preuve et une date"):
        criterion(state=state, proof=proof, day=day)


def test_a_criterion_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="chacun une fois"):
        Grid(criteria=[criterion()] * 106)


def test_a_state_that_does_not_exist_is_refused() -> None:
    lines = CRITERIA.read_text(encoding="utf-8").replace("à vérifier", "presque", 1).splitlines()

    with pytest.raises(ValueError, match="presque"):
        parse_grid(lines)


def test_each_test_that_the_grid_calls_a_proof_exists() -> None:
    proofs = {word for one in kept_grid().criteria for word in one.proof.split() if word.startswith("tests/")}

    assert proofs
    assert {proof for proof in proofs if not _is_a_test(proof)} == set()


def test_the_wordings_are_short_and_each_is_its_own() -> None:
    wordings = Counter(one.wording for one in kept_grid().criteria)

    assert set(wordings.values()) == {1}
    assert max(map(len, wordings)) <= 90


def test_while_nobody_has_checked_by_hand_the_pages_are_not_conforming() -> None:
    found = kept_grid().standing_on(FOUND_ON)

    assert found.mention is (Mention.NONE if found.unchecked else found.mention)
    assert found.met + found.failed + found.absent + found.unchecked == 106


def _is_a_test(proof: str) -> bool:
    path, _, name = proof.partition("::")
    if not (ROOT / path).is_file():
        return False
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body)
