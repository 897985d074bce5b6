"""The field of a civil date: a year that nothing here can hold is refused beside it, not computed with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

FIRST_YEAR, LAST_YEAR = 1990, 2100


class DayField(forms.DateField):
    """A date that a convention, a tour or an office can have; a slip in the year (« 0206 ») is told."""

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date. Raise ValidationError for one that does not exist, or whose year is out of reach."""
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"Cette date est trop loin ; donner une année entre {FIRST_YEAR} et {LAST_YEAR}.")
        return day
