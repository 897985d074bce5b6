"""The conventions whose obligations are counted, with no more of each than its dates and its terms: a country is read at once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from escale.apps.conventions.many import amended_terms, terms_as
from escale.apps.conventions.models import Convention
from escale.core.convention.terms import Terms

COLUMNS = ("pk", "epci_id", "commune_id", "notified_on", "ends_on", "abandoned_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One convention: whose it is, the days between which it binds, and its terms on the day that is asked about."""

    convention: int
    epci: int
    commune: int
    terms: Terms
    effect: dt.date | None
    ends_on: dt.date | None
    abandoned_on: dt.date | None

    def is_over(self, on: dt.date) -> bool:
        """Whether nothing is owed any more."""
        over = self.ends_on is not None and self.ends_on < on
        return over or (self.abandoned_on is not None and self.abandoned_on <= on)

    def binds(self, on: dt.date) -> bool:
        """Whether it has taken effect, and is not over."""
        return self.effect is not None and self.effect <= on and not self.is_over(on)


def cases_of(conventions: Iterable[Convention], on: dt.date) -> list[Case]:
    """Return what is counted of conventions, whatever their number in two queries; those that are at hand are not read again."""
    rows = list(_rows(conventions))
    amended = amended_terms([row[0] for row in rows], on)
    return [
        Case(
            convention=key,
            epci=epci,
            commune=commune,
            terms=terms_as(written, amended.get(key)),
            effect=effect,
            ends_on=ends_on,
            abandoned_on=abandoned_on,
        )
        for key, epci, commune, effect, ends_on, abandoned_on, written in rows
    ]


def _rows(conventions: Iterable[Convention]) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of conventions, and their terms as JSON."""
    if isinstance(conventions, QuerySet):
        yield from conventions.annotate(written=Cast("terms", TextField())).values_list(*COLUMNS, "written")
        return
    for convention in conventions:
        yield (*(getattr(convention, name) for name in COLUMNS), json.dumps(convention.terms))
