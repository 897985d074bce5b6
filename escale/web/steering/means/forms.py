"""The forms of the means of the team: they parse what is typed; actions decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from escale.apps.team.labels import PIECE_KINDS
from escale.apps.team.models import Kit, Mediator, MeetingRoom, Post, RoomBooking
from escale.apps.territory.models import Commune
from escale.core.calendar.halfdays import WEEKDAY_WORDS, Half, Weekday, Window
from escale.core.team.equipment import PieceKind
from escale.core.team.rotation import MOST_WEEKS
from escale.web.days import DayField
from escale.web.pieces import first_upper

HALVES = {"AM": (Half.AM,), "PM": (Half.PM,), "DAY": (Half.AM, Half.PM)}
HALF_CHOICES = [("AM", "Le matin"), ("PM", "L’après-midi"), ("DAY", "Toute la journée")]


def day_field(label: str, missing: str = "", *, hint: str = "") -> DayField:
    """Return the field of a date; without `missing` it may be left out."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=bool(missing), help_text=hint, widget=widget, error_messages={"required": missing})


def words_field(label: str, most: int, missing: str = "", *, hint: str = "") -> forms.CharField:
    """Return the field of a short text; without `missing` it may be left out."""
    return forms.CharField(
        label=label, max_length=most, required=bool(missing), help_text=hint, error_messages={"required": missing}
    )


def hour_field(label: str, missing: str) -> forms.TimeField:
    """Return the field of an hour."""
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), error_messages={"required": missing}
    )


