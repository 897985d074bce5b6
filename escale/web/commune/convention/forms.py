"""What a mairie types for its convention: what it files, who signs, who is its référent, where people are received."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from escale.apps.conventions.labels import GENDERS
from escale.apps.conventions.models import Gender, Signatory
from escale.apps.documents.uploads import accepted_names
from escale.apps.territory.models import Premises, Referent, Room
from escale.core.calendar.french import date_words
from escale.web.days import DayField

DAY = {"invalid": "Cette date n’existe pas ; écrire par exemple 30/04/2027."}
NOBODY = "Personne : elle s’ajoute"


def _day(label: str, hint: str = "", *, required: str = "") -> DayField:
    return DayField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**DAY, "required": required},
    )


def _words(label: str, *, most: int, required: str = "", hint: str = "", kind: str = "text") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(required),
        widget=forms.TextInput(attrs={"type": kind, "autocomplete": "off"}),
        error_messages={"required": required, "max_length": f"C’est trop long : {most} signes au plus."},
    )


def _file() -> forms.FileField:
    return forms.FileField(
        label="Le fichier",
        help_text="Un PDF, ou une image PNG ou JPEG. 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": accepted_names()}),
        error_messages={
            "required": "Choisir le fichier à déposer.",
            "empty": "Ce fichier est vide ; choisir celui qui contient le document.",
            "invalid": "Choisir le fichier à déposer.",
        },
    )


class FilingForm(forms.Form):
    """A paper that a commune files, with what it says."""

    def __init__(self, data: Any = None, files: Any = None, *, today: dt.date) -> None:
        super().__init__(data, files)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse days to come."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, dt.date) and value > self.today:
                self.add_error(name, f"Le {date_words(value)} n’est pas encore venu ; corriger la date.")
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str]:
        """What was typed, as it is kept beside the file."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "file" and value}
        return {name: value.isoformat() if isinstance(value, dt.date) else str(value) for name, value in typed.items()}


class DeliberationForm(FilingForm):
    """The vote of the council."""

    held_on = _day("Séance du", required="Donner la date de la séance.")
    number = _words("Numéro de la délibération", most=40, required="Donner le numéro de la délibération, par exemple 2027-14.")
    transmitted_on = _day("Transmise à la préfecture le", "Si vous l’avez déjà : la date de l’accusé de réception.")
    receipt = _words("Numéro de l’accusé de réception", most=80)
    published_on = _day("Publiée ou affichée le", "Elle vaut une fois transmise et publiée.")
    file = _file()


class SignedCopyForm(FilingForm):
    """The copy that was signed for the commune."""

    signed_on = _day("Signée par la commune le", required="Donner la date de la signature.")
    file = _file()


class PersonForm(forms.Form):
    """Someone who is named from a day on, instead of someone else or beside them."""

    first_name = _words("Prénom", most=60, required="Donner le prénom.")
    last_name = _words("Nom", most=60, required="Donner le nom.")
    starts = _day("À partir du", required="Donner le premier jour.")

    def __init__(self, data: Any = None, *, known: QuerySet[Any], today: dt.date) -> None:
        super().__init__(data, initial={"starts": today})
        self.known = {str(one.pk): one for one in known}
        if self.known:
            choices = [*((key, str(one)) for key, one in self.known.items()), ("", NOBODY)]
            self.fields["replaces"] = forms.ChoiceField(
                label="Qui cette personne remplace-t-elle ?",
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                initial=choices[0][0],
                error_messages={"invalid_choice": "Choisir dans la liste."},
            )

    @property
    def name(self) -> str:
        """The name that was typed."""
        return f"{self.cleaned_data['first_name']} {self.cleaned_data['last_name']}"

    @property
    def person(self) -> dict[str, Any]:
        """What was typed of the person, with whoever is replaced."""
        typed = dict(self.cleaned_data)
        return {**typed, "replaces": self.known.get(typed.pop("replaces", "") or "")}


class SignatoryForm(PersonForm):
    """Who signs for the commune."""

    title = _words("Qualité", most=80, required="Donner la qualité, par exemple Maire.", hint="Maire, ou adjoint par délégation.")
    gender = forms.TypedChoiceField(
        label="Comment l’écrire ?",
        choices=[(gender.value, words.capitalize()) for gender, words in GENDERS.items()],
        coerce=Gender,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir l’une des deux écritures.", "invalid_choice": "Choisir l’une des deux écritures."},
    )
    field_order = ("first_name", "last_name", "title", "gender", "starts", "replaces")

    def __init__(self, data: Any = None, *, known: QuerySet[Signatory], today: dt.date) -> None:
        super().__init__(data, known=known, today=today)


class ReferentForm(PersonForm):
    """To whom the mediator speaks (art. 3-1)."""

    position = _words("Fonction", most=80)
    phone = _words("Téléphone", most=20, kind="tel")
    email = forms.EmailField(
        label="Adresse électronique",
        required=False,
        error_messages={"invalid": "Cette adresse n’est pas complète ; écrire par exemple mairie@exemple.fr."},
    )
    field_order = ("first_name", "last_name", "position", "phone", "email", "starts", "replaces")

    def __init__(self, data: Any = None, *, known: QuerySet[Referent], today: dt.date) -> None:
        super().__init__(data, known=known, today=today)

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the person."""
        values = self.cleaned_data
        if not values.get("phone") and not values.get("email") and "email" not in self.errors:
            self.add_error("phone", "Donner un téléphone ou une adresse électronique.")
        return values


class PlaceForm(forms.Form):
    """A place where people are received, with the room that serves."""

    name = _words("Nom du lieu", most=80, required="Donner un nom à ce lieu.", hint="Par exemple : Mairie, Médiathèque.")
    address = _words("Adresse", most=200)
    room = _words(
        "Nom de la salle", most=80, required="Donner le nom de la salle.", hint="Par exemple : bureau du rez-de-chaussée."
    )
    is_private = forms.BooleanField(label="On peut y parler à l’abri des regards", required=False)
    is_heated = forms.BooleanField(label="Elle est chauffée", required=False)
    entry_code = _words(
        "Code de la porte ou de l’alarme", most=40, hint="S’il en faut un pour entrer. Lu par vous et par le médiateur seulement."
    )

    def __init__(self, data: Any = None, *, place: Premises | None = None, room: Room | None = None) -> None:
        known: dict[str, Any] = {"name": place.name, "address": place.address, "entry_code": place.entry_code} if place else {}
        if room:
            known |= {"room": room.name, "is_private": room.is_private, "is_heated": room.is_heated}
        super().__init__(data, initial=known)
