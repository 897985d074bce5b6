"""What the front desk of a mairie gives to be sent its link: the commune, or the address that it shares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.territory import clock
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune


class DeskForm(forms.Form):
    """A commune of the list, or an address."""

    commune = forms.ModelChoiceField(
        queryset=Commune.objects.none(),
        label="Votre commune",
        required=False,
        empty_label="Choisir une commune",
        error_messages={"invalid_choice": "Choisir une commune de la liste."},
    )
    email = forms.EmailField(
        label="Ou l’adresse électronique de l’accueil",
        required=False,
        help_text="Celle que la mairie a donnée au service, par exemple accueil@mairie.fr.",
        error_messages={"invalid": "Cette adresse n’est pas complète ; écrire par exemple accueil@mairie.fr."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["commune"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        today = clock.today()
        members = Commune.objects.filter(holding(today, "memberships__"), memberships__isnull=False)
        field.queryset = members.only("code", "name", "article", "sort_key").distinct()

    def clean(self) -> None:
        """Ask for one or the other."""
        if not self.errors and not self.cleaned_data["commune"] and not self.cleaned_data["email"]:
            raise ValidationError("Choisir votre commune, ou écrire l’adresse de l’accueil.")
