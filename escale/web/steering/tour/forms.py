"""What is asked of a search: which months, what matters most, how long it may think."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.planning.presets import PRESETS, PresetName

MONTHS_AHEAD = 30
MOST_MONTHS = 24
SECONDS = ((10, "10 secondes, pour essayer"), (60, "1 minute"), (300, "5 minutes"), (900, "15 minutes"))
CHOOSE = {"required": "Choisir dans la liste.", "invalid_choice": "Choisir dans la liste."}


class SearchForm(forms.Form):
    """A search for a tour."""

    first = forms.ChoiceField(label="Du mois de", error_messages=CHOOSE)
    last = forms.ChoiceField(label="Au mois de", error_messages=CHOOSE)
    preset = forms.ChoiceField(
        label="Ce qui compte le plus",
        widget=forms.RadioSelect,
        choices=[(preset.name.value, f"{preset.label.capitalize()}. {preset.sentence}") for preset in PRESETS.values()],
        error_messages=CHOOSE,
    )
    seconds = forms.TypedChoiceField(
        label="Durée de la recherche",
        coerce=int,
        choices=SECONDS,
        help_text="La page n’attend pas : le meilleur plan trouvé est gardé, et la recherche peut être arrêtée avant.",
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None, *, today: dt.date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**_usual(today), **(initial or {})})
        start = Month.of(today)
        months = [start]
        while len(months) < MONTHS_AHEAD:
            months.append(months[-1].next)
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = [(str(month), month_words(month)) for month in months]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start, or more months than a search can hold, beside the end."""
        values = self.cleaned_data
        if "first" in values and "last" in values:
            months = Month.parse(values["last"]).index - Month.parse(values["first"]).index + 1
            if months < 1:
                self.add_error("last", "Le dernier mois est avant le premier ; corriger l’un des deux.")
            elif months > MOST_MONTHS:
                self.add_error("last", f"Une tournée compte au plus {MOST_MONTHS} mois ; choisir un mois plus proche.")
        return values

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that were chosen."""
        return Month.range(f"{self.cleaned_data['first']}..{self.cleaned_data['last']}")

    @property
    def chosen(self) -> PresetName:
        """What was chosen to matter most."""
        return PresetName(self.cleaned_data["preset"])


def _usual(today: dt.date) -> dict[str, Any]:
    """Return what a coordinator asks most often: the next civil year, in balance, for a minute."""
    year = today.year + 1
    return {"first": f"{year}-01", "last": f"{year}-12", "preset": PresetName.BALANCED.value, "seconds": 60}
