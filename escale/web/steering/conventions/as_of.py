"""On which day a page is asked to stand: today, or the day that its form gives."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import HttpRequest

from escale.web.days import DayField


class AsOfForm(forms.Form):
    """Another day than today."""

    au = DayField(
        label="Au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrire une date, par exemple « 30/06/2026 »."},
    )


def as_of(request: HttpRequest, today: dt.date) -> tuple[AsOfForm, dt.date]:
    """Return the form, and the day that it asks for; today where it asks for none, or for what is no day."""
    asked = "au" in request.GET
    form = AsOfForm(request.GET if asked else None, initial={"au": today})
    day = form.cleaned_data.get("au") if asked and form.is_valid() else None
    return form, day or today
