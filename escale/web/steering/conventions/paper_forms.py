"""The forms of the papers of a convention: they parse what is typed; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from escale.apps.conventions.labels import PAPER_KINDS
from escale.apps.conventions.models import Convention, Paper, PaperKind, Party
from escale.apps.documents.uploads import MOST_MEGABYTES, PAPERS, TEXTS, Upload, accepted_names, kinds_words, read_upload
from escale.core.calendar.french import date_words
from escale.web.days import DayField

MADE_ELSEWHERE = tuple(kind for kind in PaperKind if kind is not PaperKind.CORRECTED_DRAFT)
"""The kinds that may be filed; the lawyer's text has its own page."""
LONGEST_NOTE = 300
ALL_KINDS = (*PAPERS, *TEXTS)
LAWYER_KINDS = (*TEXTS, PAPERS[0])


def file_field(label: str, kinds: tuple[Any, ...]) -> forms.FileField:
    """Return the field of a file of some kinds."""
    return forms.FileField(
        label=label,
        help_text=f"{capfirst(kinds_words(kinds))}, de {MOST_MEGABYTES}\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": accepted_names(kinds)}),
        error_messages={
            "required": "Choisir le fichier.",
            "missing": "Choisir le fichier.",
            "empty": "Ce fichier est vide ; choisir celui qui contient le document.",
        },
    )


def words_field(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    """Return the field of a sentence; `required` is what is told when it is missing."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST_NOTE,
        error_messages={"required": required, "max_length": f"C’est trop long : {LONGEST_NOTE} signes au plus."},
    )


class PaperForm(forms.Form):
    """A paper to be filed."""

    kind = forms.TypedChoiceField(
        label="Ce que c’est",
        choices=[("", "Choisir"), *((kind.value, capfirst(PAPER_KINDS[kind])) for kind in MADE_ELSEWHERE)],
        coerce=PaperKind,
        error_messages={"required": "Dire ce qu’est cette pièce.", "invalid_choice": "Choisir dans la liste."},
    )
    file = file_field("Le fichier", ALL_KINDS)
    filed_for = forms.TypedChoiceField(label="Pièce de", coerce=Party, widget=forms.RadioSelect, initial=Party.COMMUNE.value)
    avenant: Any = forms.ModelChoiceField(
        label="Avenant concerné", queryset=None, required=False, empty_label="La convention elle-même"
    )
    replaces: Any = forms.ModelChoiceField(
        label="Remplace", queryset=None, required=False, empty_label="Rien", help_text="La pièce remplacée reste au dossier."
    )
    filed_on = DayField(
        label="Reçue le",
        required=False,
        help_text="Aujourd’hui, si rien n’est donné.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Cette date n’existe pas ; écrire par exemple 30/04/2027."},
    )
    note = words_field("Note", "Par exemple ce qui prouve la date de réception. Obligatoire au-delà de trente jours.")

    def __init__(self, *args: Any, convention: Convention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties: Any = self.fields["filed_for"]
        parties.choices = [(Party.COMMUNE.value, str(convention.commune)), (Party.EPCI.value, str(convention.epci))]
        avenants: Any = self.fields["avenant"]
        avenants.queryset = convention.avenants.filter(abandoned_on__isnull=True)
        if not avenants.queryset.exists():
            del self.fields["avenant"]
        replaced: Any = self.fields["replaces"]
        replaced.queryset = Paper.objects.current().filter(convention=convention, is_made_here=False)
        replaced.label_from_instance = told_in_a_list
        if not replaced.queryset.exists():
            del self.fields["replaces"]

    @property
    def upload(self) -> Upload:
        """The file, judged. Raise ValidationError, under its field, when it is refused."""
        return read_upload(self.cleaned_data["file"], kinds=ALL_KINDS)

    @property
    def values(self) -> dict[str, Any]:
        """What was typed besides the file, as the action reads it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class DraftTextForm(forms.Form):
    """The file of the lawyer that stands for the text that the model makes."""

    file = file_field("Le fichier corrigé", LAWYER_KINDS)
    note = words_field(
        "Ce qui a été corrigé", "En quelques mots, pour ceux qui liront le journal.", required="Dire ce qui change."
    )

    @property
    def upload(self) -> Upload:
        """The file, judged. Raise ValidationError, under its field, when it is refused."""
        return read_upload(self.cleaned_data["file"], kinds=LAWYER_KINDS)


class ReasonForm(forms.Form):
    """Why something is sent back, or taken back."""

    why = words_field("Pourquoi", "La phrase est montrée telle quelle.", required="Dire en quelques mots ce qui ne va pas.")


def told_in_a_list(paper: Paper) -> str:
    """Return « Exemplaire signé, 12 mars 2025 »."""
    return f"{capfirst(PAPER_KINDS[PaperKind(paper.kind)])}, {date_words(paper.filed_on)}"
