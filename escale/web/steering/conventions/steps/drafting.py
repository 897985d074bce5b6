"""The steps of a text before it binds anyone: sent to the councils, taken back, given up."""

from __future__ import annotations

from escale.apps.conventions.actions.drafting import abandon_convention
from escale.apps.conventions.models import Convention
from escale.core.convention.life import BEFORE_FORCE
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned, Step, StepForm


class ReasonForm(StepForm):
    """Why."""

    reason = fields.words("Pourquoi", "Le motif reste au journal de la convention.", required="Dire pourquoi.")


def _give_up(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    abandon_convention(actor=visitor.user, convention=convention, reason=cleaned["reason"])
    return f"La convention avec {convention.commune} est abandonnée."


STEPS = (
    Step(
        name="abandonner",
        title="Abandonner la convention",
        question="Abandonner cette convention ?",
        form=ReasonForm,
        perform=_give_up,
        states=BEFORE_FORCE,
        permission="conventions.decide",
        hints=("Elle n’a jamais pris effet : rien n’est dû. Son dossier se garde ; une autre peut être commencée.",),
    ),
)