class ChoosingForm(forms.Form):
    """A form that chooses among rows of the EPCI."""

    def among(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a field choose among some rows."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared in each form
        field.queryset = rows


class KitNameForm(ChoosingForm):
    """How a kit is called, and the post that it follows."""

    label = words_field("Nom de la malle", 60, "Donner un nom à la malle.", hint="Celui qui est écrit dessus.")
    post = forms.ModelChoiceField(
        queryset=Post.objects.none(),
        label="Pour",
        required=False,
        empty_label="Toute l’équipe",
        help_text="Le poste qui l’emporte.",
    )


class KitForm(KitNameForm):
    """A new kit."""

    starts = day_field("En service depuis le", "Donner le premier jour de service.")


class KitChangeForm(KitNameForm):
    """A kit that exists: when it goes out of service."""

    ends = day_field("Dernier jour de service", hint="Laisser vide tant qu’elle sert.")


class PieceForm(forms.Form):
    """A numbered piece."""

    number = forms.IntegerField(
        label="Numéro",
        min_value=1,
        max_value=99999,
        help_text="Celui de l’étiquette collée dessus.",
        error_messages={"required": "Donner le numéro de l’étiquette.", "invalid": "Écrire un nombre, par exemple 12."},
    )
    kind = forms.ChoiceField(
        label="Type (art. 3-2)", choices=[(kind.value, first_upper(words)) for kind, words in PIECE_KINDS.items()]
    )
    label = words_field("Modèle", 80)
    serial = words_field("Numéro de série", 60)
    starts = day_field("En service depuis le", "Donner le premier jour de service.")

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, with the kind as the team knows it."""
        return {**self.cleaned_data, "kind": PieceKind(self.cleaned_data["kind"])}


class PieceChangeForm(ChoosingForm):
    """A piece that exists: its label, its kit, its last day."""

    number = PieceForm.base_fields["number"]
    kit = forms.ModelChoiceField(queryset=Kit.objects.none(), label="Malle", empty_label=None)
    label = words_field("Modèle", 80)
    serial = words_field("Numéro de série", 60)
    ends = day_field("Dernier jour de service", hint="Laisser vide tant qu’il sert.")


class RoomForm(ChoosingForm):
    """A meeting room."""

    name = words_field("Nom de la salle", 80, "Donner le nom de la salle.")
    commune = forms.ModelChoiceField(
        queryset=Commune.objects.none(),
        label="Commune",
        empty_label="Choisir",
        error_messages={"required": "Choisir la commune."},
    )
    address = words_field("Adresse", 200)
    seats = forms.IntegerField(
        label="Places", min_value=1, max_value=500, error_messages={"required": "Donner le nombre de places."}
    )
    starts = day_field("Ouverte aux formations depuis le", "Donner le premier jour.")


class BookingForm(ChoosingForm):
    """A room for a half-day, or for both."""

    room = forms.ModelChoiceField(
        queryset=MeetingRoom.objects.none(),
        label="Salle",
        empty_label="Choisir",
        error_messages={"required": "Choisir la salle."},
    )
    date = day_field("Date", "Donner la date.")
    halves = forms.ChoiceField(
        label="Quand",
        choices=HALF_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir le matin, l’après-midi ou la journée."},
    )
    subject = words_field("Pour quoi", 120, "Dire pour quelle formation.", hint="La formation, sans nom de personne.")

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, with the half-days one by one."""
        return {**self.cleaned_data, "halves": HALVES[self.cleaned_data["halves"]]}


class LastDayForm(forms.Form):
    """The last day of something."""

    ends = day_field("Dernier jour", "Donner le dernier jour.")


class PermanenceForm(ChoosingForm):
    """A post in a place on a half-day of the week."""

    place = words_field("Lieu", 120, "Donner le lieu.", hint="Par exemple : Médiathèque.")
    commune = forms.ModelChoiceField(
        queryset=Commune.objects.none(),
        label="Commune",
        empty_label="Choisir",
        error_messages={"required": "Choisir la commune."},
    )
    address = words_field("Adresse", 200)
    post = forms.ModelChoiceField(
        queryset=Post.objects.none(),
        label="Poste",
        empty_label="Choisir",
        error_messages={"required": "Choisir le poste qui y va."},
    )
    window = forms.ChoiceField(
        label="Demi-journée", initial="WED_AM", help_text="Parmi celles que l’article 4 ne donne pas aux communes."
    )
    opens = hour_field("De", "Donner l’heure du début.")
    closes = hour_field("À", "Donner l’heure de la fin.")
    every = forms.IntegerField(
        label="Toutes les combien de semaines",
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        help_text="1 : chaque semaine ; 2 : une semaine sur deux, à partir du premier jour.",
        error_messages={"required": "Donner le rythme : 1 pour chaque semaine."},
    )
    starts = day_field("À partir du", "Donner le premier jour.")
    ends = day_field("Jusqu’au", hint="Laisser vide si la permanence n’a pas de fin.")

    def __init__(self, data: Any = None, *, windows: list[Window]) -> None:
        super().__init__(data, initial={"opens": dt.time(9), "closes": dt.time(12)})
        field = self.fields["window"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(str(window), window.words.capitalize()) for window in windows]

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, with the half-day as a value."""
        return {**self.cleaned_data, "window": Window.parse(self.cleaned_data["window"])}


class TrainingForm(ChoosingForm):
    """Hours of training."""

    mediator = forms.ModelChoiceField(
        queryset=Mediator.objects.none(), label="Qui", empty_label="Choisir", error_messages={"required": "Choisir la personne."}
    )
    date = day_field("Date", "Donner la date.")
    hours = forms.DecimalField(
        label="Heures",
        min_value=0,
        max_value=24,
        decimal_places=2,
        localize=True,
        error_messages={"required": "Donner le nombre d’heures."},
    )
    subject = words_field("Sujet", 120, "Donner le sujet.")
    provider = words_field("Organisme", 120)
    booking = forms.ModelChoiceField(
        queryset=RoomBooking.objects.none(), label="Salle réservée", required=False, empty_label="Ailleurs, ou sans réservation"
    )


class HabilitationForm(forms.Form):
    """How far someone is with Aidants Connect."""

    trained_on = day_field("Formation le", "Donner le jour de la formation, suivie ou prévue.")
    granted_on = day_field("Habilitation le", hint="Laisser vide tant qu’elle n’est pas obtenue.")
    ends = day_field("Valable jusqu’au", hint="Laisser vide si elle n’a pas de fin connue.")


class StructureForm(forms.Form):
    """The habilitation of the structure."""

    starts = day_field("Habilitée depuis le", "Donner le premier jour.")
    ends = day_field("Jusqu’au", hint="Laisser vide si elle n’a pas de fin connue.")


def open_windows(service: frozenset[Window]) -> list[Window]:
    """Return the half-days of the working week that art. 4 does not give to the communes, Wednesday morning first."""
    week = [Window(weekday=day, half=half) for day in list(Weekday)[: len(WEEKDAY_WORDS)] for half in Half]
    return sorted((window for window in week if window not in service), key=lambda window: (str(window) != "WED_AM", window))
