"""The sentence of figures above a year: what is served, what is regular, how far one drives, what could still be won."""

from __future__ import annotations

from escale.apps.schedule.models import Plan
from escale.apps.schedule.queries import gap_words, served_words
from escale.web.steering.tour.queries import PublishedYear
from escale.web.steering.tour.year import Tour
from escale.web.templatetags.french import number

ROUGH_KM = 1_000
"""From here on kilometres are told to the hundred."""


def published_words(found: PublishedYear) -> str:
    """Return the figures of a published year; those of its plan for whoever may see it."""
    firm = Tour(months=(), lines=tuple(line for line in found.tour.lines if not line.is_expected))
    # Who sees no plan sees no participation either, and cannot tell what is due.
    served = _served(firm) if found.plans else f"{firm.served} demi-journée{_s(firm.served)} (art. 4)"
    parts = [served, _usual(firm), *_kept(found.tour, "gardée")] if firm.lines else []
    if len(found.plans) == 1 and found.is_whole:
        parts += _reckoned(found.plans[0])
    return " · ".join(parts)


def draft_words(plan: Plan, tour: Tour) -> str:
    """Return the figures of a draft, its places for expected communes among them."""
    counts = [_served(tour), _usual(tour)] if tour.lines else []
    return " · ".join([*counts, *_reckoned(plan), *_kept(tour, "prévue")])


def _served(tour: Tour) -> str:
    return served_words(tour.served, tour.served + len(tour.unserved))


def _usual(tour: Tour) -> str:
    return f"{tour.on_usual_day} à leur jour habituel"


def _kept(tour: Tour, word: str) -> list[str]:
    """Return « 36 gardées pour 3 communes attendues »."""
    expected = [line for line in tour.lines if line.is_expected]
    visits = sum(1 for line in expected for _ in line.shown)
    if not expected:
        return []
    communes = f"{len(expected)} commune{_s(len(expected))} attendue{_s(len(expected))}"
    return [f"{visits} {word}{_s(visits)} pour {communes}"]


def _reckoned(plan: Plan) -> list[str]:
    found = [words] if (words := km_words(plan)) else []
    if plan.lower_bound and "cost" in plan.figures and (gap := gap_words(plan.figures["cost"], plan.lower_bound)):
        found.append(gap)
    return found


def km_words(plan: Plan) -> str:
    """Return « environ 10 000 km »: an estimate, and rounded as one; empty when nothing was reckoned."""
    if "km" not in plan.figures:
        return ""
    km = plan.figures["km"]
    return f"environ {number(int(round(km, -2 if km >= ROUGH_KM else 0)))} km"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
