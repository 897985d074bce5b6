"""The forms of what is done to many conventions at once: they parse what is typed; actions decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from escale.apps.conventions.folders import shipped_models
from escale.apps.conventions.models import Convention
from escale.apps.conventions.moving import Way
from escale.apps.conventions.papers.texts import model_named
from escale.apps.documents.reading.tables import MOST_BYTES
from escale.apps.territory.models import Commune
from escale.web.days import DayField

MEGABYTES = MOST_BYTES // 1024 // 1024
NOT_A_DAY = "Cette date n’existe pas ; écrire par exemple 09/03/2027."


def day_field(label: str, required: str, hint: str) -> DayField:
    """Return the field of a day."""
    return DayField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": NOT_A_DAY},
    )


class FileForm(forms.Form):
    """The file of the conventions that were signed before."""

    file = forms.FileField(
        label="Le fichier des conventions signées",
        max_length=200,
        help_text=f"Un classeur Excel (.xlsx) ou un fichier CSV, de {MEGABYTES}\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": "Choisir le fichier des conventions.",
            "missing": "Choisir le fichier des conventions.",
            "empty": "Ce fichier est vide ; choisir celui qui contient les conventions.",
            "max_length": "Le nom de ce fichier est trop long ; le raccourcir.",
        },
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(f"Ce fichier dépasse {MEGABYTES}\u00a0Mo ; copier le tableau seul dans un classeur neuf.")
        return upload


class ConfirmForm(forms.Form):
    """Nothing to type: only whether it is confirmed, with what is refused above."""


class RoundForm(forms.Form):
    """The last day of the offices that elections end."""

    ends = day_field(
        "Dernier jour des mandats",
        "Donner le dernier jour des mandats.",
        "Le jour où le conseil municipal est renouvelé ; les signatures de ce jour restent valables.",
    )


class MergeForm(forms.Form):
    """Which communes become which one, and when."""

    communes = forms.MultipleChoiceField(
        label="Les communes qui deviennent communes déléguées",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cocher au moins une commune.", "invalid_choice": "Choisir dans la liste."},
    )
    into = forms.ChoiceField(
        label="La commune qui continue, sous le numéro INSEE de la commune nouvelle",
        error_messages={"required": "Choisir la commune qui continue.", "invalid_choice": "Choisir dans la liste."},
    )
    name = forms.CharField(
        label="Nom de la commune nouvelle",
        max_length=80,
        required=False,
        help_text="S’il change, par exemple : Val-d’Oisy.",
    )
    on = day_field("Date de création", "Donner la date de création.", "Celle de l’arrêté, le plus souvent un 1er janvier.")

    def __init__(self, data: Any = None, *, communes: Sequence[Commune]) -> None:
        super().__init__(data)
        self.known = {commune.code: commune for commune in communes}
        choices = [(commune.code, str(commune)) for commune in communes]
        for name, first in (("communes", []), ("into", [("", "Choisir une commune")])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = [*first, *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a commune that would merge with itself."""
        values = self.cleaned_data
        if values.get("into") in values.get("communes", []):
            self.add_error("into", "Cette commune est cochée parmi celles qui disparaissent ; en choisir une autre.")
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen, as the action reads it."""
        typed = self.cleaned_data
        return {
            "communes": [self.known[code] for code in typed["communes"]],
            "into": self.known[typed["into"]],
            "on": typed["on"],
        }


def model_choices() -> list[tuple[str, str]]:
    """Return the models of text, each with its label; one that nobody voted says so."""
    models = [(name, model_named(name)) for name in shipped_models()]
    return [(name, model.label if model.is_voted else f"{model.label} (non voté)") for name, model in models]


class WayForm(forms.Form):
    """From which model to which one, and how."""

    source = forms.ChoiceField(label="Le texte d’aujourd’hui", error_messages={"required": "Choisir le texte d’aujourd’hui."})
    target = forms.ChoiceField(label="Le texte de demain", error_messages={"required": "Choisir le texte de demain."})
    way = forms.TypedChoiceField(
        label="Comment",
        choices=[
            (Way.AVENANT.value, "par un avenant : la convention continue, ses articles changent"),
            (Way.NEW.value, "par une nouvelle convention, qui commence le lendemain du dernier jour de l’ancienne"),
        ],
        coerce=Way,
        initial=Way.AVENANT.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir l’une des deux façons.", "invalid_choice": "Choisir l’une des deux façons."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("source", "target"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = [("", "Choisir un texte"), *model_choices()]

    def clean(self) -> dict[str, Any]:
        """Refuse to move a text onto itself."""
        values = self.cleaned_data
        if values.get("source") and values.get("source") == values.get("target"):
            self.add_error("target", "C’est le même texte ; en choisir un autre.")
        return values


class MoveForm(forms.Form):
    """The conventions that move."""

    conventions = forms.MultipleChoiceField(
        label="Communes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cocher au moins une commune.", "invalid_choice": "Recharger la page : la liste a changé."},
    )

    def __init__(self, data: Any = None, *, conventions: Sequence[Convention]) -> None:
        super().__init__(data)
        self.known = {str(convention.pk): convention for convention in conventions}
        field = self.fields["conventions"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [(key, str(convention.commune)) for key, convention in self.known.items()]

    @property
    def chosen(self) -> list[Convention]:
        """The conventions that are ticked."""
        return [self.known[key] for key in self.cleaned_data["conventions"]]
