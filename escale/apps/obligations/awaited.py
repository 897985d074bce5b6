"""What waits on a day for whoever runs the conventions of an EPCI: one line for what many conventions share."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

from escale.apps.conventions.models import Convention, Paper, Party
from escale.apps.conventions.queries import recorded, states_of
from escale.apps.obligations.acts import NextAct, Step
from escale.apps.obligations.cases import cases_of
from escale.apps.obligations.deadlines import ON_THE_WAY, Deadline, DeadlineKind, deadlines_of
from escale.apps.obligations.facts import facts_of
from escale.apps.obligations.hanging import hanging_acts
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.measures import insurance, referent
from escale.apps.obligations.next_acts import NEEDED, delays_by_epci, next_acts_of
from escale.apps.obligations.spans import last_before
from escale.apps.territory.catalogue import DENUNCIATION_ALERTS_DAYS_BEFORE
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.life import RUNNING

ALERTS = {
    DeadlineKind.COUNCIL: (7,),
    DeadlineKind.CURE: (7,),
    DeadlineKind.EVALUATION: (30, 7),
    DeadlineKind.INSURANCE: (30, 7),
    DeadlineKind.RECOURSE: (30, 10, 3),
    DeadlineKind.REFERENT: (30,),
    DeadlineKind.TERM: (60, 30),
}
"""How many days before each deadline people are told; those of denunciations are a choice of the EPCI."""

NAMED = 3
"""How many communes of a line are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that waits: `key` names what and when, so that it is said once; items of the same words make one line."""

    key: str
    words: str
    what_to_do: str
    day: dt.date | None
    convention: Convention | None
    address_name: str = "steering:convention"
    is_vacancy: bool = False

    @property
    def commune(self) -> Commune | None:
        """The commune that it is about."""
        return self.convention.commune if self.convention else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What waits, in one sentence for all that share it; `address_key` is that of the one convention, when there is one."""

    words: str
    what_to_do: str
    day: dt.date | None
    address_name: str
    address_key: int | None


def items_of(epci: Epci, on: dt.date) -> list[Item]:
    """Return what waits on a day in an EPCI, the nearest day first, then what has none."""
    conventions = Convention.objects.filter(epci=epci, archived_on=None, abandoned_on=None)
    alerts = {**ALERTS, DeadlineKind.DENOUNCE: value_of(epci, DENUNCIATION_ALERTS_DAYS_BEFORE)}
    until = on + dt.timedelta(days=max(chain.from_iterable(alerts.values())))
    rows = list(recorded(conventions).prefetch_related(*NEEDED).defer("text", "values"))
    found = [
        *(item for line in deadlines_of(rows, on, until) for item in _coming(line, on, alerts.get(line.kind, ()))),
        *_acts(rows, on),
        *_unkept(rows, on),
        *_papers(rows),
    ]
    return sorted(found, key=lambda item: (item.day is None, item.day or on, item.words))


def lines_of(items: Iterable[Item]) -> list[Awaited]:
    """Return one line for all items that say the same, in their order."""
    together: defaultdict[tuple[str, dt.date | None, str], list[Item]] = defaultdict(list)
    for item in items:
        together[item.words, item.day, item.address_name].append(item)
    return [_line(some) for some in together.values()]


def _line(items: list[Item]) -> Awaited:
    first = items[0]
    communes = sorted({item.commune for item in items if item.commune}, key=lambda commune: commune.sort_key)
    is_one = len(items) == 1 and first.convention is not None
    address_name = first.address_name if is_one or first.convention is None else "steering:conventions"
    return Awaited(
        words=f"{_who(communes)} : {first.words}" if communes else first.words[:1].upper() + first.words[1:],
        what_to_do=first.what_to_do,
        day=first.day,
        address_name=address_name,
        address_key=first.convention.pk if is_one and first.convention else None,
    )


def _who(communes: list[Commune]) -> str:
    if len(communes) <= NAMED:
        return ", ".join(map(str, communes))
    return f"{len(communes)} communes"


