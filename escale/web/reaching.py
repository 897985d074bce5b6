"""What is typed of a mairie and of a relay, by the mairie itself or by the coordination."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from escale.apps.territory.actions.reaching import RelayFields
from escale.apps.territory.labels import RELAY_KINDS
from escale.apps.territory.models import Mairie, Relay, RelayKind
from escale.web.days import DayField


def _words(label: str, *, most: int, required: str = "", hint: str = "", kind: str = "text") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        widget=forms.TextInput(attrs={"type": kind, "autocomplete": "off"}),
        error_messages={"required": required, "max_length": f"C’est trop long : {most} signes au plus."},
    )


class MairieForm(forms.Form):
    """How a mairie is reached."""

    phone = _words("Téléphone pour le public", most=20, kind="tel", hint="Par exemple : 03 53 01 00 10.")
    phone_hours = _words("Heures où quelqu’un répond", most=120, hint="Comme sur la porte : « lundi au vendredi, 9 h – 12 h ».")
    other_phone = _words("Numéro aux autres heures", most=20, kind="tel", hint="Un numéro d’astreinte, s’il y en a un.")
    email = _words(
        "Adresse électronique de l’accueil",
        most=254,
        kind="email",
        hint="Celle que plusieurs personnes lisent. L’accueil y reçoit le lien pour entrer, sans mot de passe.",
    )

    welcomes_neighbours = forms.BooleanField(
        label="Les habitants des communes voisines peuvent venir",
        required=False,
        help_text="Sans cette coche, la page de la commune dit que l’aide est pour ses habitants.",
    )

    def __init__(self, data: Any = None, *, mairie: Mairie | None) -> None:
        super().__init__(data, initial={name: getattr(mairie or Mairie(), name) for name in self.base_fields})


class RelayForm(forms.Form):
    """Someone else who helps."""

    kind = forms.ChoiceField(
        label="Type",
        choices=[(kind.value, RELAY_KINDS[kind]) for kind in RelayKind],
        error_messages={"required": "Choisir un type.", "invalid_choice": "Choisir un type de la liste."},
    )
    name = _words("Nom", most=120, required="Donner le nom du relais, comme il est écrit sur la porte.")
    address = _words("Adresse", most=200)
    phone = _words("Téléphone", most=20, kind="tel")
    hours = _words("Horaires", most=200, hint="Par exemple : « mardi et jeudi, 14 h – 17 h ».")
    helps_with = _words("Pour quoi y aller", most=200, hint="Par exemple : « impôts, retraite, carte grise ».")
    checked_on = DayField(
        label="Vérifié le",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour où ces renseignements ont été vérifiés."},
    )

    def __init__(self, data: Any = None, *, relay: Relay | None, today: dt.date) -> None:
        known = {name: getattr(relay, name) for name in self.base_fields} if relay else {"checked_on": today}
        super().__init__(data, initial=known)

    @property
    def values(self) -> RelayFields:
        """What the action takes."""
        typed = self.cleaned_data
        return RelayFields(
            kind=RelayKind(typed["kind"]),
            name=typed["name"],
            address=typed["address"],
            phone=typed["phone"],
            hours=typed["hours"],
            helps_with=typed["helps_with"],
            checked_on=typed["checked_on"],
        )
