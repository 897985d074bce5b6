"""The tour problem: who must be visited, by whom, in which months, and what each wish weighs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from math import isfinite

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError

MOST_COMMUNES = 1_000
"""More communes than any French EPCI has (the largest has 158): a larger file is a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each wish weighs, in kilometres that we accept to drive to fulfil it once."""

    unserved: float = 100_000
    spacing: float = 300
    irregular: float = 200
    preference: float = 150
    switch: float = 100
    km: float = 1
    balance: float = 2
    annex: float = 0

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if not isfinite(value) or value < 0:
                raise ProblemError(place=f"weights.{name}", message=f"le poids {value} doit être un nombre positif ou nul")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The usual day agreed in a convention (art. 4, the annexed planning): n-th weekday of the month and half-day."""

    nth: int
    window: Window

    def __post_init__(self) -> None:
        if not 1 <= self.nth <= 5:
            raise ProblemError(place="annex.nth", message=f"le rang {self.nth} doit être compris entre 1 et 5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """A post that visits communes, and the whole days on which nobody holds it."""

    id: str
    away: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune to visit: the half-days on which it can open a room, and what it wishes.

    `starts` and `until` are inclusive. A month in which the commune is not in every day is allowed but not due.
    A month that begins before `several_from` owes one visit, though `visits_per_month` are allowed.
    `closed` holds whole days, `shut` single half-days. `before` holds its last visits before the horizon, for the spacing.
    """

    code: str
    name: str
    windows: frozenset[Window]
    preferred_weekday: Weekday | None = None
    closed: frozenset[dt.date] = frozenset()
    shut: frozenset[tuple[dt.date, Half]] = frozenset()
    starts: dt.date = dt.date.min
    until: dt.date = dt.date.max
    visits_per_month: int = 1
    several_from: dt.date = dt.date.min
    before: tuple[dt.date, ...] = ()
    annex: Annex | None = None

    def is_in(self, day: dt.date) -> bool:
        """Tell whether the commune takes part on this day."""
        return self.starts <= day <= self.until

    def opens(self, day: dt.date, half: Half) -> bool:
        """Tell whether the commune can be visited on this half-day."""
        window = Window(weekday=Weekday(day.weekday()), half=half)
        return self.is_in(day) and not self.is_closed(day, half) and window in self.windows

    def is_closed(self, day: dt.date, half: Half) -> bool:
        """Tell whether its rooms are closed on this very half-day."""
        return day in self.closed or (day, half) in self.shut

    def visits_due(self, month: Month) -> int:
        """Return how many visits the month owes to the commune (art. 4); none in a month that it does not take part in whole."""
        whole = self.starts <= month.first and month.last <= self.until
        if not whole:
            return 0
        return self.visits_per_month if self.several_from <= month.first else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A year to plan. Distances are one way, in hectometres; the order of `communes` is the order of both tables."""

    name: str
    months: tuple[Month, ...]
    windows: frozenset[Window]
    holidays: frozenset[dt.date]
    mediators: tuple[Mediator, ...]
    communes: tuple[Commune, ...]
    base_hm: tuple[float, ...]
    between_hm: tuple[tuple[float, ...], ...]
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        self._check_lists()
        self._check_communes()
        self._check_distances()

    def _check_lists(self) -> None:
        if not self.months:
            raise ProblemError(place="months", message="la liste des mois est vide ; donner au moins un mois, « 2026-01 »")
        if list(self.months) != sorted(set(self.months)):
            raise ProblemError(place="months", message="les mois doivent se suivre dans l'ordre, chacun une seule fois")
        if not self.windows:
            raise ProblemError(place="windows", message="aucune demi-journée de service ; en donner au moins une, « TUE_AM »")
        if not self.mediators:
            raise ProblemError(place="mediators", message="il n'y a aucun médiateur ; en donner au moins un")
        if not self.communes:
            raise ProblemError(place="communes", message="il n'y a aucune commune ; en donner au moins une")
        if len(self.communes) > MOST_COMMUNES:
            raise ProblemError(
                place="communes",
                message=f"{len(self.communes)} communes, pour {MOST_COMMUNES} au plus ; partager le territoire en secteurs",
            )
        _refuse_twins("mediators", [mediator.id for mediator in self.mediators], "le médiateur")
        _refuse_twins("communes", [commune.code for commune in self.communes], "la commune")

    def _check_communes(self) -> None:
        for i, commune in enumerate(self.communes):
            place = f"communes[{i}] ({commune.name})"
            if commune.visits_per_month < 1:
                raise ProblemError(place=f"{place}.visits_per_month", message="il faut au moins une visite par mois")
            if commune.starts > commune.until:
                raise ProblemError(
                    place=f"{place}.until",
                    message=f"la commune part le {commune.until} avant d'arriver le {commune.starts}",
                )
            late = [day for day in commune.before if day >= self.months[0].first]
            if late:
                raise ProblemError(
                    place=f"{place}.before",
                    message=f"le {late[0]} n'est pas avant le premier mois planifié, {self.months[0]}",
                )

    def _check_distances(self) -> None:
        n = len(self.communes)
        if len(self.base_hm) != n:
            raise ProblemError(
                place="base_hm", message=f"{len(self.base_hm)} distances pour {n} communes ; il en faut une par commune"
            )
        if len(self.between_hm) != n:
            raise ProblemError(
                place="between_hm",
                message=f"{len(self.between_hm)} lignes pour {n} communes ; il en faut une par commune",
            )
        for i, row in enumerate(self.between_hm):
            if len(row) != n:
                raise ProblemError(
                    place=f"between_hm[{i}]",
                    message=f"{len(row)} distances pour {n} communes ; il en faut une par commune",
                )
        for place, row in (
            ("base_hm", self.base_hm),
            *((f"between_hm[{i}]", row) for i, row in enumerate(self.between_hm)),
        ):
            for j, value in enumerate(row):
                if not isfinite(value) or value < 0:
                    raise ProblemError(
                        place=f"{place}[{j}]",
                        message=f"la distance {value} doit être un nombre positif ou nul, en hectomètres",
                    )

    def commune(self, code: str) -> Commune:
        """Return a commune by its INSEE code. Raise ProblemError when it is not in the problem."""
        for commune in self.communes:
            if commune.code == code:
                return commune
        raise ProblemError(place="commune", message=f"la commune {code} n'est pas dans le problème")

    def mediator(self, mediator_id: str) -> Mediator:
        """Return a mediator by identifier. Raise ProblemError when it is not in the problem."""
        for mediator in self.mediators:
            if mediator.id == mediator_id:
                return mediator
        raise ProblemError(place="mediator", message=f"le médiateur {mediator_id} n'est pas dans le problème")

    def with_changes(
        self, *, mediators: tuple[Mediator, ...] | None = None, communes: tuple[Commune, ...] | None = None
    ) -> Problem:
        """Return the same problem with other mediators or communes, in the same order."""
        return replace(self, mediators=mediators or self.mediators, communes=communes or self.communes)

    @property
    def visits_due(self) -> int:
        """How many visits the months owe to all communes together (art. 4)."""
        return sum(commune.visits_due(month) for commune in self.communes for month in self.months)


def _refuse_twins(place: str, keys: list[str], noun: str) -> None:
    seen: set[str] = set()
    for i, key in enumerate(keys):
        if key in seen:
            raise ProblemError(place=f"{place}[{i}]", message=f"{noun} {key} est là deux fois ; en garder une seule ligne")
        seen.add(key)
