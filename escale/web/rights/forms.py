"""What is asked: to note a request, to look for a person, to say when it was answered."""

from __future__ import annotations

from typing import Any

from django import forms

from escale.apps.booking.kinds import Right
from escale.apps.booking.labels import RIGHTS
from escale.apps.booking.rights.sources import Search
from escale.web.days import DayField


class NoteForm(forms.Form):
    """A request as it arrives."""

    kind = forms.ChoiceField(
        label="Que demande la personne ?",
        choices=[(right.value, RIGHTS[right].capitalize()) for right in Right],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir ce que la personne demande."},
    )
    received_on = DayField(
        label="Reçue le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour où la demande est arrivée : le mois pour répondre court de ce jour."},
    )
    person = forms.CharField(
        label="Qui demande",
        max_length=120,
        required=False,
        help_text="Pour vous y retrouver ; effacé dès que la réponse est notée.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "kind": Right(self.cleaned_data["kind"])}


class SearchForm(forms.Form):
    """Whom to look for; what is typed is never kept."""

    name = forms.CharField(
        label="Nom ou alias", max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    contact = forms.CharField(
        label="Téléphone ou adresse électronique",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def search(self) -> Search:
        """What the action takes."""
        return Search(name=self.cleaned_data["name"], contact=self.cleaned_data["contact"])


class ChosenForm(forms.Form):
    """The rows that are the person's."""

    uids = forms.TypedMultipleChoiceField(
        coerce=str,
        error_messages={"required": "Cocher ce qui concerne la personne.", "invalid_choice": "Recommencer la recherche."},
    )


class AnswerForm(forms.Form):
    """When it was answered."""

    answered_on = DayField(
        label="Répondu le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour de la réponse."},
    )
