"""What a repair gives back: the new plan, and all that changed in it."""

from __future__ import annotations

from dataclasses import dataclass

from escale.core.calendar.months import Month
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.shortage import Unserved

REDUCED_SERVICE_RULE = (
    "Service réduit : les communes qui attendent depuis le plus de mois passent d’abord ; puis celles dont la visite publiée "
    "reste possible ; puis celles qui ont eu le moins de visites ; puis l’ordre des codes INSEE. "
    "Aucune commune ne reste deux mois de suite sans visite tant que les places le permettent."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A published visit that has another half-day, date or mediator. `valid`: the disruption itself did not forbid it."""

    was: Visit
    now: Visit
    valid: bool
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutMakeUp:
    """A promised visit for which no later month in reach has a place: it is lost, and told as such."""

    commune: str
    for_month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A repaired plan, legal on `problem` (the disrupted one).

    `lost` are the published visits and make-ups that the disruption made impossible, moved or not; `moves` those of them and of
    the others that have a new date; `given_up` still valid ones that another commune's turn takes; `added` visits that replace
    none. `unserved` and `make_ups` speak of the touched `months`; `other_room` lists the visits whose room alone changes.
    A month never has fewer unserved visits than here, nor, with as few, fewer published ones disturbed. `proved` adds that, the
    months before it being what they are, it cannot cost less either (balance apart, one visit a month).
    """

    plan: Plan
    problem: Problem
    months: tuple[Month, ...]
    lost: tuple[Visit, ...]
    moves: tuple[Move, ...]
    given_up: tuple[Visit, ...]
    added: tuple[Visit, ...]
    unserved: tuple[Unserved, ...]
    make_ups: tuple[MakeUp, ...]
    without_make_up: tuple[WithoutMakeUp, ...]
    other_room: tuple[Visit, ...]
    rule: str | None
    proved: bool
    seconds: float

    @property
    def moved_valid(self) -> int:
        """How many still valid published visits had to move, those moved by hand apart."""
        return sum(move.valid and not move.by_hand for move in self.moves)

    @property
    def moved_total(self) -> int:
        """How many published visits have another half-day, date or mediator."""
        return len(self.moves)

    @property
    def words(self) -> str:
        """The repair in one French sentence."""
        said = [
            f"{len(self.lost)} devenue(s) impossible(s)",
            f"{self.moved_total} déplacée(s), dont {self.moved_valid} qui restai(en)t possible(s)",
            f"{len(self.unserved)} sans place",
            f"{len(self.make_ups)} rattrapage(s) proposé(s)",
            f"{len(self.without_make_up)} perdue(s)",
        ]
        return f"Visites : {', '.join(said)}."
