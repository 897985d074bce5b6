"""What may follow what, and nothing else."""

from __future__ import annotations

from itertools import product

from escale.core.booking.states import APPOINTMENT_STEPS, DEMANDE_STEPS, AppointmentState, DemandeState


def test_the_steps_of_an_appointment_are_these_and_no_others() -> None:
    allowed = {
        f"{source} > {target}" for source, target in product(AppointmentState, repeat=2) if (source, target) in APPOINTMENT_STEPS
    }

    assert allowed == {
        "booked > honoured",
        "booked > absent",
        "booked > cancelled",
        "honoured > absent",
        "absent > honoured",
        "absent > cancelled",
    }


def test_the_steps_of_a_request_are_these_and_no_others() -> None:
    allowed = {f"{source} > {target}" for source, target in product(DemandeState, repeat=2) if (source, target) in DEMANDE_STEPS}

    assert allowed == {
        "to_confirm > waiting",
        "to_confirm > declined",
        "to_confirm > withdrawn",
        "to_confirm > unmet",
        "waiting > met",
        "waiting > withdrawn",
        "waiting > unmet",
        "met > waiting",
    }
