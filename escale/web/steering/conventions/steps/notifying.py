"""The steps of what is sent: notify what both have signed, say what a letter became; and close the file at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django import forms

from escale.apps.conventions.actions.amending import notify_avenant
from escale.apps.conventions.actions.archiving import archive_convention
from escale.apps.conventions.actions.notifying import notify_convention, tell_fate
from escale.apps.conventions.actions.posting import Posting
from escale.apps.conventions.labels import MATTERS, RETURNS
from escale.apps.conventions.models import Avenant, Convention, Matter, Notification
from escale.core.calendar.french import date_words
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.letters import CHANNEL_WORDS, Channel, Returned
from escale.core.convention.life import FINAL, Situation, State
from escale.core.convention.terms import AvenantEffect
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields, texts
from escale.web.steering.conventions.steps.letters import FATE, FateForm, LetterForm, posting_of
from escale.web.steering.conventions.steps.step import Cleaned, Folded, Step, StepForm

UNDER_WAY = "Rien ne change tant que la lettre est en route : dire ensuite ce qu’elle est devenue."


class NotifyForm(LetterForm):
    """The letter with which the commune receives what both have signed."""

    folded: ClassVar[Folded] = (FATE, ("Date d’effet écrite dans l’avenant", ("stated", "retroactive")))

    avenant = texts.avenant_field()
    stated = fields.day("Effet écrit dans l’avenant", "Elle compte si la convention le prévoit.")
    retroactive = forms.BooleanField(label="L’avenant dit expressément qu’il est rétroactif", required=False)

    def prepare(self) -> None:
        """Ask for the effect of an avenant alone."""
        avenants = avenants_to_notify(self.convention)
        texts.offer_texts(self, avenants, convention=self.convention.notified_on is None)
        if not avenants:
            self.fix("stated", None)
            self.fix("retroactive", value=False)


class TellFateForm(FateForm):
    """What became of a letter that was under way."""

    field_order: Sequence[str] = ("letter",)

    letter = fields.RowField("Quelle lettre ?", lambda row: words_of(row))

    def prepare(self) -> None:
        """Offer the letters under way."""
        self.offer("letter", letters_under_way(self.convention))


class ArchiveForm(StepForm):
    """The slip of the archives."""

    slip = fields.text("Numéro du bordereau de versement", required="Donner le numéro du bordereau.", most=80)


def letters_under_way(convention: Convention) -> list[Notification]:
    """Return the letters of which nobody knows yet what became."""
    return [row for row in convention.notifications.all() if row.is_under_way]


def avenants_to_notify(convention: Convention) -> list[Avenant]:
    """Return the avenants that both have signed, and that no letter is taking to the commune."""
    sent = {row.avenant_id for row in letters_under_way(convention)}
    return [one for one in texts.avenants_in(convention, AvenantState.SIGNED) if one.pk not in sent and not one.notified_on]


def words_of(row: Notification) -> str:
    """Return « Convention, lettre recommandée avec avis de réception n° 1A…, envoyée le 14 mars 2025 »."""
    number = f" n° {row.number}" if row.number else ""
    matter = MATTERS[Matter(row.matter)].capitalize()
    return f"{matter}, {CHANNEL_WORDS[Channel(row.channel)]}{number}, envoyée le {date_words(row.sent)}"


def _notify(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    avenant: Avenant | None = cleaned["avenant"]
    posting = posting_of(cleaned)
    if avenant is not None:
        effect = {"stated": cleaned["stated"], "retroactive": cleaned["retroactive"]}
        row = notify_avenant(actor=visitor.user, avenant=avenant, posting=posting, **effect)
        if row.effect_on:
            return f"L’avenant n° {row.number} est notifié ; il prend effet le {date_words(row.effect_on)}."
        return f"L’avenant n° {row.number} est envoyé. {UNDER_WAY}"
    letter = notify_convention(actor=visitor.user, convention=convention, posting=posting)
    notified = Convention.objects.get(pk=convention.pk).notified_on
    if notified:
        return f"La convention avec {convention.commune} est notifiée ; elle prend effet le {date_words(notified)} (art. 5-1)."
    if letter.returned:
        return f"La lettre est {RETURNS[Returned(letter.returned)]} : la convention reste à notifier."
    return f"La convention est envoyée le {date_words(letter.sent)}. {UNDER_WAY}"


def _tell_fate(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    letter: Notification = cleaned["letter"]
    posting = Posting(
        sent=letter.sent,
        channel=Channel(letter.channel),
        number=letter.number,
        presented=cleaned["presented"],
        delivered=cleaned["delivered"],
        returned=cleaned["returned"],
        proof=cleaned["proof"],
    )
    row = tell_fate(actor=visitor.user, notification=letter, posting=posting)
    if row.delivered:
        return f"{words_of(row)} : remise le {date_words(row.delivered)}."
    if row.returned:
        return f"{words_of(row)} : {RETURNS[Returned(row.returned)]}."
    return f"{words_of(row)} : toujours en route."


def _archive(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    archive_convention(actor=visitor.user, convention=convention, slip=cleaned["slip"])
    return "Le dossier est archivé : plus rien ne s’y écrit."


def _may_notify(convention: Convention, situation: Situation, _: Visitor) -> bool:
    is_sent = any(row.matter == Matter.CONVENTION for row in letters_under_way(convention))
    return (situation.state is State.SIGNED and not is_sent) or bool(avenants_to_notify(convention))


def _told_of_effect(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    if cleaned["avenant"] is None or not cleaned["stated"] or convention.base_terms.avenant_effect is AvenantEffect.STATED_DATE:
        return ()
    return ("La date écrite dans l’avenant ne compte pas : selon cette convention, il prend effet à sa notification (art. 8).",)


STEPS = (
    Step(
        name="notifier",
        title="Notifier à la commune",
        question="Comment la commune reçoit-elle le texte signé ?",
        form=NotifyForm,
        perform=_notify,
        forecast=_told_of_effect,
        when=_may_notify,
        hints=("La convention prend effet à sa notification (art. 5-1). La lettre se prépare dans les pièces.",),
    ),
    Step(
        name="suivre-une-lettre",
        title="Dire ce qu’une lettre est devenue",
        question="Qu’est devenue la lettre ?",
        form=TellFateForm,
        perform=_tell_fate,
        when=lambda convention, *_: bool(letters_under_way(convention)),
        hints=("Remise, refusée, jamais retirée ou revenue d’une mauvaise adresse : les quatre n’ont pas les mêmes effets.",),
    ),
    Step(
        name="archiver",
        title="Archiver le dossier",
        question="Les archives ont-elles pris le dossier ?",
        form=ArchiveForm,
        perform=_archive,
        states=FINAL,
        permission="conventions.decide",
        hints=("Un dossier reste un an à portée de main après la fin, puis il est versé et gardé.",),
    ),
)
