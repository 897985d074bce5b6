"""The steps of a text before it binds anyone: sent to the assemblies, taken back, given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from escale.apps.conventions.actions.drafting import abandon_convention, amend_text
from escale.apps.conventions.actions.freezing import freeze
from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.conventions import missing_of
from escale.apps.territory import clock
from escale.core.convention.life import BEFORE_FORCE, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned, Folded, Step, StepForm

REASON = "Le motif reste au journal de la convention."


class ReasonForm(StepForm):
    """Why."""

    reason = fields.words("Pourquoi", REASON, required="Dire pourquoi.")


class FreezeForm(StepForm):
    """The day on which the text leaves; `read_version` is the draft that was read."""

    folded: ClassVar[Folded] = (fields.OLD_DATE,)

    read_version = forms.IntegerField(widget=forms.HiddenInput)
    on = fields.day("Texte envoyé le", required="Donner la date de l’envoi.")
    proof = fields.proof()


def _freeze(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    freeze(
        actor=visitor.user,
        convention=convention,
        version=cleaned["read_version"],
        on=cleaned["on"],
        proof=cleaned["proof"],
    )
    return "Le texte est figé et gardé en PDF : les deux assemblées votent sur lui, mot pour mot."


def _version_of(convention: Convention) -> Mapping[str, Any]:
    return {"read_version": convention.version, "on": clock.today(convention.epci)}


def _take_back(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    amend_text(actor=visitor.user, convention=convention, reason=cleaned["reason"])
    return "Le texte est de nouveau un brouillon. Les votes qu’il a reçus n’autorisent plus rien."


def _give_up(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    abandon_convention(actor=visitor.user, convention=convention, reason=cleaned["reason"])
    return f"La convention avec {convention.commune} est abandonnée."


STEPS = (
    Step(
        name="envoyer-aux-assemblees",
        title="Envoyer le texte aux deux assemblées",
        question="Envoyer ce texte aux deux assemblées ?",
        form=FreezeForm,
        perform=_freeze,
        states=(State.DRAFT,),
        initial=_version_of,
        lacks=missing_of,
        hints=("Le texte ne change plus : le conseil municipal et l’assemblée de l’EPCI votent sur les mêmes mots.",),
    ),
    Step(
        name="reprendre-le-texte",
        title="Reprendre le texte en brouillon",
        question="Reprendre ce texte aux assemblées ?",
        form=ReasonForm,
        perform=_take_back,
        states=(State.IN_DELIBERATION,),
        hints=("Ce qui a été voté sur ce texte n’autorisera plus rien : les deux assemblées voteront sur le nouveau.",),
    ),
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
