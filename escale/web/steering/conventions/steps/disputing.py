"""The steps of a dispute (art. 9): open it, take it further; it may outlive the convention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from escale.apps.conventions.actions.disputing import dispute_state, open_dispute, take_dispute_step
from escale.apps.conventions.forecasts import recourse_sentences
from escale.apps.conventions.labels import DISPUTE_STEPS
from escale.apps.conventions.models import Convention, Litige
from escale.apps.territory import catalogue, clock
from escale.apps.territory.queries import value_of
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.cycles.dispute import DISPUTE, DisputeState, DisputeTrigger, amicable_reminder
from escale.core.convention.guards import BYPASS
from escale.core.convention.life import RUNNING, Situation, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned, Step, StepForm

AMICABLE_FIRST = "Une voie amiable vient d’abord, puis la médiation (L. 213-1 CJA, ex-L. 211-4), puis le tribunal (art. 9)."


class OpenForm(StepForm):
    """What the dispute is about."""

    subject = fields.text("Objet du litige", required="Dire sur quoi porte le litige.")
    opened_on = fields.day("Ouvert le", required="Donner la date.")
    proof = fields.proof()


class ForwardForm(StepForm):
    """The next step of a dispute."""

    litige = fields.RowField("Quel litige ?", lambda row: words_of(row))
    trigger = fields.choice("Que se passe-t-il ?", DISPUTE_STEPS, radio=True)
    on = fields.day("Le", required="Donner la date.")
    note = fields.words(
        "Précisions", "L’accord, le jugement ; pour aller au tribunal sans voie amiable, l’urgence ou l’impossibilité juridique."
    )
    proof = fields.proof()

    def prepare(self) -> None:
        """Offer the disputes that are open, and the steps that follow from where they stand."""
        litiges = open_disputes(self.convention)
        self.offer("litige", litiges)
        following = {step.trigger for litige in litiges for step in DISPUTE.steps if step.source == dispute_state(litige)}
        field = self.fields["trigger"]
        if isinstance(field, forms.TypedChoiceField):
            told = {trigger: words for trigger, words in DISPUTE_STEPS.items() if trigger in following}
            field.choices = [(trigger.value, f"{words[:1].upper()}{words[1:]}") for trigger, words in told.items()]


def open_disputes(convention: Convention) -> list[Litige]:
    """Return the disputes on a convention that are not closed."""
    return [litige for litige in convention.litiges.all() if dispute_state(litige) is not DisputeState.CLOSED]


def words_of(litige: Litige) -> str:
    """Return « Le bureau fermé, en médiation »."""
    return f"{litige.subject}, {DISPUTE.words[dispute_state(litige)]}"


def _open(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    names = ("subject", "opened_on", "proof")
    row = open_dispute(actor=visitor.user, convention=convention, **{name: cleaned[name] for name in names})
    return f"Le litige est ouvert : {row.subject}."


def _forward(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    names = ("litige", "trigger", "on", "note", "proof")
    row = take_dispute_step(actor=visitor.user, **{name: cleaned[name] for name in names})
    return f"Le litige est {DISPUTE.words[DisputeState(row.state)]}."


def _told_when_opened(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    days = value_of(convention.epci, catalogue.AMIABLE_REMINDER_DAYS)
    reminder = amicable_reminder(cleaned["opened_on"], days=days)
    told = f"Le {weekday_date_words(reminder)}, on vous demandera où en est la voie amiable : {days} jours après l’ouverture."
    return AMICABLE_FIRST, told, *recourse_sentences(convention)


def _told_when_forward(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    step = DISPUTE.step(dispute_state(cleaned["litige"]), cleaned["trigger"])
    opened = f"Ouvert le {date_words(cleaned['litige'].opened_on)}"
    source = DisputeState(step.source)
    told = [f"{opened}." if source is DisputeState.OPEN else f"{opened}, le litige était jusqu’ici {DISPUTE.words[source]}."]
    if BYPASS in step.guards:
        told.append("Le tribunal est saisi sans voie amiable : le motif que vous donnez reste au dossier (art. 9).")
    if cleaned["trigger"] is DisputeTrigger.MEDIATION_BEGUN:
        told.append("Une médiation engagée par les deux parties avant le tribunal interrompt les délais (L. 213-6 CJA).")
    return (*told, *recourse_sentences(convention))


def _today(convention: Convention) -> Mapping[str, Any]:
    return {"opened_on": clock.today(convention.epci), "on": clock.today(convention.epci)}


def _has_open(convention: Convention, _: Situation, __: Visitor) -> bool:
    return bool(open_disputes(convention))


STEPS = (
    Step(
        name="ouvrir-un-litige",
        title="Ouvrir un litige",
        question="Sur quoi porte le litige ?",
        form=OpenForm,
        perform=_open,
        forecast=_told_when_opened,
        initial=_today,
        states=(*RUNNING, State.ENDED, State.TERMINATED, State.ANNULLED),
        permission="conventions.decide",
        hints=(AMICABLE_FIRST, "Un litige peut s’ouvrir après la fin de la convention."),
    ),
    Step(
        name="litige",
        title="Faire avancer un litige",
        question="Où en est le litige ?",
        form=ForwardForm,
        perform=_forward,
        forecast=_told_when_forward,
        initial=_today,
        permission="conventions.decide",
        when=_has_open,
        hints=(AMICABLE_FIRST,),
    ),
)
