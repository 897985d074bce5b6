"""What each party owes under the convention: which article says so, and when it is due, counted from the effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from escale.core.calendar.months import Month
from escale.core.convention.dates import ONE_DAY, add_months, evaluations
from escale.core.convention.parties import Party
from escale.core.convention.terms import Terms

CERTIFICATION_GRACE_DAYS = 180
"""What a mediator who arrives has to become « aidant » (art. 3-2 sets no delay)."""

Dues = Iterator[dt.date]
Schedule = Callable[["Basis"], Dues]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What dues are counted from: the terms, the effect, and the first session held (for the evaluations of art. 6)."""

    terms: Terms
    effect: dt.date
    first_session: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One thing that a party owes. `schedule` gives the days by which it is due; None when it holds on every day in force."""

    id: str
    article: str
    party: Party
    words: str
    schedule: Schedule | None = None

    @property
    def is_standing(self) -> bool:
        """Whether it holds on every day, rather than by some days."""
        return self.schedule is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An obligation by a day."""

    obligation: Obligation
    by: dt.date


def _at_effect(basis: Basis) -> Dues:
    yield basis.effect


def _soon_then_yearly(basis: Basis) -> Dues:
    """At the start, within three months, then every year: the text says neither."""
    yield add_months(basis.effect, 3)
    yield from _yearly(basis)


def _yearly(basis: Basis) -> Dues:
    years = 1
    while True:
        yield add_months(basis.effect, 12 * years)
        years += 1


def _monthly(basis: Basis) -> Dues:
    """By the last day of each month; a month that is not whole is left out when the terms say so (art. 4)."""
    month = Month.of(basis.effect)
    if basis.terms.partial_month_exempt and basis.effect != month.first:
        month = month.next
    while True:
        yield month.last
        month = month.next


def _quarterly(basis: Basis) -> Dues:
    """Fifteen days after each civil quarter, from the one in which the convention takes effect."""
    month = Month.of(basis.effect)
    while True:
        if month.number % 3 == 0:
            yield month.last + 15 * ONE_DAY
        month = month.next


def _after_grace(basis: Basis) -> Dues:
    yield basis.effect + CERTIFICATION_GRACE_DAYS * ONE_DAY


def _evaluations(basis: Basis) -> Dues:
    return evaluations(basis.terms, basis.first_session or basis.effect)


OBLIGATIONS: tuple[Obligation, ...] = (
    Obligation(
        id="C-3.1-1a",
        article="3-1",
        party=Party.COMMUNE,
        words="mettre à disposition les locaux équipés, à titre gratuit",
        schedule=_at_effect,
    ),
    Obligation(id="C-3.1-1b", article="3-1", party=Party.COMMUNE, words="un bureau à l’abri des regards", schedule=_at_effect),
    Obligation(
        id="C-3.1-2", article="3-1", party=Party.COMMUNE, words="nommer un référent et assurer le suivi", schedule=_at_effect
    ),
    Obligation(id="C-3.1-3", article="3-1", party=Party.COMMUNE, words="prendre les rendez-vous et les transmettre"),
    Obligation(
        id="C-3.1-4", article="3-1", party=Party.COMMUNE, words="communiquer sur le dispositif", schedule=_soon_then_yearly
    ),
    Obligation(id="C-3.1-5", article="3-1", party=Party.COMMUNE, words="participer aux instances de suivi"),
    Obligation(id="C-7-3", article="7", party=Party.COMMUNE, words="un lieu chauffé"),
    Obligation(id="C-7-4", article="7", party=Party.COMMUNE, words="une salle pour les ateliers, si nécessaire"),
    Obligation(id="C-9-1a", article="9", party=Party.COMMUNE, words="rechercher un accord amiable avant le tribunal"),
    Obligation(id="C-3.2-1", article="3-2", party=Party.EPCI, words="assurer la bonne exécution des prestations"),
    Obligation(id="C-3.2-2", article="3-2", party=Party.EPCI, words="être assuré pour ces activités", schedule=_at_effect),
    Obligation(id="C-3.2-3", article="3-2", party=Party.EPCI, words="animer et coordonner la médiation numérique"),
    Obligation(id="C-3.2-4", article="3-2", party=Party.EPCI, words="accompagner les communes dans les six missions"),
    Obligation(id="C-3.2-5", article="3-2", party=Party.EPCI, words="rester l’employeur des médiateurs"),
    Obligation(
        id="C-3.2-6", article="3-2", party=Party.EPCI, words="habiliter les médiateurs à Aidants Connect", schedule=_after_grace
    ),
    Obligation(id="C-3.2-7", article="3-2", party=Party.EPCI, words="équiper les médiateurs", schedule=_at_effect),
    Obligation(id="C-3.2-8", article="3-2", party=Party.EPCI, words="proposer des outils libres et gratuits"),
    Obligation(
        id="C-3.2-9", article="3-2", party=Party.EPCI, words="rendre compte de l’activité à la commune", schedule=_quarterly
    ),
    Obligation(
        id="C-3.2-10", article="3-2", party=Party.EPCI, words="communiquer auprès de la population", schedule=_soon_then_yearly
    ),
    Obligation(id="C-4-1", article="4", party=Party.EPCI, words="proposer une demi-journée chaque mois", schedule=_monthly),
    Obligation(id="C-4-4", article="4", party=Party.EPCI, words="être à disposition aux jours de l’article 4"),
    Obligation(id="C-4-7", article="4", party=Party.EPCI, words="rester joignable pour les urgences de premier niveau"),
    Obligation(id="C-6-1", article="6", party=Party.EPCI, words="évaluer le service", schedule=_evaluations),
    Obligation(id="C-7-1", article="7", party=Party.EPCI, words="un accès gratuit au service"),
    Obligation(id="C-7-5", article="7", party=Party.EPCI, words="affecter deux équivalents temps plein", schedule=_at_effect),
    Obligation(id="C-7-6", article="7", party=Party.EPCI, words="former les médiateurs en continu", schedule=_yearly),
    Obligation(id="C-7-7", article="7", party=Party.EPCI, words="fournir ordinateurs, imprimantes et vidéoprojecteurs"),
    Obligation(id="C-7-8", article="7", party=Party.EPCI, words="un accès à des salles de réunion"),
    Obligation(id="C-9-1b", article="9", party=Party.EPCI, words="rechercher un accord amiable avant le tribunal"),
)
"""Every obligation of both parties, by article. The counterparts of article 7 (C-7-2) are those told of article 7, one by one."""

BY_ID: Mapping[str, Obligation] = {obligation.id: obligation for obligation in OBLIGATIONS}


def dues_between(basis: Basis, first: dt.date, last: dt.date, *, ends_on: dt.date | None = None) -> list[Due]:
    """Return what is due from one day to another, both included, in order; nothing before the effect nor after the end.

    After a denunciation or a termination `ends_on` is the last day: what would be due later is not owed any more (art. 5).
    """
    until = last if ends_on is None else min(last, ends_on)
    found = [
        Due(obligation=obligation, by=by)
        for obligation in OBLIGATIONS
        if obligation.schedule
        for by in takewhile(lambda day: day <= until, obligation.schedule(basis))
        if by >= first
    ]
    return sorted(found, key=lambda due: (due.by, due.obligation.id))
