"""The five life cycles: what is in a table is a step, and every other pair is refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from escale.core.convention import guards
from escale.core.convention.cycles.avenant import AVENANT, AvenantState, AvenantTrigger
from escale.core.convention.cycles.denunciation import DENUNCIATION, DenunciationState, DenunciationTrigger
from escale.core.convention.cycles.dispute import DISPUTE, DisputeState, DisputeTrigger
from escale.core.convention.cycles.mise_en_demeure import MISE_EN_DEMEURE, CureState, CureTrigger
from escale.core.convention.life import CONVENTION, State, Trigger
from escale.core.convention.lifecycle import Guard, Lifecycle, step
from escale.core.convention.refusals import RefusedError

CYCLES: list[tuple[Lifecycle[Any, Any], Any, Any]] = [
    (CONVENTION, State, Trigger),
    (AVENANT, AvenantState, AvenantTrigger),
    (DENUNCIATION, DenunciationState, DenunciationTrigger),
    (MISE_EN_DEMEURE, CureState, CureTrigger),
    (DISPUTE, DisputeState, DisputeTrigger),
]
FIRST = {State.DRAFT, AvenantState.DRAFT, DenunciationState.DRAFT, CureState.DRAFT, DisputeState.OPEN}
LAST = {
    State.ARCHIVED,
    AvenantState.REPLACED,
    AvenantState.ABANDONED,
    DenunciationState.VOID_FORM,
    DenunciationState.WITHDRAWN,
    CureState.CLOSED,
    CureState.TERMINATED,
    DisputeState.CLOSED,
}
GUARDS = [found for found in vars(guards).values() if isinstance(found, Guard)]


@pytest.mark.parametrize(("cycle", "states", "triggers"), CYCLES, ids=lambda part: getattr(part, "subject", ""))
def test_every_pair_of_states_is_in_the_table_or_refused(cycle: Lifecycle[Any, Any], states: Any, triggers: Any) -> None:
    allowed = {(line.source, line.target) for line in cycle.steps}

    for source in states:
        for target in states:
            if (source, target) in allowed:
                assert cycle.between(source, target).target == target
            else:
                with pytest.raises(RefusedError, match="E_TRANSITION") as refused:
                    cycle.between(source, target)
                assert f"« {cycle.words[source]} »" in refused.value.message


@pytest.mark.parametrize(("cycle", "states", "triggers"), CYCLES, ids=lambda part: getattr(part, "subject", ""))
def test_every_trigger_leads_somewhere_or_is_refused(cycle: Lifecycle[Any, Any], states: Any, triggers: Any) -> None:
    allowed = {(line.source, line.trigger): line for line in cycle.steps}

    for source in states:
        for trigger in triggers:
            if (source, trigger) in allowed:
                assert cycle.step(source, trigger) is allowed[source, trigger]
            else:
                with pytest.raises(RefusedError, match="E_TRANSITION"):
                    cycle.step(source, trigger)
    assert {line.trigger for line in cycle.steps} == set(triggers)


@pytest.mark.parametrize(("cycle", "states", "triggers"), CYCLES, ids=lambda part: getattr(part, "subject", ""))
def test_every_state_has_words_and_is_reached(cycle: Lifecycle[Any, Any], states: Any, triggers: Any) -> None:
    assert set(cycle.words) == set(states)
    assert {line.target for line in cycle.steps} | (FIRST & set(states)) == set(states)
    assert {state for state in states if not cycle.next_states(state)} == LAST & set(states)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_every_guard_of_the_tables_says_what_to_do(guard: Guard) -> None:
    used = {found for cycle, _, _ in CYCLES for line in cycle.steps for found in line.guards}

    assert guard in used
    assert guard.code.startswith("E_")
    assert guard.refused("sent").place == "sent"


def test_guards_have_names_of_their_own() -> None:
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)


def test_a_table_in_which_one_trigger_leads_to_two_states_is_none() -> None:
    lines = (step(State.DRAFT, Trigger.AMENDED, State.SIGNED), step(State.DRAFT, Trigger.AMENDED, State.ENDED))

    with pytest.raises(ValueError, match="one other alone"):
        Lifecycle(subject="la convention", steps=lines, words=CONVENTION.words)


def test_the_court_comes_before_an_amicable_way_only_for_a_reason() -> None:
    assert DISPUTE.between(DisputeState.OPEN, DisputeState.IN_COURT).guards == (guards.BYPASS,)
    assert DISPUTE.between(DisputeState.MEDIATION_FAILED, DisputeState.IN_COURT).guards == ()


def test_a_closed_dispute_says_that_nothing_follows() -> None:
    with pytest.raises(RefusedError, match="plus rien ne peut suivre"):
        DISPUTE.step(DisputeState.CLOSED, DisputeTrigger.AGREED)
