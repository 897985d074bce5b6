"""The places of the sheet of a mairie, and their rooms: they parse what is typed; the action decides what may be kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from escale.apps.schedule.sheets import HOLDERS, HolderSheet, PlaceSheet, RoomSheet
from escale.apps.territory.labels import OPERATORS, SIGNALS
from escale.apps.territory.models.premises import NOON, Operator, Signal

DONT_KNOW = "je ne sais pas"
PHONE_DIGITS = 10


class RoomForm(forms.Form):
    """A room of a place."""

    known = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Nom de la salle",
        max_length=80,
        error_messages={
            "required": "Donner le nom de la salle. Si elle ne sert plus, dites-le dans la remarque, en bas de la page.",
            "max_length": "Ce nom est trop long ; 80 signes au plus.",
        },
    )
    first = forms.BooleanField(label="C’est la salle que nous préférons", required=False)
    is_private = forms.BooleanField(label="On peut y parler à l’abri des regards", required=False)
    is_heated = forms.BooleanField(label="Elle est chauffée", required=False)
    sockets = forms.IntegerField(
        label="Nombre de prises de courant",
        required=False,
        min_value=0,
        max_value=99,
        error_messages={
            "invalid": "Écrire un nombre, par exemple 4.",
            "min_value": "Écrire 0 ou plus.",
            "max_value": "Écrire 99 au plus.",
        },
    )

    @property
    def room(self) -> RoomSheet:
        """What was typed."""
        typed = self.cleaned_data
        return RoomSheet(
            key=typed["known"],
            name=typed["name"],
            is_private=typed["is_private"],
            is_heated=typed["is_heated"],
            sockets=typed["sockets"],
        )


class PlaceForm(forms.Form):
    """A place: where it is, at which hours it opens, what a telephone shows there, who has the keys."""

    known = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Nom du lieu",
        max_length=80,
        help_text="Par exemple : Mairie, Médiathèque.",
        error_messages={
            "required": "Donner le nom du lieu. S’il ne sert plus, dites-le dans la remarque, en bas de la page.",
            "max_length": "Ce nom est trop long ; 80 signes au plus.",
        },
    )
    address = forms.CharField(label="Adresse", max_length=200, required=False)
    first = forms.BooleanField(label="C’est le lieu que nous préférons", required=False)
    morning_start = forms.TimeField(
        label="Le matin, à partir de",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Écrire l’heure comme 08:30."},
    )
    afternoon_start = forms.TimeField(
        label="L’après-midi, à partir de",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Écrire l’heure comme 13:30."},
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        choices = [("", DONT_KNOW), *((signal.value, SIGNALS[signal]) for signal in Signal)]
        for operator in Operator:
            self.fields[f"signal_{operator.value.lower()}"] = forms.ChoiceField(
                label=OPERATORS[operator], choices=choices, required=False
            )
        for rank in range(1, HOLDERS + 1):
            self.fields[f"holder_{rank}_name"] = forms.CharField(label="Nom", max_length=120, required=False)
            self.fields[f"holder_{rank}_phone"] = forms.CharField(
                label="Téléphone",
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
                error_messages={"max_length": "Ce numéro est trop long ; 20 signes au plus."},
            )

    def clean_morning_start(self) -> dt.time | None:
        """Refuse a morning that begins after noon."""
        time: dt.time | None = self.cleaned_data["morning_start"]
        if time and time >= NOON:
            raise forms.ValidationError("Le matin commence avant midi ; écrire par exemple 08:30.")
        return time

    def clean_afternoon_start(self) -> dt.time | None:
        """Refuse an afternoon that begins before noon, or so late that three hours do not fit."""
        time: dt.time | None = self.cleaned_data["afternoon_start"]
        if time and not NOON <= time < dt.time(20):
            raise forms.ValidationError("L’après-midi commence à midi ou plus tard ; écrire par exemple 13:30.")
        return time

    def clean(self) -> dict[str, Any]:
        """Ask for both the name and the telephone of each key-holder."""
        for rank in range(1, HOLDERS + 1):
            name, phone = (self.cleaned_data.get(f"holder_{rank}_{part}", "") for part in ("name", "phone"))
            if phone and sum(sign.isdigit() for sign in phone) < PHONE_DIGITS:
                self.add_error(f"holder_{rank}_phone", "Ce numéro est incomplet ; écrire par exemple 03 53 01 00 12.")
            elif name and not phone and f"holder_{rank}_phone" not in self.errors:
                self.add_error(f"holder_{rank}_phone", "Donner aussi son téléphone.")
            elif phone and not name:
                self.add_error(f"holder_{rank}_name", "Donner aussi son nom.")
        return self.cleaned_data

    @property
    def is_unfolded(self) -> bool:
        """Whether the hours and the networks, which few have to change, are to be seen."""
        seldom = ("morning_start", "afternoon_start", *(field.name for field in self.signals))
        return any(self[name].value() or self[name].errors for name in seldom)

    @property
    def signals(self) -> list[forms.BoundField]:
        """The fields of the networks."""
        return [self[f"signal_{operator.value.lower()}"] for operator in Operator]

    @property
    def holders(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The fields of the key-holders, each pair with its title."""
        titles = ("Personne à appeler d’abord", "Personne à appeler ensuite")
        return [(title, self[f"holder_{n}_name"], self[f"holder_{n}_phone"]) for n, title in enumerate(titles, start=1)]

    def place(self, rooms: tuple[RoomSheet, ...]) -> PlaceSheet:
        """Return what was typed, with the rooms of the place."""
        typed = self.cleaned_data
        signals = {operator: typed[f"signal_{operator.value.lower()}"] for operator in Operator}
        return PlaceSheet(
            key=typed["known"],
            name=typed["name"],
            address=typed["address"],
            morning_start=typed["morning_start"],
            afternoon_start=typed["afternoon_start"],
            signals={operator: Signal(signal) for operator, signal in signals.items() if signal},
            holders=tuple(_holder(typed, rank) for rank in range(1, HOLDERS + 1)),
            rooms=rooms,
        )


def place_initial(place: PlaceSheet) -> dict[str, Any]:
    """Return what a form shows of a place that is known."""
    shown: dict[str, Any] = {
        "known": place.key,
        "name": place.name,
        "address": place.address,
        "morning_start": place.morning_start,
        "afternoon_start": place.afternoon_start,
    }
    shown |= {f"signal_{operator.value.lower()}": signal.value for operator, signal in place.signals.items()}
    for rank, holder in enumerate(place.holders, start=1):
        if holder:
            shown |= {f"holder_{rank}_name": holder.name, f"holder_{rank}_phone": holder.phone}
    return shown


def room_initial(room: RoomSheet) -> dict[str, Any]:
    """Return what a form shows of a room that is known."""
    return {
        "known": room.key,
        "name": room.name,
        "is_private": room.is_private,
        "is_heated": room.is_heated,
        "sockets": room.sockets,
    }


def _holder(typed: dict[str, Any], rank: int) -> HolderSheet | None:
    name, phone = typed[f"holder_{rank}_name"], typed[f"holder_{rank}_phone"]
    return HolderSheet(name=name, phone=phone) if name and phone else None
