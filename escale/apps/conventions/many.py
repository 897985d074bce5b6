"""Where thousands of conventions stand on a day: only their dates are read; those that something has touched are read whole."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from escale.apps.conventions.habits import all_habits
from escale.apps.conventions.models import (
    AUTHORISING,
    Authorisation,
    AvenantClause,
    Convention,
    Denonciation,
    Outcome,
    Party,
    Signature,
    Termination,
)
from escale.apps.conventions.terms import read_terms, terms_of
from escale.core.convention.life import Event, Situation, Trigger, situation_on
from escale.core.convention.terms import DEFAULTS, Terms

AT_ONCE = 900
"""How many rows are named in one query: SQLite refuses to be asked about many more."""

OneByOne = Callable[[QuerySet[Convention], dt.date], dict[int, Situation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What leads a text to its effect: executory acts by party, signatures, and whether the lawyer let one pass."""

    executory: Mapping[Party, dt.date]
    signed: tuple[dt.date, ...]
    is_overridden: bool


NOTHING = Concluded(executory={}, signed=(), is_overridden=False)


def among(keys: list[int], path: str) -> Q:
    """Return the condition of what belongs to some rows; about too many of them a database had better be asked for all."""
    return Q(**{f"{path}__in": keys}) if len(keys) <= AT_ONCE else Q()


def concluding(frozen_on: dt.date | None, found: Concluded, notified_on: dt.date | None) -> Iterator[Event]:
    """Yield the steps of a text up to its effect, in their order; none without the one that it needs."""
    if frozen_on is None:
        return
    yield Event(on=frozen_on, trigger=Trigger.SENT_TO_COUNCILS)
    is_signed = len(found.signed) == len(Party)
    if is_signed and found.is_overridden:
        # What the lawyer let pass stands, whatever the acts lack.
        yield Event(on=frozen_on, trigger=Trigger.ACTS_EXECUTORY)
    elif len(found.executory) == len(Party):
        yield Event(on=max(found.executory.values()), trigger=Trigger.ACTS_EXECUTORY)
    else:
        return
    if not is_signed:
        return
    yield Event(on=max(found.signed), trigger=Trigger.SIGNED_BY_BOTH)
    if notified_on is not None:
        yield Event(on=notified_on, trigger=Trigger.NOTIFIED)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return recorded steps so that none counts before the one that it needs."""
    found: list[Event] = []
    for event in events:
        late = found and event.on < found[-1].on
        found.append(Event(on=found[-1].on, trigger=event.trigger, ends_on=event.ends_on) if late else event)
    return found


def states_at_once(conventions: QuerySet[Convention], on: dt.date, *, one_by_one: OneByOne) -> dict[int, Situation]:
    """Return where each convention stands on a day, by its key; `one_by_one` answers for those whose dates do not say all."""
    columns = ("pk", "epci_id", "written", "frozen_on", "notified_on", "abandoned_on", "archived_on")
    rows = list(conventions.annotate(written=Cast("terms", TextField())).values_list(*columns))
    keys = [row[0] for row in rows]
    touched, amended = _touched(keys), amended_terms(keys, on)
    concluded = _concluded([key for key in keys if key not in touched])
    habits = all_habits()
    whole: dict[int, Situation] = {}
    for few in _few([key for key in keys if key in touched]):
        whole |= one_by_one(Convention.objects.filter(pk__in=few), on)
    found: dict[int, Situation] = {}
    for key, epci, written, frozen_on, notified_on, abandoned_on, archived_on in rows:
        if key in touched:
            found[key] = whole[key]
            continue
        events = in_order(concluding(frozen_on, concluded.get(key, NOTHING), notified_on))
        if abandoned_on:
            events.append(Event(on=abandoned_on, trigger=Trigger.ABANDONED))
        if archived_on:
            events.append(Event(on=archived_on, trigger=Trigger.ARCHIVED))
        safety_days, area = habits(epci)
        terms = terms_as(written, amended.get(key))
        found[key] = situation_on(terms, events, on, safety_days=safety_days, area=area)
    return found


def amended_terms(keys: list[int], on: dt.date) -> dict[int, dict[str, Any]]:
    """Return what the avenants in force have made of the terms, by convention."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    clauses = AvenantClause.objects.filter(among(keys, "convention"), avenant__effect_on__lte=on, name__in=list(DEFAULTS))
    for key, name, new in clauses.order_by("avenant__effect_on", "avenant__number").values_list("convention", "name", "new"):
        found[key][name] = new
    return found


def terms_as(written: str, amended: dict[str, Any] | None) -> Terms:
    """Return the parameters of a text, as its avenants have made them."""
    return read_terms({**json.loads(written), **amended}) if amended else terms_of(written)


def _touched(keys: list[int]) -> set[int]:
    """Return the conventions that were denounced or terminated."""
    touching: tuple[QuerySet[Any], ...] = (Denonciation.objects.all(), Termination.objects.all())
    wanted = set(keys)
    rows = (rows.filter(among(keys, "convention")).order_by().values_list("convention", flat=True) for rows in touching)
    return {key for some in rows for key in some if key in wanted}


def _concluded(keys: list[int]) -> dict[int, Concluded]:
    signed: defaultdict[int, list[dt.date]] = defaultdict(list)
    overridden: set[int] = set()
    signatures = Signature.objects.filter(among(keys, "convention"), avenant=None).order_by()
    for key, signed_on, override in signatures.values_list("convention", "signed_on", "override"):
        signed[key].append(signed_on)
        if override:
            overridden.add(key)
    executory = _executory(keys)
    return {
        key: Concluded(executory=executory.get(key, {}), signed=tuple(signed[key]), is_overridden=key in overridden)
        for key in signed.keys() | executory.keys()
    }


def _executory(keys: list[int]) -> dict[int, dict[Party, dt.date]]:
    """Return from when each party may sign the very text that was frozen (L. 2131-1 CGCT)."""
    own = Q()
    for party, kinds in AUTHORISING.items():
        own |= Q(party=party.value, act__kind__in=[kind.value for kind in kinds])
    adopted = Q(act__outcome=Outcome.ADOPTED.value)
    of_the_text = Q(avenant=None, text_sha256=F("convention__text_sha256"))
    rows = Authorisation.objects.filter(among(keys, "convention"), own, adopted, of_the_text).order_by()
    found: defaultdict[int, dict[Party, dt.date]] = defaultdict(dict)
    parties = {party.value: party for party in Party}
    for key, name, transmitted, published in rows.values_list("convention", "party", "act__transmitted_on", "act__published_on"):
        if transmitted and published:
            day, party = max(transmitted, published), parties[name]
            found[key][party] = min(day, found[key].get(party, day))
    return found


def _few(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
