"""Avenants (art. 8): their numbers, the clauses that they change, and the terms that hold on a day once all are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from escale.core.convention import guards
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import ARTICLES, AvenantEffect, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Avenant:
    """What an avenant changes: the articles it touches, the parameters with their new values; in force from `effect`, if ever."""

    number: int
    articles: frozenset[str]
    values: Mapping[str, Any] = field(default_factory=dict)
    effect: dt.date | None = None

    def __post_init__(self) -> None:
        for name in self.values:
            if name not in ARTICLES:
                raise RefusedError("E_UNKNOWN_TERM", f"« {name} » n’est pas un paramètre du texte", place="values")
            if ARTICLES[name] not in self.articles:
                raise RefusedError(
                    "E_ARTICLE_MISSING",
                    f"l’avenant change l’article {ARTICLES[name]} sans le nommer ; l’ajouter",
                    place="articles",
                )


def next_number(existing: Iterable[int]) -> int:
    """Return the number of the next avenant: 1, 2, 3, without a gap."""
    return max(existing, default=0) + 1


def check_number(number: int, existing: Iterable[int]) -> None:
    """Refuse a number that leaves a gap or is taken."""
    if number != (right := next_number(existing)):
        raise RefusedError(
            guards.AVENANT_NUMBER.code, f"{guards.AVENANT_NUMBER.refusal} : celui-ci est le n° {right}", place="number"
        )


def check_conflict(avenant: Avenant, others: Iterable[Avenant]) -> None:
    """Refuse an avenant that changes an article that another one, under way between councils and notification, changes too."""
    for other in others:
        if shared := avenant.articles & other.articles:
            raise RefusedError(
                guards.AVENANT_CONFLICT.code,
                f"{guards.AVENANT_CONFLICT.refusal} : avenant n° {other.number}, article {', '.join(sorted(shared))}",
                place="articles",
            )


def effect_of(
    terms: Terms, *, signed: dt.date, notified: dt.date, stated: dt.date | None = None, retroactive: bool = False
) -> dt.date:
    """Return the day from which an avenant counts; `signed` is its last signature. Refuse one before it that does not say so."""
    found = {
        AvenantEffect.NOTIFICATION: notified,
        AvenantEffect.STATED_DATE: stated or notified,
        AvenantEffect.LAST_SIGNATURE: signed,
    }[terms.avenant_effect]
    if found < signed and not retroactive:
        raise guards.NOT_RETROACTIVE.refused("effect")
    return found


def in_force_on(avenants: Iterable[Avenant], day: dt.date) -> list[Avenant]:
    """Return the avenants that count on a day, in the order in which each one changes those before it."""
    counted = [(avenant.effect, avenant.number, avenant) for avenant in avenants if avenant.effect and avenant.effect <= day]
    return [avenant for _, _, avenant in sorted(counted, key=lambda found: found[:2])]


def terms_on(base: Terms, avenants: Iterable[Avenant], day: dt.date) -> Terms:
    """Return the terms that hold on a day: those of the text, as the avenants in force have changed them.

    Raise TermsError when they make together what no convention can have.
    """
    values: dict[str, Any] = {}
    for avenant in in_force_on(avenants, day):
        values |= avenant.values
    return replace(base, **values)