def _coming(line: Deadline, on: dt.date, alerts: Iterable[int]) -> Iterator[Item]:
    """Yield a deadline that is near enough: after a long silence, only the tightest alert that has passed is given."""
    passed = [days for days in alerts if (line.day - on).days <= days]
    if not passed:
        return
    subject = line.convention.pk if line.convention else "epci"
    yield Item(
        key=f"{line.kind}:{subject}:{line.day.isoformat()}:{min(passed)}",
        words=f"{line.words}, le {weekday_date_words(line.day)}",
        what_to_do=TO_DO[line.kind],
        day=line.day,
        convention=line.convention,
        address_name=line.address_name,
    )


TO_DO = {
    DeadlineKind.COUNCIL: "Préparer la séance",
    DeadlineKind.CURE: "Suivre la mise en demeure",
    DeadlineKind.DENOUNCE: "Décider de la reconduction",
    DeadlineKind.EVALUATION: "Préparer l’évaluation",
    DeadlineKind.INSURANCE: "Renouveler l’assurance",
    DeadlineKind.RECOURSE: "Décider d’un recours",
    DeadlineKind.REFERENT: "Demander qui prend la suite",
    DeadlineKind.TERM: "Préparer la fin",
}
"""What to do about each kind of deadline that is told beforehand."""


def _acts(rows: list[Convention], on: dt.date) -> Iterator[Item]:
    """Yield what is to be done now, or should be done already; what has a day to come is told by the alerts of that day."""
    delays = delays_by_epci()
    situations = states_of(Convention.objects.filter(pk__in=[row.pk for row in rows]), on) if rows else {}
    acts = next_acts_of([row for row in rows if situations[row.pk].state in ON_THE_WAY], situations, on)
    for row in rows:
        if row.pk in acts:
            found: Iterable[NextAct] = [acts[row.pk]]
        elif situations[row.pk].state in RUNNING:
            found = hanging_acts(row, delays(row.epci_id), on)
        else:
            found = ()
        for act in found:
            if _is_for_now(act, on):
                key = f"act:{row.pk}:{crc32(act.words.encode())}"
                yield Item(key=key, words=act.words, what_to_do="Ouvrir la convention", day=act.by, convention=row)


def _is_for_now(act: NextAct, on: dt.date) -> bool:
    if act.by is None:
        # A dispute mostly waits for someone else: only its reminder counts (art. 9).
        return act.step != Step.DISPUTE
    return act.by < on or act.step == Step.NOTIFY


def _unkept(rows: list[Convention], on: dt.date) -> Iterator[Item]:
    """Yield the communes without a référent (art. 3-1), and the service without an insurance (art. 3-2)."""
    cases = cases_of(rows, on)
    facts = facts_of(cases, on)
    is_insured = True
    for row, case in zip(rows, cases, strict=True):
        if case.effect is None or not case.binds(on):
            continue
        if (kept := referent(case, facts, case.effect)).status is Status.LATE:
            since = last_before(facts.referents.get(case.commune, ()), on) or kept.due
            told = "aucun référent n’est nommé (art. 3-1)"
            key = f"vacant:{case.commune}:{since}"
            yield Item(key=key, words=told, what_to_do="Demander qui est nommé", day=None, convention=row, is_vacancy=True)
        if is_insured and (found := insurance(case, facts, case.effect)).status is Status.LATE:
            is_insured = False
            yield _uninsured(found, last_before(facts.insured.get(case.epci, ()), on))


def _uninsured(found: Kept, since: dt.date | None) -> Item:
    words = f"assurance du service : {found.told} (art. 3-2)"
    key = f"uninsured:{since or ''}"
    return Item(
        key=key, words=words, what_to_do="Enregistrer l’assurance", day=None, convention=None, address_name="steering:insurance"
    )


def _papers(rows: list[Convention]) -> Iterator[Item]:
    """Yield what communes have filed and nobody has checked."""
    by_key = {row.pk: row for row in rows}
    waiting = Paper.objects.filter(convention__in=list(by_key), filed_for=Party.COMMUNE.value, checked_on=None, sent_back_on=None)
    for key, convention, filed_on in waiting.values_list("pk", "convention", "filed_on"):
        yield Item(
            key=f"paper:{key}",
            words=f"pièce déposée le {date_words(filed_on)}, à vérifier",
            what_to_do="Vérifier la pièce",
            day=None,
            convention=by_key[convention],
            address_name="steering:convention_papers",
        )
