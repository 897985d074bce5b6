"""The steps of what is sent: notify what both have signed, say what a letter became; and close the file at the end."""

from __future__ import annotations

from collections.abc import Sequence

from escale.apps.conventions.actions.archiving import archive_convention
from escale.apps.conventions.actions.notifying import notify_convention, tell_fate
from escale.apps.conventions.actions.posting import Posting
from escale.apps.conventions.actions.taking_effect import notify_avenant
from escale.apps.conventions.labels import MATTERS, RETURNS
from escale.apps.conventions.models import Avenant, Convention, Matter, Notification
from escale.apps.territory import clock
from escale.core.calendar.french import date_words
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.letters import CHANNEL_WORDS, Channel, Returned
from escale.core.convention.life import FINAL, RUNNING, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields, texts
from escale.web.steering.conventions.steps.denouncing import fate_sentences
from escale.web.steering.conventions.steps.letters import FateForm, LetterForm, posting_of
from escale.web.steering.conventions.steps.step import Cleaned, Step, StepForm

UNDER_WAY = "Rien ne change tant que la lettre est en route : dire ensuite ce qu’elle est devenue."


class AvenantLetterForm(LetterForm):
    """The letter with which the commune receives an avenant that both have signed."""

    avenant = texts.avenant_field()

    def prepare(self) -> None:
        """Ask which avenant is sent."""
        self.offer("avenant", avenants_to_notify(self.convention))


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


def _warn_of_overlap(convention: Convention, _: Cleaned) -> Sequence[str]:
    """Tell before the letter leaves that another convention still binds the commune: two are never in force at once."""
    now = clock.today(convention.epci)
    for other in Convention.objects.filter(commune=convention.commune_id, notified_on__isnull=False).exclude(pk=convention.pk):
        if other.ends_on is None or other.ends_on >= now:
            until = f"jusqu’au {date_words(other.ends_on)}" if other.ends_on else "et se reconduit d’elle-même"
            words = (
                f"Une autre convention avec {convention.commune} est en vigueur {until} : celle-ci ne peut prendre effet "
                "qu’après. Attendre que l’autre ait pris fin pour notifier."
            )
            return (words,)
    return ()


def _notify(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    letter = notify_convention(actor=visitor.user, convention=convention, posting=posting_of(cleaned))
    notified = Convention.objects.get(pk=convention.pk).notified_on
    if notified:
        return f"La convention avec {convention.commune} est notifiée ; elle prend effet le {date_words(notified)} (art. 5-1)."
    if letter.returned:
        return f"La lettre est {RETURNS[Returned(letter.returned)]} : la convention reste à notifier."
    return f"La convention est envoyée le {date_words(letter.sent)}. {UNDER_WAY}"


def _notify_avenant(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    avenant: Avenant = cleaned["avenant"]
    row = notify_avenant(actor=visitor.user, avenant=avenant, posting=posting_of(cleaned))
    if row.effect_on:
        return f"L’avenant n° {row.number} est notifié ; il prend effet le {date_words(row.effect_on)}."
    return f"L’avenant n° {row.number} est envoyé le {date_words(cleaned['sent'])}. {UNDER_WAY}"


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


def _is_to_send(convention: Convention, *_: object) -> bool:
    return not any(row.matter == Matter.CONVENTION for row in letters_under_way(convention))


STEPS = (
    Step(
        name="notifier",
        title="Notifier à la commune",
        question="Comment la commune reçoit-elle le texte signé ?",
        form=LetterForm,
        perform=_notify,
        states=(State.SIGNED,),
        forecast=_warn_of_overlap,
        when=_is_to_send,
        hints=("La convention prend effet à sa notification (art. 5-1). Le bordereau se prépare dans les pièces.",),
    ),
    Step(
        name="notifier-l-avenant",
        title="Notifier l’avenant à la commune",
        question="Comment la commune reçoit-elle l’avenant signé ?",
        form=AvenantLetterForm,
        perform=_notify_avenant,
        states=RUNNING,
        when=lambda convention, *_: bool(avenants_to_notify(convention)),
        hints=("L’avenant prend effet à sa notification, sauf si la convention en décide autrement (art. 8).",),
    ),
    Step(
        name="suivre-la-lettre",
        title="Dire ce qu’une lettre est devenue",
        question="Qu’est devenue la lettre ?",
        form=TellFateForm,
        perform=_tell_fate,
        forecast=fate_sentences,
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
