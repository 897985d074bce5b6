"""What disturbs a published plan: who is away, which room is closed, who joins, which visit the coordinator moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from escale.core.calendar.halfdays import Half
from escale.core.planning.faults import ProblemError
from escale.core.planning.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A mediator is away, both days included. `vacant` says that nobody holds the post: the service is reduced meanwhile."""

    mediator: str
    starts: dt.date
    ends: dt.date
    vacant: bool = False

    def __post_init__(self) -> None:
        _refuse_backwards("away", self.starts, self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """The room of a commune is closed, both days included. With `other_room` the commune has another one and no date moves."""

    commune: str
    starts: dt.date
    ends: dt.date
    other_room: bool = False

    def __post_init__(self) -> None:
        _refuse_backwards("closed", self.starts, self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """A commune of the problem takes part from a date on; its first due month is the first whole one (art. 4)."""

    commune: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A visit that the coordinator sets: it stands, others give way. `was` is the date it had, None when it had none."""

    commune: str
    was: dt.date | None
    date: dt.date
    half: Half
    mediator: str

    def __post_init__(self) -> None:
        if self.was is not None and (self.was.year, self.was.month) != (self.date.year, self.date.month):
            raise ProblemError(
                place="moved",
                message=f"la visite du {self.was} doit rester dans son mois ; dans un autre mois, c'est un rattrapage",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """All that happens at once. Nothing before `since` changes or is used."""

    absences: tuple[Absence, ...] = ()
    closures: tuple[Closure, ...] = ()
    joinings: tuple[Joining, ...] = ()
    by_hand: tuple[ByHand, ...] = ()
    since: dt.date | None = None

    def applied_to(self, problem: Problem) -> Problem:
        """Return the problem as it is from now on. Raise ProblemError for a mediator or commune that it does not know."""
        mediators = {mediator.id: mediator for mediator in problem.mediators}
        communes = {commune.code: commune for commune in problem.communes}
        for absence in self.absences:
            mediator = mediators[problem.mediator(absence.mediator).id]
            mediators[mediator.id] = replace(mediator, away=mediator.away | _days(absence.starts, absence.ends))
        for closure in self.closures:
            commune = communes[problem.commune(closure.commune).code]
            if not closure.other_room:
                communes[commune.code] = replace(commune, closed=commune.closed | _days(closure.starts, closure.ends))
        for joining in self.joinings:
            commune = communes[problem.commune(joining.commune).code]
            if joining.date > commune.until:
                raise ProblemError(place="join", message=f"{commune.name} quitte le service le {commune.until}, avant d'arriver")
            communes[commune.code] = replace(commune, starts=joining.date)
        return problem.with_changes(mediators=tuple(mediators.values()), communes=tuple(communes.values()))

    def is_reduced(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether a post is vacant on a day between two dates."""
        return any(absence.vacant and absence.starts <= last and first <= absence.ends for absence in self.absences)


def _days(starts: dt.date, ends: dt.date) -> frozenset[dt.date]:
    return frozenset(starts + dt.timedelta(days=n) for n in range((ends - starts).days + 1))


def _refuse_backwards(place: str, starts: dt.date, ends: dt.date) -> None:
    if ends < starts:
        raise ProblemError(place=place, message=f"la période finit le {ends} avant de commencer le {starts}")
