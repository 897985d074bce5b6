"""The forms by which the coordinator asks the mairies: they parse what is typed; actions decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from escale.apps.schedule.models import RemarkState
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.web.days import DayField

MONTHS_OFFERED = 30
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenForm(forms.Form):
    """Which months are asked about, and until when."""

    first_month = forms.ChoiceField(
        label="Premier mois",
        error_messages={"required": "Choisir le premier mois.", "invalid_choice": "Choisir un mois de la liste."},
    )
    last_month = forms.ChoiceField(
        label="Dernier mois",
        error_messages={"required": "Choisir le dernier mois.", "invalid_choice": "Choisir un mois de la liste."},
    )
    closes_on = DayField(
        label="Les mairies répondent jusqu’au",
        widget=DAY,
        help_text="Ce jour compris. Deux semaines suffisent le plus souvent.",
        error_messages={"required": "Donner le dernier jour pour répondre.", "invalid": "Écrire la date comme 14/10/2026."},
    )
    phone = forms.CharField(
        label="Votre téléphone, pour leurs questions",
        max_length=20,
        required=False,
        help_text="Il est écrit dans le courriel et sur la page.",
        error_messages={"max_length": "Ce numéro est trop long ; 20 signes au plus."},
    )

    def __init__(self, data: Any = None, *, today: dt.date, phone: str) -> None:
        start = Month(today.year + 1, 1)
        super().__init__(
            data,
            initial={
                "first_month": str(start),
                "last_month": str(Month(start.year, 12)),
                "closes_on": today + dt.timedelta(days=14),
                "phone": phone,
            },
        )
        month, offered = Month.of(today), []
        for _ in range(MONTHS_OFFERED):
            offered.append((str(month), month_words(month).capitalize()))
            month = month.next
        for name in ("first_month", "last_month"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, beside its end."""
        values = self.cleaned_data
        if "first_month" in values and "last_month" in values and values["last_month"] < values["first_month"]:
            self.add_error("last_month", "Le dernier mois est avant le premier ; corriger l’un des deux.")
        return values

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that were chosen."""
        return Month.range(f"{self.cleaned_data['first_month']}..{self.cleaned_data['last_month']}")


class ClosingForm(forms.Form):
    """Another day until which the mairies may answer."""

    closes_on = DayField(
        label="Les mairies répondent jusqu’au",
        widget=DAY,
        help_text="Ce jour compris.",
        error_messages={"required": "Donner le dernier jour pour répondre.", "invalid": "Écrire la date comme 14/10/2026."},
    )


class SendForm(forms.Form):
    """Until when the mairies may remark upon a draft, and a word to them."""

    until = DayField(
        label="Les mairies répondent jusqu’au",
        widget=DAY,
        help_text="Ce jour compris.",
        error_messages={"required": "Donner le dernier jour pour répondre.", "invalid": "Écrire la date comme 14/10/2026."},
    )
    message = forms.CharField(
        label="Un mot pour les mairies",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Il est ajouté au courriel, qui donne déjà le lien, la date et votre téléphone.",
        error_messages={"max_length": "Ce texte est trop long ; le raccourcir à 2 000 signes."},
    )


class AnswerForm(forms.Form):
    """What became of a remark, and why."""

    state = forms.ChoiceField(
        label="Suite donnée",
        widget=forms.RadioSelect,
        choices=[
            (RemarkState.FOLLOWED.value, "Nous en tenons compte"),
            (RemarkState.DECLINED.value, "Nous ne pouvons pas en tenir compte"),
        ],
        error_messages={"required": "Dire si la remarque est suivie ou non."},
    )
    answer = forms.CharField(
        label="Réponse à la mairie",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase. La mairie la reçoit par courriel et la lit sur sa page.",
        error_messages={"max_length": "Cette réponse est trop longue ; la raccourcir à 300 signes."},
    )
