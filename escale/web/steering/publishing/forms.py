"""The forms of participations and of the publication: they parse what is typed; actions decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from escale.apps.schedule.intents import MonthState
from escale.apps.schedule.models import Standing
from escale.apps.territory.models import Commune
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.web.days import DayField

OUT = "out"


class PublishForm(forms.Form):
    """Which months of a tour, as they were seen, and whether usual days are written down."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    last_seen = forms.IntegerField(widget=forms.HiddenInput)
    months = forms.MultipleChoiceField(
        label="Quels mois publier ?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisir au moins un mois à publier.",
            "invalid_choice": "Ce mois ne se publie pas avec cette tournée ; choisir parmi les mois proposés.",
        },
    )
    annex_missing = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, states: Sequence[MonthState]) -> None:
        super().__init__(data)
        field = self.fields["months"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [(str(state.month), month_words(state.month)) for state in states if state.is_open]

    @property
    def chosen(self) -> list[Month]:
        """The months as values, in order."""
        return sorted(map(Month.parse, self.cleaned_data["months"]))


class StandingsForm(forms.Form):
    """How some communes take part from a day on."""

    communes = forms.MultipleChoiceField(
        label="Communes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cocher au moins une commune.",
            "invalid_choice": "Cette commune n’est pas dans la liste ; recharger la page.",
        },
    )
    standing = forms.ChoiceField(
        label="Les communes cochées",
        choices=[
            (Standing.FIRM.value, "participent, c’est certain"),
            (Standing.EXPECTED.value, "sont attendues : leurs places sont gardées, sans rien montrer au-dehors"),
            (OUT, "ne participent pas, ou plus : leurs passages publiés après cette date sont annulés"),
        ],
        widget=forms.RadioSelect,
        initial=Standing.FIRM.value,
        error_messages={
            "required": "Dire comment ces communes participent.",
            "invalid_choice": "Choisir l’une des trois réponses.",
        },
    )
    starts = DayField(
        label="À partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="De préférence le premier jour d’un mois : un mois commencé sans la commune ne lui doit pas de passage.",
        error_messages={
            "required": "Donner la date à partir de laquelle cela compte.",
            "invalid": "Écrire une date, comme 01/01/2027.",
        },
    )

    def __init__(self, data: Any = None, *, communes: Sequence[Commune], starts: dt.date, ticked: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"starts": starts, "communes": list(ticked)})
        self.known = {commune.code: commune for commune in communes}
        field = self.fields["communes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [(commune.code, str(commune)) for commune in communes]

    @property
    def wanted(self) -> dict[Commune, Standing | None]:
        """What is asked of each commune that is ticked."""
        chosen = self.cleaned_data["standing"]
        standing = None if chosen == OUT else Standing(chosen)
        return {self.known[code]: standing for code in self.cleaned_data["communes"]}
