"""How far one drove for the half-days that were held, commune by commune: estimates, as those of the tour."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

from escale.apps.team.models import Post
from escale.apps.territory.distances import Distances, MissingPositionsError, distances
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.visits.life import VisitState

HECTOMETRES = 10


def kilometres(epci: Epci, first: dt.date, last: dt.date) -> dict[int, float] | None:
    """Return the kilometres of the half-days held between two days, by commune; None when a distance is not known.

    A day is base, morning commune, afternoon commune, base; what two communes share is parted in two.
    """
    held = Visit.objects.filter(epci=epci, state=VisitState.HELD.value, date__range=(first, last))
    days: defaultdict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for post, date, commune in held.order_by("date", "half").values_list("post", "date", "commune"):
        days[post, date].append(commune)
    communes = list(Commune.objects.filter(pk__in={commune for stops in days.values() for commune in stops}).defer("outline"))
    rank = {commune.pk: number for number, commune in enumerate(communes)}
    try:
        roads = _roads(epci, communes, {post for post, _ in days})
    except MissingPositionsError:
        return None
    found: defaultdict[int, float] = defaultdict(float)
    for (post, _), stops in days.items():
        road = roads[post]
        places = [rank[commune] for commune in stops]
        between = sum(road.between_hm[a][b] for a, b in pairwise(places))
        whole = road.base_hm[places[0]] + between + road.base_hm[places[-1]]
        for commune in stops:
            found[commune] += whole / len(stops) / HECTOMETRES
    return dict(found)


def _roads(epci: Epci, communes: list[Commune], wanted: set[int]) -> dict[int, Distances]:
    """Return the distances from the base of each post; posts that start from one place are measured once."""
    known: dict[object, Distances] = {}
    found = {}
    for post in Post.objects.filter(pk__in=wanted).select_related("base"):
        start = post.start
        if start not in known:
            known[start] = distances(epci, communes, start)
        found[post.pk] = known[start]
    return found
