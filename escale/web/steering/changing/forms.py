"""The forms that change a tour: they parse what is typed; actions decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from escale.apps.schedule.edits import Place
from escale.apps.schedule.workbench import Workbench
from escale.core.calendar.halfdays import HALF_WORDS, Half, Window
from escale.web.days import DayField

HALVES = [(half.value, HALF_WORDS[half].capitalize()) for half in Half]


def day_field(label: str, missing: str, **more: Any) -> DayField:
    """Return the field of a civil date."""
    return DayField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": "Écrire la date comme 08/12/2026."},
        **more,
    )


class PlaceForm(forms.Form):
    """A half-day of a post: where a visit may go."""

    date = day_field("Date", "Donner la date.")
    half = forms.ChoiceField(
        label="Moitié de la journée",
        choices=HALVES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir le matin ou l’après-midi.", "invalid_choice": "Choisir le matin ou l’après-midi."},
    )
    post = forms.ChoiceField(
        label="Par qui",
        error_messages={
            "required": "Choisir un poste.",
            "invalid_choice": "Ce poste n’est pas dans la tournée ; en choisir un autre.",
        },
    )

    def __init__(self, data: Any = None, *, bench: Workbench, place: Place | None = None) -> None:
        super().__init__(
            data, initial={} if place is None else {"date": place.date, "half": place.half.value, "post": place.post}
        )
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(bench.post_names.items())

    @property
    def place(self) -> Place:
        """What was typed, as a value."""
        values = self.cleaned_data
        return Place(date=values["date"], half=Half(values["half"]), post=values["post"])


class WindowForm(forms.Form):
    """A half-day of the week that the service gives."""

    window = forms.ChoiceField(
        label="Pourquoi pas…",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir une demi-journée.", "invalid_choice": "Choisir une demi-journée de la liste."},
    )

    def __init__(self, data: Any = None, *, windows: Iterable[Window]) -> None:
        super().__init__(data)
        field = self.fields["window"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(str(window), f"le {window.words}") for window in sorted(windows)]

    @property
    def chosen(self) -> Window:
        """The half-day as a value."""
        return Window.parse(self.cleaned_data["window"])


class ReducedServiceForm(forms.Form):
    """The sentence that tells why visits are missing, and its dates."""

    sentence = forms.CharField(
        label="La phrase que liront les communes et les habitants",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sans nom de personne. Par exemple : « L’aide numérique est moins présente jusqu’en mars ; "
        "chaque commune la retrouvera une fois tous les deux mois. »",
        error_messages={"required": "Écrire la phrase.", "max_length": "La phrase est trop longue : 300 signes au plus."},
    )
    starts = day_field("À partir du", "Donner le premier jour.")
    ends = day_field(
        "Jusqu’au", "", required=False, help_text="Si la fin n’est pas connue, laisser vide : elle se donnera plus tard."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start, beside the end."""
        return refuse_disorder(self)


def refuse_disorder(form: forms.Form) -> dict[str, Any]:
    """Tell beside the end that it is before the start."""
    values = form.cleaned_data
    if values.get("starts") and values.get("ends") and values["ends"] < values["starts"]:
        form.add_error("ends", "Le dernier jour est avant le premier ; corriger l’une des deux dates.")
    return values
