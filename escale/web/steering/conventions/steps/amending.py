"""The steps of an avenant (art. 8): what it changes, its text sent to the assemblies, and giving it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from escale.apps.conventions.actions.amending import abandon_avenant, correct_avenant, draft_avenant, take_avenant_back
from escale.apps.conventions.actions.freezing import freeze_avenant_text
from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Avenant, Convention, Party
from escale.apps.conventions.papers.values import person_in_office
from escale.apps.territory import clock
from escale.core.convention.avenants import next_number
from escale.core.convention.cycles.avenant import RUNNING_AVENANTS, AvenantState
from escale.core.convention.life import RUNNING
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import clauses, fields, texts
from escale.web.steering.conventions.steps.amending_forms import AvenantForm, CorrectForm
from escale.web.steering.conventions.steps.drafting import REASON
from escale.web.steering.conventions.steps.step import Cleaned, Folded, Step, StepForm


class SendAvenantForm(StepForm):
    """The day on which the text of an avenant leaves."""

    field_order = ("avenant",)
    folded: ClassVar[Folded] = (fields.OLD_DATE,)

    avenant = texts.avenant_field()
    on = fields.day("Texte envoyé le", required="Donner la date de l’envoi.")
    proof = fields.proof()

    def prepare(self) -> None:
        """Offer the drafts."""
        self.offer("avenant", texts.avenants_in(self.convention, AvenantState.DRAFT))


class GiveUpForm(StepForm):
    """Why an avenant is given up."""

    field_order = ("avenant",)

    avenant = texts.avenant_field()
    reason = fields.words("Pourquoi", REASON, required="Dire pourquoi.")

    def prepare(self) -> None:
        """Offer those that were not notified."""
        self.offer("avenant", texts.avenants_in(self.convention, *UNDER_WAY))


class TakeBackForm(StepForm):
    """Which avenant comes back from the assemblies, and why."""

    field_order = ("avenant",)

    avenant = texts.avenant_field()
    reason = fields.words("Pourquoi", REASON, required="Dire pourquoi.")

    def prepare(self) -> None:
        """Offer those on which the assemblies have still to decide."""
        self.offer("avenant", texts.avenants_in(self.convention, AvenantState.IN_DELIBERATION))


UNDER_WAY = (AvenantState.DRAFT, *RUNNING_AVENANTS)


def _draft(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    row = draft_avenant(
        actor=visitor.user,
        convention=convention,
        number=cleaned["number"],
        purpose=cleaned["purpose"],
        changes=cleaned["changes"],
        stated=cleaned["stated"],
        retroactive=cleaned["retroactive"],
    )
    return f"L’avenant n° {row.number} est en brouillon : il change {clauses.articles_told(cleaned['changes'])}."


def _correct(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    avenant: Avenant = cleaned["avenant"]
    row = correct_avenant(
        actor=visitor.user,
        avenant=avenant,
        purpose=cleaned["purpose"],
        changes=cleaned["changes"],
        stated=cleaned["stated"],
        retroactive=cleaned["retroactive"],
    )
    return f"Le brouillon de l’avenant n° {row.number} est corrigé : il change {clauses.articles_told(cleaned['changes'])}."


def _take_back(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    avenant: Avenant = cleaned["avenant"]
    row = take_avenant_back(actor=visitor.user, avenant=avenant, reason=cleaned["reason"])
    return f"L’avenant n° {row.number} est de nouveau un brouillon. Les votes que son texte a reçus n’autorisent plus rien."


def _foretell(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    return [*clauses.changes_told(convention, cleaned["changes"]), "Rien de cela ne compte avant qu’il soit notifié."]


def _next(convention: Convention) -> Mapping[str, Any]:
    return {"number": next_number(avenant.number for avenant in convention.avenants.all())}


def _send(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    avenant: Avenant = cleaned["avenant"]
    row = freeze_avenant_text(actor=visitor.user, avenant=avenant, on=cleaned["on"], proof=cleaned["proof"])
    return f"Le texte de l’avenant n° {row.number} est figé et gardé en PDF."


def _give_up(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    avenant: Avenant = cleaned["avenant"]
    abandon_avenant(actor=visitor.user, avenant=avenant, reason=cleaned["reason"])
    return f"L’avenant n° {avenant.number} est abandonné ; son numéro ne sert plus."


def _today(convention: Convention) -> Mapping[str, Any]:
    return {"on": clock.today(convention.epci)}


def _signatories_to_name(convention: Convention) -> Sequence[str]:
    """Return the parties that nobody signs for today: the text names who does."""
    today = clock.today(convention.epci)
    return [f"qui signe pour {PARTIES[party]}" for party in Party if person_in_office(convention, party, today) is None]


STEPS = (
    Step(
        name="preparer-un-avenant",
        title="Préparer un avenant",
        question="Que change cet avenant ?",
        form=AvenantForm,
        perform=_draft,
        states=RUNNING,
        initial=_next,
        forecast=_foretell,
        hints=("Toute modification passe par un avenant écrit et signé des deux parties (art. 8).",),
    ),
    Step(
        name="corriger-l-avenant",
        title="Corriger le brouillon d’un avenant",
        question="Que change cet avenant ?",
        form=CorrectForm,
        perform=_correct,
        states=RUNNING,
        when=lambda convention, *_: bool(texts.avenants_in(convention, AvenantState.DRAFT)),
        forecast=_foretell,
        hints=("L’avenant garde son numéro. Ce qui est écrit ici remplace tout ce que disait le brouillon.",),
    ),
    Step(
        name="envoyer-l-avenant",
        title="Envoyer l’avenant aux deux assemblées",
        question="Envoyer le texte de l’avenant ?",
        form=SendAvenantForm,
        perform=_send,
        states=RUNNING,
        when=lambda convention, *_: bool(texts.avenants_in(convention, AvenantState.DRAFT)),
        initial=_today,
        lacks=_signatories_to_name,
        hints=(
            "Le texte ne change plus. Un autre avenant sur les mêmes articles attendra celui-ci.",
            "Si les délibérations d’origine valent aussi pour les avenants, il peut être signé aussitôt.",
        ),
    ),
    Step(
        name="reprendre-l-avenant",
        title="Reprendre un avenant en brouillon",
        question="Reprendre cet avenant aux assemblées ?",
        form=TakeBackForm,
        perform=_take_back,
        states=RUNNING,
        when=lambda convention, *_: bool(texts.avenants_in(convention, AvenantState.IN_DELIBERATION)),
        hints=("Ce qui a été voté sur ce texte n’autorisera plus rien : les deux assemblées voteront sur le nouveau.",),
    ),
    Step(
        name="abandonner-l-avenant",
        title="Abandonner un avenant",
        question="Abandonner cet avenant ?",
        form=GiveUpForm,
        perform=_give_up,
        when=lambda convention, *_: bool(texts.avenants_in(convention, *UNDER_WAY)),
        hints=("La convention reste comme elle est.",),
    ),
)
