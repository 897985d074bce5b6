"""What may follow what, and nothing else."""

from __future__ import annotations

from itertools import product

from escale.core.workshops.states import REGISTRATION_STEPS, WORKSHOP_STEPS, RegistrationState, WorkshopState


def test_the_steps_of_a_workshop_are_these_and_no_others() -> None:
    allowed = {
        f"{source} > {target}" for source, target in product(WorkshopState, repeat=2) if (source, target) in WORKSHOP_STEPS
    }

    assert allowed == {"draft > open", "draft > cancelled", "open > held", "open > cancelled"}


def test_the_steps_of_a_registration_are_these_and_no_others() -> None:
    allowed = {
        f"{source} > {target}"
        for source, target in product(RegistrationState, repeat=2)
        if (source, target) in REGISTRATION_STEPS
    }

    assert allowed == {"waiting > registered", "waiting > withdrawn", "registered > withdrawn"}
