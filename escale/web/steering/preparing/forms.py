"""The forms of the calendar: they parse what is typed; actions decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.labels import SCHOOL_ZONES

OTHER = "other"
REASONS = ("Élections", "Fêtes et braderies")
"""What closes the halls of a whole territory most often; anything else is typed."""


def day_field(label: str, required: str, hint: str = "") -> forms.DateField:
    """Return the field of a date."""
    return forms.DateField(
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
