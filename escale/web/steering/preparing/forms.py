"""The forms of what comes before planning: they parse what is typed; actions decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from escale.apps.documents.reading.tables import MOST_BYTES
from escale.apps.schedule.importing import Preview
from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.labels import SCHOOL_ZONES
from escale.web.days import DayField

OTHER = "other"
YEARS_AROUND = 2
REASONS = ("Élections", "Fêtes et braderies")
"""What closes the halls of a whole territory most often; anything else is typed."""


def day_field(label: str, required: str, hint: str = "") -> DayField:
    """Return the field of a date."""
    return DayField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": "Cette date n’existe pas ; écrire par exemple 09/03/2027."},
    )


class PeriodForm(forms.Form):
    """A first and a last day."""

    starts = day_field("Premier jour", "Donner le premier jour.")
    ends = day_field("Dernier jour", "Donner le dernier jour ; le même que le premier pour un seul jour.")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start, beside the end."""
        values = self.cleaned_data
        if "starts" in values and "ends" in values and values["ends"] < values["starts"]:
            self.add_error("ends", "Le dernier jour est avant le premier ; corriger l’une des deux dates.")
        return values


class ClosureForm(PeriodForm):
    """Days on which no hall of the territory can be had."""

    reason = forms.ChoiceField(
        label="Pourquoi",
        choices=[*((reason, reason) for reason in REASONS), (OTHER, "Autre chose")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir un motif.", "invalid_choice": "Choisir un motif de la liste."},
    )
    other = forms.CharField(label="Autre motif", max_length=120, required=False, help_text="Par exemple : Carnaval, vaccination.")
    field_order = ("reason", "other", "starts", "ends")

    def clean(self) -> dict[str, Any]:
        """Ask for the words of another reason."""
        values = super().clean()
        if values.get("reason") == OTHER and not values.get("other", "").strip() and "other" not in self.errors:
            self.add_error("other", "Écrire le motif en quelques mots.")
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as the action reads it."""
        typed = self.cleaned_data
        reason = typed["other"].strip() if typed["reason"] == OTHER else typed["reason"]
        return {"starts": typed["starts"], "ends": typed["ends"], "reason": reason}

    @staticmethod
    def initial_of(reason: str, starts: dt.date | None, ends: dt.date | None) -> dict[str, Any]:
        """Return what the form shows of a closure that is there."""
        listed = reason in REASONS
        return {"reason": reason if listed else OTHER, "other": "" if listed else reason, "starts": starts, "ends": ends}


class HolidayForm(PeriodForm):
    """School holidays."""

    name = forms.CharField(
        label="Nom",
        max_length=80,
        help_text="Par exemple : Vacances d’hiver, Pont de l’Ascension.",
        error_messages={"required": "Donner un nom, par exemple « Vacances d’hiver »."},
    )
    field_order = ("name", "starts", "ends")


class ZoneForm(forms.Form):
    """The school zone of the territory."""

    zone = forms.ChoiceField(
        label="Zone de vacances scolaires",
        choices=[("", "Choisir une zone"), *((zone.value, SCHOOL_ZONES[zone].capitalize()) for zone in SchoolZone)],
        error_messages={"required": "Choisir une zone.", "invalid_choice": "Choisir une zone de la liste."},
    )


class FileForm(forms.Form):
    """The file of a tour."""

    file = forms.FileField(
        label="Le fichier de la tournée",
        max_length=200,
        help_text="Un classeur Excel (.xlsx) ou un fichier CSV, de 2 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": "Choisir le fichier de la tournée.",
            "empty": "Ce fichier est vide. Choisir celui qui contient la tournée.",
            "missing": "Choisir le fichier de la tournée.",
            "max_length": "Le nom de ce fichier est trop long ; le raccourcir.",
        },
    )
    year = forms.IntegerField(
        label="Année du tableau",
        help_text="Lue seulement si une colonne de mois ne dit pas son année.",
        error_messages={
            "required": "Donner l’année, par exemple 2027.",
            "invalid": "Écrire l’année en chiffres, par exemple 2027.",
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, this_year: int) -> None:
        super().__init__(data, files, initial={"year": this_year + 1})
        self.this_year = this_year

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large before any of it is read."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError("Ce fichier dépasse 2 Mo : une tournée tient en beaucoup moins. La copier seule.")
        return upload

    def clean_year(self) -> int:
        """Refuse a year that no tour is planned for now."""
        year: int = self.cleaned_data["year"]
        if abs(year - self.this_year) > YEARS_AROUND:
            raise forms.ValidationError(f"{year} est trop loin ; donner une année proche de {self.this_year}.")
        return year


class DraftForm(forms.Form):
    """What becomes of a tour that was understood; asks only what its preview makes necessary."""

    leave_out = forms.BooleanField(
        label="Laisser de côté les lignes à corriger",
        error_messages={"required": "Cocher pour les laisser de côté, ou corriger le fichier et recommencer."},
    )
    agree = forms.BooleanField(label="Retenir aussi les jours habituels comme jours convenus (art. 4)", required=False)
    agreed_from = DayField(
        label="À partir du",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Cette date n’existe pas ; écrire par exemple 01/01/2027."},
    )

    def __init__(self, data: Any = None, *, preview: Preview) -> None:
        first = preview.months[0].first if preview.months else None
        super().__init__(data, initial={"agreed_from": first})
        if not preview.faults:
            del self.fields["leave_out"]
        if not preview.usual:
            del self.fields["agree"], self.fields["agreed_from"]

    def clean(self) -> dict[str, Any]:
        """Ask from when the usual days are agreed."""
        values = self.cleaned_data
        if values.get("agree") and not values.get("agreed_from") and "agreed_from" not in self.errors:
            self.add_error("agreed_from", "Donner le jour à partir duquel ces jours sont convenus.")
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What was decided, as the action reads it."""
        typed = self.cleaned_data
        return {
            "leave_out": typed.get("leave_out", False),
            "agreed_from": typed.get("agreed_from") if typed.get("agree") else None,
        }
