"""The days of the sheet of a mairie: half-days, market, dates; they parse what is typed; the action decides what may be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from escale.apps.schedule.models import Market
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.web.days import DayField

MARKET_CHOICES = (
    (Market.AVOID.value, "Ce jour-là, il vaut mieux éviter"),
    (Market.SEEK.value, "C’est un bon jour pour venir"),
    (Market.NEUTRAL.value, "Peu importe"),
)


class WishForm(forms.Form):
    """Half-days, the market, what else is to be said."""

    impossible = forms.MultipleChoiceField(
        label="Nous ne pouvons pas ouvrir :", required=False, widget=forms.CheckboxSelectMultiple
    )
    wished = forms.MultipleChoiceField(label="Nous préférons :", required=False, widget=forms.CheckboxSelectMultiple)
    market = forms.ChoiceField(label="Quand est votre marché ?", required=False)
    market_effect = forms.ChoiceField(
        label="Le jour du marché",
        choices=MARKET_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir l’une des trois réponses."},
    )
    comment = forms.CharField(
        label="Autre chose à nous dire ?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Ce texte est trop long ; le raccourcir à 2 000 signes."},
    )

    def __init__(self, data: Any = None, *, service: Iterable[Window], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        offered = [(str(window), window.words) for window in sorted(service)]
        _choose(self.fields["impossible"], offered)
        _choose(self.fields["wished"], offered)
        days = [Window(weekday=weekday, half=half) for weekday in Weekday for half in Half]
        _choose(self.fields["market"], [("", "Pas de marché"), *((str(day), day.words) for day in days)])


class PeriodForm(forms.Form):
    """Days on which the hall is taken; one day when the last one is left out."""

    starts = DayField(
        label="Du",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrire la date comme 14/07/2027."},
    )
    ends = DayField(
        label="au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrire la date comme 14/07/2027."},
    )

    def __init__(self, data: Any = None, *, first: dt.date, last: dt.date, **options: Any) -> None:
        super().__init__(data, **options)
        self.first, self.last = first, last

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts, or leaves the months that are asked about."""
        values = self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        if ends and not starts and "starts" not in self.errors:
            self.add_error("starts", "Donner aussi le premier jour.")
        if starts and ends and ends < starts:
            self.add_error("ends", "Le dernier jour est avant le premier ; corriger l’une des deux dates.")
        for name, day in (("starts", starts), ("ends", ends)):
            if day and not self.first <= day <= self.last:
                self.add_error(name, f"Donner une date entre le {self.first:%d/%m/%Y} et le {self.last:%d/%m/%Y}.")
        return values

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """The days that were typed."""
        starts = self.cleaned_data.get("starts")
        return None if starts is None else (starts, self.cleaned_data.get("ends") or starts)


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
    field.choices = choices
