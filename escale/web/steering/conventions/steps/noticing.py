"""The steps of a mise en demeure (art. 5-2): its letter, its sending with the month that follows, and how it is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from escale.apps.conventions.actions.preparing import prepare_formal_notice
from escale.apps.conventions.actions.terminating import close_notice, put_on_notice
from escale.apps.conventions.forecasts import cure_forecast, cure_sentences
from escale.apps.conventions.labels import CURE_OUTCOMES, PARTIES
from escale.apps.conventions.models import Convention, CureOutcome, MiseEnDemeure, PaperKind, Party
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.queries import cure_ends_on
from escale.apps.territory import clock
from escale.core.calendar.french import date_words
from escale.core.convention.life import RUNNING, Situation
from escale.core.convention.nodes import Heading, said
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields, parting
from escale.web.steering.conventions.steps.letters import FATE, LetterForm, posting_of
from escale.web.steering.conventions.steps.step import Cleaned, Folded, Step, StepForm

ARTICLE = re.compile(r"article-(\d+(?:-\d+)?)")


class _BreachForm(StepForm):
    """What was not done, by which articles, what is expected."""

    author = fields.choice("Qui met en demeure ?", PARTIES, radio=True)
    articles = forms.MultipleChoiceField(
        label="Quels articles ne sont pas respectés ?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisir au moins un article.", "invalid_choice": "Choisir dans la liste."},
    )
    breach = fields.words("Les faits", "Ce qui s’est passé, avec les dates.", required="Dire les faits, avec leurs dates.")
    expected = fields.words("Ce qui est attendu", required="Dire ce qui est attendu de l’autre partie.")

    def prepare(self) -> None:
        """Offer the articles of the text."""
        field = self.fields["articles"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(articles_of(self.convention))


class PrepareForm(_BreachForm):
    """What the letter says."""

    contact = fields.text("Qui reçoit les observations", "La coordination, si rien n’est donné.")


class NoticeForm(_BreachForm, LetterForm):
    """The letter as it left."""

    folded: ClassVar[Folded] = (FATE,)
    field_order: Sequence[str] = ("author", "paper", "articles", "breach", "expected", "channel", "number", "sent")

    paper = parting.letter_field()
    file = fields.PaperField("Copie de la lettre ou de l’avis de réception")

    def prepare(self) -> None:
        """Offer the articles, and the letters that wait to leave."""
        super().prepare()
        parting.offer_letters(self, PaperKind.FORMAL_NOTICE, none="Une autre lettre")


class CloseForm(StepForm):
    """How it ends."""

    notice = fields.RowField("Quelle mise en demeure ?", lambda row: words_of(row))
    outcome = fields.choice("Comment se termine-t-elle ?", CURE_OUTCOMES, radio=True)
    closed_on = fields.day("Close le", required="Donner la date.")
    reasons = fields.words("Motifs", "Ce qui a été fait ; ou pourquoi elle est classée (obligatoire alors).")
    proof = fields.proof()

    def prepare(self) -> None:
        """Offer those that are open."""
        self.offer("notice", open_notices(self.convention))


def articles_of(convention: Convention) -> Iterator[tuple[str, str]]:
    """Yield the articles of the text, each with its title as it was voted; of those that are divided, their parts."""
    headings = [node for node in model_of(convention).convention.text.nodes if isinstance(node, Heading)]
    found = {match[1]: said(node.words) for node in headings if (match := ARTICLE.fullmatch(node.id))}
    for number, title in found.items():
        if not any(other.startswith(f"{number}-") for other in found):
            yield number, title


def open_notices(convention: Convention) -> list[MiseEnDemeure]:
    """Return the mises en demeure of a convention that nobody has closed."""
    return list(convention.mises_en_demeure.filter(closed_on=None).select_related("notification"))


def words_of(notice: MiseEnDemeure) -> str:
    """Return « celle de l’EPCI, envoyée le 12 octobre 2026 (art. 3-1, 7) »."""
    articles = ", ".join(str(article) for article in notice.articles)
    return f"celle de {PARTIES[Party(notice.author)]}, envoyée le {date_words(notice.notification.sent)} (art. {articles})"


def _prepare(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    paper = prepare_formal_notice(
        actor=visitor.user,
        convention=convention,
        author=parting.author_of(cleaned),
        facts=cleaned["breach"],
        **{name: cleaned[name] for name in ("articles", "expected", "contact")},
    )
    return f"La lettre est prête dans les pièces : {paper.file.name}. La relire, la signer, la poster, puis enregistrer l’envoi."


def _put_on_notice(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    author = parting.author_of(cleaned)
    notice = put_on_notice(
        actor=visitor.user,
        convention=convention,
        author=author,
        posting=posting_of(cleaned),
        facts=cleaned["breach"],
        **{name: cleaned[name] for name in ("articles", "expected")},
    )
    parting.keep_letter(visitor, convention, notice.notification, cleaned, PaperKind.FORMAL_NOTICE, author)
    told = f"La mise en demeure est envoyée le {date_words(notice.notification.sent)}."
    return " ".join((told, *cure_sentences(notice, convention)))


def _close(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    row = close_notice(
        actor=visitor.user,
        notice=cleaned["notice"],
        **{name: cleaned[name] for name in ("outcome", "closed_on", "reasons", "proof")},
    )
    return f"La mise en demeure est {CURE_OUTCOMES[CureOutcome(row.outcome)]}."


def _told(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    if parting.informed_on(cleaned) or cleaned["returned"]:
        return ()
    return cure_forecast(convention, cleaned["sent"])


def _told_when_prepared(convention: Convention, _: Cleaned) -> Sequence[str]:
    return cure_forecast(convention, clock.today(convention.epci))


def _told_when_closed(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    last = cure_ends_on(cleaned["notice"], convention)
    if last is None:
        return ("Sa lettre n’a encore atteint personne.",)
    return (f"Son délai va jusqu’au {date_words(last)} inclus. Une fois close, elle ne mène plus à une résiliation.",)


def _as_prepared(convention: Convention) -> Mapping[str, Any]:
    known = parting.values_prepared(convention, PaperKind.FORMAL_NOTICE)
    return {**known, "breach": known.get("facts", "")}


def _has_open(convention: Convention, _: Situation, __: Visitor) -> bool:
    return bool(open_notices(convention))


STEPS = (
    Step(
        name="preparer-mise-en-demeure",
        title="Préparer une mise en demeure",
        question="Qu’est-ce qui n’est pas respecté ?",
        form=PrepareForm,
        perform=_prepare,
        forecast=_told_when_prepared,
        states=RUNNING,
        permission="conventions.decide",
        hints=("L’autre partie a un mois pour régulariser ; sans effet, la convention peut être résiliée (art. 5-2).",),
    ),
    Step(
        name="mettre-en-demeure",
        title="Enregistrer l’envoi d’une mise en demeure",
        question="Quelle mise en demeure est partie, et quand ?",
        form=NoticeForm,
        perform=_put_on_notice,
        forecast=_told,
        initial=_as_prepared,
        states=RUNNING,
        permission="conventions.decide",
        hints=("Le délai d’un mois court à partir de la réception : elle se dit dès qu’elle est connue.",),
    ),
    Step(
        name="clore-la-mise-en-demeure",
        title="Clore une mise en demeure",
        question="La mise en demeure est-elle suivie d’effet, ou classée ?",
        form=CloseForm,
        perform=_close,
        forecast=_told_when_closed,
        permission="conventions.decide",
        when=_has_open,
    ),
)
