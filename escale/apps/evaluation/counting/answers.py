"""What residents answered to the anonymous question, and how many people live in a place (E4, E6, E7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from escale.apps.activity.models import EaseCount
from escale.apps.evaluation.counting.spans import Span
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.vocabulary import Ease
from escale.core.evaluation.counts import Confidence

POPULATIONS = ("population", "population_15", "population_60")


def eases_of(epci: Epci, span: Span) -> dict[int, Counter[int]]:
    """Return by commune how many people gave each answer."""
    rows = EaseCount.objects.filter(span.here(), epci=epci, month__range=(span.starts, span.until)).order_by()
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for commune, answer, count in rows.values_list("commune", "answer", "count"):
        found[commune][answer] += count
    return dict(found)


def confidence(parts: Iterable[Counter[int]]) -> Confidence | None:
    """Return the answers of some communes together; None when nobody was asked."""
    found = sum(parts, Counter[int]())
    if not found:
        return None
    after = {point: count for point, count in sorted(found.items()) if point != Ease.NO_ANSWER}
    return Confidence(asked=found.total(), after=after)


def populations(communes: Sequence[Commune], epci: Epci | None) -> dict[str, int | None]:
    """Return how many people live in some communes; for a whole EPCI, the ages that were typed in for it come first."""
    found = {name: _sum(getattr(commune, name) for commune in communes) for name in POPULATIONS}
    if epci is not None and epci.ages_source:
        found |= {"population_15": epci.population_15, "population_60": epci.population_60}
    return found


def _sum(numbers: Iterable[int | None]) -> int | None:
    """Return a sum; None when one part is not known, or when there is none."""
    found = list(numbers)
    return None if None in found or not found else sum(number or 0 for number in found)
