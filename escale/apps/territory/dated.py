"""What holds from one civil day to another, both included; an end that is not written is open."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Dated(models.Model):
    """A row that holds from `starts` to `ends`: NULL means since always, or until further notice."""

    starts = models.DateField("du", null=True, blank=True)
    ends = models.DateField("au", null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
                violation_error_message="La fin est avant le début ; corriger l’une des deux dates.",
            )
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the row holds on a civil day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


def holding(day: dt.date, path: str = "") -> Q:
    """Return the condition of what holds on a civil day; `path` leads to the dated row, as in « memberships__ »."""
    return meeting(day, day, path)


def meeting(first: dt.date | None, last: dt.date | None, path: str = "") -> Q:
    """Return the condition of what shares at least one day with a period; None leaves an end open."""
    return between(first, last, starts=f"{path}starts", ends=f"{path}ends")


def between(first: dt.date | None, last: dt.date | None, *, starts: str, ends: str) -> Q:
    """Return the same condition on other fields than `starts` and `ends`."""
    condition = Q()
    if last is not None:
        condition &= Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": last})
    if first is not None:
        condition &= Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": first})
    return condition
