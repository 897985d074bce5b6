"""What the steps of a denunciation ask: who writes, for which term, how the letter left, what both parties accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.db.models import Q

from escale.apps.conventions.forecasts import aimed_periods
from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import AUTHORISING, Act, Convention, Denonciation, Outcome, PaperKind, Party
from escale.apps.conventions.papers.letters import act_words
from escale.apps.conventions.queries import course_of
from escale.apps.conventions.succession import heir_of
from escale.core.calendar.french import date_words
from escale.core.convention.letters import CHANNEL_WORDS, Channel
from escale.core.convention.periods import Period
from escale.web.steering.conventions.steps import fields, parting
from escale.web.steering.conventions.steps.letters import FATE, LetterForm
from escale.web.steering.conventions.steps.step import Cleaned, Folded, StepForm

BY_POST = (Channel.LRAR, Channel.LRE)
FALLBACK = "La lettre dit qu’à défaut elle vaut pour le terme suivant"
MOST_ACTS = 30
KEEP_VOID = "Garder au dossier une dénonciation sans effet, faute de forme"


class _TermForm(StepForm):
    """Which term is aimed at."""

    author = fields.choice("Qui dénonce ?", PARTIES, radio=True)
    aims_at = parting.date_choice("Pour quel terme ?")

    def prepare(self) -> None:
        """Offer the terms that a letter sent today may aim at."""
        field = self.fields["aims_at"]
        if isinstance(field, forms.TypedChoiceField):
            ends = [period.end for period in aimed_periods(self.convention, self.today)]
            field.choices = [(end.isoformat(), date_words(end).capitalize()) for end in ends]


class PrepareForm(_TermForm):
    """What the letter says."""

    act = fields.text(
        "L’acte qui l’autorise",
        "Tel que la lettre le cite : « délibération du Bureau n° B26/081 du 5 octobre 2026 ».",
        required="Donner l’acte qui autorise cette lettre : son organe, son numéro et sa date.",
    )
    states_fallback = forms.BooleanField(label="Dire qu’à défaut d’effet la lettre vaut pour le terme suivant", required=False)


class DenounceForm(LetterForm):
    """The letter as it left."""

    folded: ClassVar[Folded] = (FATE, ("Autres cas", ("states_fallback", "keep_void")))
    field_order: Sequence[str] = ("author", "paper", "channel", "number", "sent", "aims_at")

    author = fields.choice("Qui dénonce ?", PARTIES, radio=True)
    paper = parting.letter_field()
    channel = fields.choice("Par", CHANNEL_WORDS, radio=True)
    aims_at = parting.date_choice("Pour quel terme ?", "Celui de la période qui court à l’envoi, si la lettre n’en nomme pas.")
    act = fields.RowField("L’acte qui l’autorise", act_words, "Celui de la partie qui dénonce, s’il est enregistré.")
    states_fallback = forms.BooleanField(label=FALLBACK, required=False)
    keep_void = forms.BooleanField(
        label=KEEP_VOID, required=False, help_text="Un courriel ou une lettre simple n’arrête rien ; la trace peut être gardée."
    )
    file = fields.PaperField("Copie de la lettre ou de l’avis de réception")

    def prepare(self) -> None:
        """Offer the letters that wait to leave, and the terms around today: a letter may have left long ago."""
        parting.offer_letters(self, PaperKind.DENUNCIATION, none="Une autre lettre")
        self.offer("act", _acts_on_file(self.convention, self.today), none="Aucun")
        field = self.fields["aims_at"]
        if isinstance(field, forms.TypedChoiceField):
            ends = [period.end for period in _periods_around(self.convention, self.today)]
            listed = [(end.isoformat(), date_words(end).capitalize()) for end in ends]
            field.choices = [("", "Celui de la période en cours à l’envoi"), *listed]
            field.required, field.empty_value = False, None

    def clean(self) -> Cleaned:
        """Take what was said or handed over on a day as received then."""
        values = super().clean()
        if values.get("channel") not in BY_POST and not values.get("delivered"):
            values["delivered"] = values.get("sent")
        return values


class WithdrawForm(StepForm):
    """The agreement of both, in writing."""

    denonciation = fields.RowField("Quelle dénonciation ?", lambda row: words_of(row))
    epci_accepts_on = fields.day("L’EPCI l’accepte par écrit le", required="Donner la date de l’accord écrit de l’EPCI.")
    commune_accepts_on = fields.day(
        "La commune l’accepte par écrit le", required="Donner la date de l’accord écrit de la commune."
    )
    proof = fields.proof()
    file = fields.PaperField("L’accord écrit", required="Joindre l’accord écrit des deux parties.")

    def prepare(self) -> None:
        """Offer the denunciations that stand."""
        self.offer("denonciation", standing(self.convention))


def standing(convention: Convention) -> list[Denonciation]:
    """Return the denunciations that nobody has taken back."""
    return [row for row in convention.denonciations.all() if row.withdrawn_on is None]


def words_of(row: Denonciation) -> str:
    """Return « celle de la commune, envoyée le 12 octobre 2026 »."""
    return f"celle de {PARTIES[Party(row.author)]}, envoyée le {date_words(row.notification.sent)}"


def _acts_on_file(convention: Convention, today: dt.date) -> list[Act]:
    """Return what may authorise either party: its acts that were adopted, the last ones first."""
    kinds = [kind.value for some in AUTHORISING.values() for kind in some]
    adopted = Act.objects.filter(epci=convention.epci, kind__in=kinds, outcome=Outcome.ADOPTED.value)
    own = adopted.filter(Q(commune=None) | Q(commune=heir_of(convention.commune, today)))
    return list(own.order_by("-held_on", "-pk")[:MOST_ACTS])


def _periods_around(convention: Convention, today: dt.date) -> list[Period]:
    course = course_of(convention, today)
    number = course.number_on(today) if course else None
    if course is None or number is None:
        return []
    last = course.last_number
    return [course.period(one) for one in range(max(0, number - 1), number + 2) if last is None or one <= last]
