"""The conventions whose obligations are counted, with no more of each than its dates and its terms: a country is read at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from escale.apps.conventions.models import AvenantClause, Convention
from escale.apps.conventions.queries import AT_ONCE
from escale.apps.conventions.terms import read_terms
from escale.core.convention.terms import DEFAULTS, Terms

COLUMNS = ("pk", "epci_id", "commune_id", "terms", "notified_on", "ends_on", "abandoned_on")


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
    rows = _rows(conventions)
    amended = _amended([row[0] for row in rows], on)
    return [
        Case(
            convention=key,
            epci=epci,
            commune=commune,
            terms=read_terms({**terms, **amended[key]} if key in amended else terms),
            effect=effect,
            ends_on=ends_on,
            abandoned_on=abandoned_on,
        )
        for key, epci, commune, terms, effect, ends_on, abandoned_on in rows
    ]


def among(keys: list[int], path: str) -> Q:
    """Return the condition of what belongs to some rows; about too many of them a database had better be asked for all."""
    return Q(**{f"{path}__in": keys}) if len(keys) <= AT_ONCE else Q()


def _rows(conventions: Iterable[Convention]) -> list[tuple[Any, ...]]:
    if isinstance(conventions, QuerySet):
        return list(conventions.order_by().values_list(*COLUMNS))
    return [tuple(getattr(convention, name) for name in COLUMNS) for convention in conventions]


def _amended(keys: list[int], on: dt.date) -> dict[int, dict[str, Any]]:
    """Return what the avenants in force have made of the terms, by convention."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    clauses = AvenantClause.objects.filter(among(keys, "convention"), avenant__effect_on__lte=on, name__in=list(DEFAULTS))
    for key, name, new in clauses.order_by("avenant__effect_on", "avenant__number").values_list("convention", "name", "new"):
        found[key][name] = new
    return found
