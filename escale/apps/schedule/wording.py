"""Dates, places and costs of a plan in French words, for the screens of whoever changes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from escale.core.calendar.french import month_words, weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS
from escale.core.planning.check import Parts
from escale.core.planning.plan import MakeUp, Visit

LEAST_KM = 0.5
"""Below this a difference of estimated kilometres is not worth a word."""

COUNTED = (
    ("irregular", ("date déplacée", "dates déplacées"), ("date revient au jour habituel", "dates reviennent au jour habituel")),
    (
        "unserved",
        ("demi-journée due ne serait plus tenue", "demi-journées dues ne seraient plus tenues"),
        ("demi-journée due de plus serait tenue", "demi-journées dues de plus seraient tenues"),
    ),
    (
        "spacing",
        ("intervalle de plus trop court ou trop long", "intervalles de plus trop courts ou trop longs"),
        ("intervalle de moins trop court ou trop long", "intervalles de moins trop courts ou trop longs"),
    ),
    (
        "switch",
        ("passage de plus par un autre médiateur", "passages de plus par un autre médiateur"),
        ("passage de moins par un autre médiateur", "passages de moins par un autre médiateur"),
    ),
    (
        "preference",
        ("souhait de jour qui n’est plus suivi", "souhaits de jour qui ne sont plus suivis"),
        ("souhait de jour suivi de plus", "souhaits de jour suivis de plus"),
    ),
    (
        "balance",
        ("passage d’écart de plus entre médiateurs", "passages d’écart de plus entre médiateurs"),
        ("passage d’écart de moins entre médiateurs", "passages d’écart de moins entre médiateurs"),
    ),
)
"""Parts of a cost: what one or several more of them are called, and one or several less."""


def date_told(day: dt.date) -> str:
    """Return « mardi 8 décembre 2026 »."""
    return weekday_date_words(day)


def half_day_words(visit: Visit) -> str:
    """Return « mardi 8 décembre 2026, matin »."""
    return f"{date_told(visit.date)}, {HALF_WORDS[visit.half]}"


def place_words(visit: Visit) -> str:
    """Return « mardi 8 décembre 2026, matin », with the month of which it is the make-up."""
    told = half_day_words(visit)
    return f"{told} (rattrapage de {month_words(visit.for_month)})" if isinstance(visit, MakeUp) else told


def cost_words(before: Parts, after: Parts, *, km: float) -> str:
    """Return « environ 12 km de plus, 1 date déplacée »."""
    return listed((*_km_words(km), *_counts(before, after))) or "rien de plus, ni kilomètre ni date déplacée"


def kilometres_told(km: float) -> str:
    """Return « environ 10 120 km »."""
    return f"environ {km:,.0f}\u00a0km".replace(",", "\N{NARROW NO-BREAK SPACE}")


def listed(terms: Iterable[str]) -> str:
    """Return terms one after the other."""
    return ", ".join(terms)


def sentence(text: str) -> str:
    """Return a text as a sentence: a capital first, a full stop last."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _km_words(km: float) -> Iterable[str]:
    if abs(km) >= LEAST_KM:
        yield f"environ {abs(km):.0f}\u00a0km de {'plus' if km > 0 else 'moins'}"


def _counts(before: Parts, after: Parts) -> Iterable[str]:
    for name, more, less in COUNTED:
        difference = getattr(after, name) - getattr(before, name)
        if difference:
            one, several = more if difference > 0 else less
            yield f"{abs(difference)} {one if abs(difference) == 1 else several}"
