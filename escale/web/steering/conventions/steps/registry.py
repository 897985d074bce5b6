"""All guided steps, in the order in which they are shown."""

from __future__ import annotations

from escale.apps.conventions.models import Convention
from escale.core.convention.life import Situation
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import acting, amending, drafting, ending, filed, notifying, signing
from escale.web.steering.conventions.steps.step import Step

STEPS: tuple[Step, ...] = (
    *filed.STEPS,
    *drafting.STEPS,
    *acting.STEPS,
    *signing.STEPS,
    *amending.STEPS,
    *notifying.STEPS,
    *ending.STEPS,
)

BY_NAME = {step.name: step for step in STEPS}


def steps_of(convention: Convention, situation: Situation, visitor: Visitor) -> list[Step]:
    """Return the steps that may be taken now with a convention, by whoever looks."""
    held = {permission for permission in {step.permission for step in STEPS} if visitor.user.may(permission, convention)}
    return [step for step in STEPS if step.permission in held and step.suits(convention, situation, visitor)]
