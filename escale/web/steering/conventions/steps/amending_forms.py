"""What the drafting of an avenant asks (art. 8): the text that the model holds ready, or its purpose and its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import Avenant, AvenantClause
from escale.apps.conventions.papers.avenants import ReadyAvenant, ready_avenant
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.queries import annex_on
from escale.core.convention.avenants import next_number
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.planning.agreed import usual_words
from escale.web.steering.conventions.steps import clauses, fields, texts, usual
from escale.web.steering.conventions.steps.step import Cleaned, Folded, StepForm

NUMBERS = "Les avenants se suivent sans trou : 1, 2, 3."
OWN_PURPOSE = "L’avenant préparé a déjà son objet : laisser ce champ vide, ou choisir « Un autre avenant »."


class Which(StrEnum):
    """Which text an avenant takes."""

    READY = "ready"
    OTHER = "other"


class AvenantForm(StepForm):
    """What an avenant changes."""

    which = forms.ChoiceField(label="Quel avenant ?", required=False, widget=forms.RadioSelect, error_messages=fields.LIST)
    number = forms.IntegerField(label="Numéro", help_text=NUMBERS, error_messages={"required": "Donner le numéro."})
    purpose = fields.text("Objet", "En quelques mots : « le planning annexé ».")
    stated = fields.day("Effet écrit dans l’avenant", "Elle ne compte que si la convention le prévoit (art. 8).")
    retroactive = forms.BooleanField(label="L’avenant dit expressément qu’il est rétroactif", required=False)

    def prepare(self) -> None:
        """Ask for the clauses of this convention, each with its present value."""
        number = next_number(self.convention.avenants.values_list("number", flat=True))
        self.ask(ready_avenant(model_of(self.convention), number))

    def ask(self, ready: ReadyAvenant | None, kept: Sequence[AvenantClause] = ()) -> None:
        """Offer the text that is ready, if one is, and ask for the clauses, beside those that are `kept`."""
        self.ready = ready
        model, now = model_of(self.convention), annex_on(self.convention, self.today)
        asked = usual.usual_fields(self.convention.epci, now, empty=clauses.UNCHANGED)
        day = annex_of(now) if now else None
        asked[usual.NTH].help_text = f"Aujourd’hui : {usual_words(day.nth, day.window)}." if day else "Aujourd’hui : aucun."
        asked |= clauses.term_fields(self.convention, self.today)
        self.fields |= asked | clauses.wording_fields(model, clauses.worded(kept))
        which = self.fields["which"]
        if ready is None:
            self.fix("which", Which.OTHER)
        elif isinstance(which, forms.ChoiceField):
            prepared = (
                f"L’avenant n° {ready.number} préparé avec la « {model.label} » : {ready.purpose} "
                f"(articles {', '.join(ready.articles)})"
            )
            which.choices = [(Which.READY.value, prepared), (Which.OTHER.value, "Un autre avenant")]
            self.initial.setdefault("which", Which.OTHER.value)
            self.fields["purpose"].help_text += " Pour un autre avenant que celui qui est préparé."

    def folds(self) -> Folded:
        """Return the parameters below their articles, and what few avenants need."""
        worded = tuple(name for name in self.fields if name.startswith(("article_", "wording_")))
        return (
            *clauses.folded_terms(model_of(self.convention)),
            ("Nouvelle rédaction d’articles", worded),
            ("Date d’effet écrite dans l’avenant", ("stated", "retroactive")),
        )

    def clean(self) -> Cleaned:
        """Read the changes."""
        values = super().clean()
        if self.errors:
            return values
        values["usual"] = usual.usual_kept(values)
        changes = list(clauses.changes_in(values))
        if values["which"] == Which.READY and self.ready:
            return {**values, **self._as_ready(self.ready, values, changes)}
        if not values["purpose"]:
            raise ValidationError({"purpose": "Dire l’objet de l’avenant."})
        if not changes:
            raise ValidationError("Dire ce que l’avenant change : le jour habituel, une valeur, ou la rédaction d’un article.")
        return {**values, "changes": changes}

    @staticmethod
    def _as_ready(ready: ReadyAvenant, values: Cleaned, changes: list[Change]) -> dict[str, Any]:
        """Return the purpose and the articles of the text that is ready, with the values that it changes."""
        if values["purpose"] not in {"", ready.purpose}:
            raise ValidationError({"purpose": OWN_PURPOSE})
        if any(change.wording for change in changes):
            raise ValidationError("L’avenant préparé est déjà rédigé : choisir « Un autre avenant » pour écrire un article.")
        own = {change.article for change in changes}
        added = [Change(article=article) for article in ready.articles if article not in own]
        return {"purpose": ready.purpose, "changes": [*changes, *added]}


class CorrectForm(AvenantForm):
    """What an avenant in draft changes, as it is kept; the address says which one when there are several."""

    avenant = texts.avenant_field(hidden=True)

    def prepare(self) -> None:
        """Show the draft as it is kept."""
        drafts = texts.avenants_in(self.convention, AvenantState.DRAFT)
        wanted = str((self.data or self.initial).get("avenant", ""))
        row = next((one for one in drafts if str(one.pk) == wanted), drafts[-1])
        self.fields["avenant"].offer(drafts)  # type: ignore[attr-defined]
        self.initial["avenant"] = row.pk
        self.known.append(f"Avenant n° {row.number} : {row.purpose}")
        self.others += [(f"Corriger plutôt l’avenant n° {one.number}", f"?avenant={one.pk}") for one in drafts if one != row]
        self.fix("number", row.number)
        self._propose(row)

    def _propose(self, row: Avenant) -> None:
        ready = ready_avenant(model_of(self.convention), row.number)
        is_ready = ready is not None and ready.purpose == row.purpose
        kept = list(row.clauses.all())
        self.ask(ready, kept)
        self.initial.update(
            clauses.typed_of(kept),
            which=Which.READY.value if is_ready else Which.OTHER.value,
            purpose="" if is_ready else row.purpose,
            stated=row.stated_on,
            retroactive=row.is_retroactive,
        )
