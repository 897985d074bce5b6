"""How the EPCI accounts for the service to each commune: one report a quarter, counted since the first one (art. 3-2)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from escale.apps.conventions.many import among
from escale.apps.obligations.models import Fulfilment
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period
from escale.core.convention.obligations import BY_ID

ACCOUNTS = BY_ID["C-3.2-9"]
EVALUATIONS = BY_ID["C-6-1"]
DUE_AFTER = dt.timedelta(days=15)
"""How long after its quarter a report is due: a reading, art. 3-2 sets no delay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounted:
    """The quarters that were accounted for, by commune, and the first one of each EPCI; when each evaluation was validated."""

    by_commune: Mapping[int, frozenset[str]] = field(default_factory=dict)
    since: Mapping[int, str] = field(default_factory=dict)
    evaluated: Mapping[int, Mapping[str, dt.date]] = field(default_factory=dict)


def fulfil(*, epci: Epci, commune: Commune, obligation: str, span: str, done_on: dt.date) -> None:
    """Note that one due of an obligation is done; the first time counts. Part of an action, which has judged who may do it."""
    Fulfilment.objects.get_or_create(epci=epci, commune=commune, obligation=obligation, span=span, defaults={"done_on": done_on})


def accounted(communes: Collection[int], epcis: Collection[int], on: dt.date) -> Accounted:
    """Return what was accounted for up to a day; two queries, whatever the number of conventions."""
    rows = Fulfilment.objects.filter(done_on__lte=on).order_by()
    found: defaultdict[int, set[str]] = defaultdict(set)
    evaluated: defaultdict[int, dict[str, dt.date]] = defaultdict(dict)
    of_communes = rows.filter(among(list(communes), "commune"), obligation__in=[ACCOUNTS.id, EVALUATIONS.id])
    for commune, obligation, span, done_on in of_communes.values_list("commune", "obligation", "span", "done_on"):
        if obligation == ACCOUNTS.id:
            found[commune].add(span)
        else:
            evaluated[commune][span] = done_on
    since: dict[int, str] = {}
    of_epcis = rows.filter(among(list(epcis), "epci"), obligation=ACCOUNTS.id)
    for epci, span in of_epcis.values_list("epci", "span").distinct():
        if not Period.parse(span).is_year:
            since[epci] = min(since.get(epci, span), span)
    by_commune = {key: frozenset(spans) for key, spans in found.items()}
    return Accounted(by_commune=by_commune, since=since, evaluated=evaluated)


@lru_cache(maxsize=4096)
def quarters_due(effect: dt.date, since: str, on: dt.date, ends_on: dt.date | None) -> Sequence[Period]:
    """Return the quarters whose report is due by a day: from the first one of all, while the convention binds."""
    quarter = max(Period.quarter_of(effect), Period.parse(since))
    due = []
    while quarter.last + DUE_AFTER <= on and (ends_on is None or quarter.first <= ends_on):
        due.append(quarter)
        quarter = quarter.next
    return tuple(due)
