"""What a half-day counts as: what the commune gave up was proposed, and a make-up counts against nobody (art. 4)."""

from __future__ import annotations

import pytest

from escale.core.visits.life import Side, VisitState
from escale.core.visits.promises import Promises, Tally, counted, tallies_of


@pytest.mark.parametrize(
    ("state", "side", "is_owed", "tallies"),
    [
        (VisitState.PLANNED, None, False, {Tally.PROPOSED}),
        (VisitState.HELD, None, False, {Tally.PROPOSED, Tally.HELD}),
        (VisitState.CANCELLED, Side.COMMUNE, False, {Tally.PROPOSED, Tally.CANCELLED_BY_COMMUNE}),
        (VisitState.REFUSED, Side.COMMUNE, False, {Tally.PROPOSED, Tally.REFUSED}),
        (VisitState.WAIVED, Side.SERVICE, False, {Tally.PROPOSED, Tally.WAIVED}),
        (VisitState.CANCELLED, Side.SERVICE, True, {Tally.CANCELLED_BY_SERVICE}),
        (VisitState.CANCELLED, None, False, set()),
    ],
)
def test_what_the_commune_gave_up_was_proposed_and_what_is_owed_was_not(
    state: VisitState, side: Side | None, is_owed: bool, tallies: set[Tally]
) -> None:
    assert tallies_of(state, side, is_owed=is_owed, is_make_up=False) == tallies


def test_a_make_up_is_proposed_and_told_apart() -> None:
    found = counted([tallies_of(VisitState.HELD, None, is_owed=False, is_make_up=True)] * 2)

    assert found == {"proposed": 2, "held": 2, "made_up": 2}


def test_the_sentence_tells_what_was_due_proposed_held_and_by_whom_it_was_given_up() -> None:
    oisy = Promises(due=11, proposed=10, held=9, cancelled_by_commune=1)
    denain = Promises(due=1, proposed=1, held=0, waived=1, cancelled_by_service=2, made_up=2)

    assert oisy.words == "10 demi-journées proposées sur 11 dues, 9 tenues ; 1 annulée par la commune"
    assert denain.words == (
        "1 demi-journée proposée sur 1 due, aucune tenue ; "
        "2 annulées par le service, 1 abandonnée d’un commun accord, 2 proposées en rattrapage"
    )
    assert (oisy + denain).words.startswith("11 demi-journées proposées sur 12 dues, 9 tenues ; 1 annulée par la commune, ")
    assert Promises().words == "aucune demi-journée n’est encore due"
