"""People who asked and were not helped: requests without an appointment, and those who went away without help."""

from __future__ import annotations

from collections.abc import Sequence

from escale.core.evaluation.insights.insight import Insight, Kind, Line, at_these, places_at
from escale.core.evaluation.insights.observed import Bounds, Seen
from escale.core.evaluation.wording import Count, number_words

ENOUGH_REQUESTS = 3
"""From so many requests without an appointment on, a commune is named."""
ENOUGH_LEFT = 5
"""From so many people who went without help on, it is too."""


def unmet(seen: Sequence[Seen], bounds: Bounds) -> Insight | None:
    """Return the communes where the service did not meet the demand."""
    found = [one for one in seen if one.unserved >= ENOUGH_REQUESTS or one.left >= ENOUGH_LEFT]
    if not found:
        return None
    return Insight(
        kind=Kind.DEMAND,
        sentence=f"Il y a plus de demandes que de places {places_at(found)}.",
        of_one="Il y a plus de demandes que de places",
        whole=f"{_told(seen)}.",
        lines=tuple(Line(code=one.code, name=one.name, words=_told([one])) for one in found),
        articles=("3-1", "4"),
        suggestion=(
            f"Offrir plus de places {at_these(found)} : une demi-journée de plus par mois, ou des rendez-vous dans une"
            f" commune voisine, pour que personne n’attende plus de {bounds.wait_days} jours."
        ),
    )


def _told(seen: Sequence[Seen]) -> str:
    unserved, requests = sum(one.unserved for one in seen), sum(one.requests for one in seen)
    left, received = sum(one.left for one in seen), sum(one.received for one in seen)
    told = []
    if unserved:
        told.append(f"{Count(unserved):demande sans rendez-vous|demandes sans rendez-vous} sur {number_words(requests)}")
    if left:
        told.append(
            f"{Count(left):personne repartie|personnes reparties} sans aide sur {number_words(received)} venues sans rendez-vous"
        )
    return " et ".join(told)
