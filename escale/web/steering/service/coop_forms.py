"""The forms of the exchange with La Coop: they parse what is typed; actions decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from escale.apps.documents.reading.streams import MOST_BYTES
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Epci
from escale.web.days import DayField

MEGABYTES = MOST_BYTES // 1024 // 1024


def _day(label: str) -> DayField:
    return DayField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner une date.", "invalid": "Cette date n’existe pas ; écrire par exemple 09/03/2027."},
    )


class ExportForm(forms.Form):
    """Which records leave: those of a period, of one mediator or of all."""

    first = _day("Du")
    last = _day("Au")
    mediator = forms.ModelChoiceField(
        Mediator.objects.none(),
        label="De",
        required=False,
        empty_label="Toute l’équipe",
        error_messages={"invalid_choice": "Choisir dans la liste."},
    )

    def __init__(self, data: Any = None, *, epci: Epci, today: dt.date) -> None:
        given = {"first": today.replace(month=1, day=1), "last": today}
        super().__init__(data, initial=given, prefix="export")
        _choose_from(self.fields["mediator"], epci)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        values = self.cleaned_data
        if "first" in values and "last" in values and values["last"] < values["first"]:
            self.add_error("last", "La fin est avant le début ; corriger l’une des deux dates.")
        return values


class FileForm(forms.Form):
    """The file that La Coop gave, and whose activities it holds."""

    mediator = forms.ModelChoiceField(
        Mediator.objects.none(),
        label="De qui sont ces fiches ?",
        empty_label="Choisir une personne",
        error_messages={"required": "Choisir de qui sont ces fiches.", "invalid_choice": "Choisir dans la liste."},
    )
    file = forms.FileField(
        label="Le classeur que La Coop exporte",
        max_length=200,
        help_text=f"Dans La Coop : « Mes activités », puis « Exporter ». Un classeur Excel (.xlsx), de {MEGABYTES} Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Choisir le classeur de La Coop.",
            "missing": "Choisir le classeur de La Coop.",
            "empty": "Ce fichier est vide ; choisir celui que La Coop exporte.",
            "max_length": "Le nom de ce fichier est trop long ; le raccourcir.",
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, epci: Epci) -> None:
        super().__init__(data, files)
        _choose_from(self.fields["mediator"], epci)

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(f"Ce fichier dépasse {MEGABYTES} Mo ; exporter de La Coop une période plus courte.")
        return upload


class TakeForm(forms.Form):
    """Whether the probable doubles are taken too."""

    takes_doubles = forms.BooleanField(label="Reprendre aussi les doublons probables", required=False)


def _choose_from(field: forms.Field, epci: Epci) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
    field.queryset = Mediator.objects.filter(epci=epci)
