"""The steps of an avenant (art. 8): what it changes, its text sent to the assemblies, and giving it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.conventions.actions.amending import abandon_avenant, draft_avenant
from escale.apps.conventions.actions.freezing import freeze_avenant_text
from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import Avenant, Convention
from escale.apps.conventions.papers.avenants import ready_purpose
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.queries import annex_on
from escale.apps.territory import clock
from escale.core.convention.avenants import next_number
from escale.core.convention.cycles.avenant import RUNNING_AVENANTS, AvenantState
from escale.core.convention.life import RUNNING
from escale.core.planning.agreed import usual_words
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import clauses, fields, texts, usual
from escale.web.steering.conventions.steps.drafting import REASON
from escale.web.steering.conventions.steps.step import Cleaned, Folded, Step, StepForm

NUMBERS = "Les avenants se suivent sans trou : 1, 2, 3."


FOLDED: Folded = (
    ("Nouvelle rédaction d’articles", tuple(f"{part}_{rank}" for rank in (1, 2, 3) for part in ("article", "wording"))),
    ("Articles touchés par un texte déjà rédigé", ("articles",)),
    ("Date d’effet écrite dans l’avenant", ("stated", "retroactive")),
)


class AvenantForm(StepForm):
    """What an avenant changes."""

    number = forms.IntegerField(label="Numéro", help_text=NUMBERS, error_messages={"required": "Donner le numéro."})
    purpose = fields.text("Objet", "En quelques mots : « le planning annexé ».", required="Dire l’objet de l’avenant.")
    stated = fields.day("Effet écrit dans l’avenant", "Elle ne compte que si la convention le prévoit (art. 8).")
    retroactive = forms.BooleanField(label="L’avenant dit expressément qu’il est rétroactif", required=False)

    def prepare(self) -> None:
        """Ask for the clauses of this convention, each with its present value."""
        model, kept = model_of(self.convention), annex_on(self.convention, self.today)
        asked = usual.usual_fields(self.convention.epci, kept, empty=clauses.UNCHANGED)
        day = annex_of(kept) if kept else None
        asked[usual.NTH].help_text = f"Aujourd’hui : {usual_words(day.nth, day.window)}." if day else "Aujourd’hui : aucun."
        ready = ready_purpose(model, next_number(self.convention.avenants.values_list("number", flat=True)))
        if ready:
            self.fields["purpose"].help_text = f"« {ready} » : un texte est déjà rédigé pour cet objet, mot pour mot."
        asked |= clauses.term_fields(self.convention, self.today) | clauses.wording_fields(model)
        asked["articles"] = forms.MultipleChoiceField(
            label="Articles", choices=clauses.articles_of(model), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields |= asked

    def folds(self) -> Folded:
        """Return the parameters below their articles, and what few avenants need."""
        return (*clauses.folded_terms(model_of(self.convention)), *FOLDED)

    def clean(self) -> Cleaned:
        """Read the changes."""
        values = super().clean()
        if self.errors:
            return values
        values["usual"] = usual.usual_kept(values)
        changes = list(clauses.changes_in(self.convention, values))
        if not changes:
            raise ValidationError("Dire ce que l’avenant change : le jour habituel, une valeur, ou la rédaction d’un article.")
        return {**values, "changes": changes}


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
    articles = sorted({change.article for change in cleaned["changes"]})
    changed = f"les articles {', '.join(articles)}" if len(articles) > 1 else f"l’article {articles[0]}"
    return f"L’avenant n° {row.number} est en brouillon : il change {changed}."


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
        name="envoyer-l-avenant",
        title="Envoyer l’avenant aux deux assemblées",
        question="Envoyer le texte de l’avenant ?",
        form=SendAvenantForm,
        perform=_send,
        states=RUNNING,
        when=lambda convention, *_: bool(texts.avenants_in(convention, AvenantState.DRAFT)),
        initial=_today,
        hints=(
            "Le texte ne change plus. Un autre avenant sur les mêmes articles attendra celui-ci.",
            "Si les délibérations d’origine valent aussi pour les avenants, il peut être signé aussitôt.",
        ),
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
