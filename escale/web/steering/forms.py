"""The forms of the steering: they parse what is typed; actions decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet

from escale.apps.team.labels import LEAVE_KINDS
from escale.apps.team.models import LeaveKind, Mediator
from escale.apps.territory.models import BassinDeVie, Commune
from escale.apps.territory.names import PlaceName
from escale.web.days import DayField

KEEP, OTHER = "keep", "other"


class NameForm(forms.Form):
    """How the name of a commune is written in a sentence: one of the two ways that French allows."""

    written = forms.ChoiceField(
        label="Comment écrire ce nom dans une phrase ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisir l’une des deux écritures.",
            "invalid_choice": "Choisir l’une des deux écritures.",
        },
    )

    def __init__(self, data: Any = None, *, name: PlaceName) -> None:
        super().__init__(data, initial={"written": KEEP})
        self.ways = {KEEP: name, OTHER: _other_way(name)}
        field = self.fields["written"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(key, f"la mairie {way.de}, une visite {way.at}") for key, way in self.ways.items()]

    @property
    def chosen(self) -> PlaceName:
        """The name as it was chosen."""
        return self.ways[self.cleaned_data["written"]]


def _other_way(name: PlaceName) -> PlaceName:
    if name.article:
        return replace(name, contracts=not name.contracts)
    return replace(name, elides=not name.elides)


class PremisesForm(forms.Form):
    """A place where a commune receives people."""

    name = forms.CharField(
        label="Nom du lieu",
        max_length=80,
        help_text="Par exemple : Mairie, Médiathèque.",
        error_messages={"required": "Donner un nom à ce lieu."},
    )
    address = forms.CharField(label="Adresse", max_length=200, required=False)
    morning_start = forms.TimeField(
        label="Début le matin",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text="Seulement si la salle ouvre à une autre heure que celle du service.",
    )
    afternoon_start = forms.TimeField(label="Début l’après-midi", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    steps = forms.IntegerField(
        label="Marches à l’entrée",
        required=False,
        min_value=0,
        max_value=200,
        help_text="0 si l’on entre de plain-pied.",
    )
    parking = forms.CharField(label="Où se garer", max_length=200, required=False)
    entry_code = forms.CharField(
        label="Code de la porte ou de l’alarme",
        max_length=40,
        required=False,
        help_text="Lu par l’équipe et la mairie seulement.",
    )


class BassinForm(forms.Form):
    """A bassin de vie: its name, and communes that are in no other."""

    name = forms.CharField(
        label="Nom",
        max_length=80,
        help_text="Par exemple : Denain et ses voisines.",
        error_messages={"required": "Donner un nom à ce bassin de vie."},
    )
    communes = forms.MultipleChoiceField(
        label="Communes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisir au moins une commune.",
            "invalid_choice": "Une commune choisie n’est plus libre. La liste est à jour : choisir de nouveau.",
        },
    )

    def __init__(self, data: Any = None, *, communes: Iterable[Commune], bassin: BassinDeVie | None = None) -> None:
        self.known = {commune.code: commune for commune in communes}
        inside = bassin.memberships.filter(commune__code__in=self.known).values_list("commune__code", flat=True) if bassin else ()
        super().__init__(data, initial={"name": bassin.name if bassin else "", "communes": list(inside)})
        field = self.fields["communes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [(code, str(commune)) for code, commune in self.known.items()]

    @property
    def values(self) -> dict[str, Any]:
        """The name, and the communes that are ticked."""
        typed = self.cleaned_data
        return {"name": typed["name"], "communes": [self.known[code] for code in typed["communes"]]}


class LeaveForm(forms.Form):
    """Days on which a mediator is away."""

    mediator = forms.ModelChoiceField(
        queryset=Mediator.objects.none(),
        label="Qui",
        empty_label="Choisir une personne",
        error_messages={"required": "Choisir la personne qui sera absente."},
    )
    kind = forms.ChoiceField(
        label="Motif",
        choices=[(kind.value, LEAVE_KINDS[kind].capitalize()) for kind in LeaveKind],
        initial=LeaveKind.LEAVE,
    )
    starts = DayField(
        label="Premier jour d’absence",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le premier jour d’absence."},
    )
    ends = DayField(
        label="Dernier jour d’absence",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le dernier jour d’absence."},
    )

    def __init__(self, data: Any = None, *, mediators: QuerySet[Mediator]) -> None:
        super().__init__(data)
        field = self.fields["mediator"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        field.queryset = mediators

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start, beside the end."""
        values = self.cleaned_data
        if "starts" in values and "ends" in values and values["ends"] < values["starts"]:
            self.add_error("ends", "Le dernier jour est avant le premier ; corriger l’une des deux dates.")
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, with the reason as the team knows it."""
        return {**self.cleaned_data, "kind": LeaveKind(self.cleaned_data["kind"])}
