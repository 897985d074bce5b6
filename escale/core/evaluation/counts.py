"""What indicators are made of: counts of a period, never records; the database sums, the core judges. None is « not known »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


def _check(owner: object) -> None:
    """Raise ValueError when a count of `owner` is negative."""
    for each in fields(owner):  # type: ignore[arg-type]
        value = getattr(owner, each.name)
        counts = value.values() if isinstance(value, Mapping) else [value]
        if any(isinstance(count, int | float) and count < 0 for count in counts):
            raise ValueError(f"{type(owner).__name__}.{each.name} is negative: {value}")


def _at_most(part: int | None, whole: int | None, words: str) -> None:
    if part is not None and whole is not None and part > whole:
        raise ValueError(f"{words}: {part} > {whole}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDays:
    """Half-days of a period under art. 4.

    `due`: what the text asks (months in force times sessions a month; months that are not whole already left out).
    `waived`: both parties gave them up. `refused`: proposed, the commune did not want them. `cancelled_by_commune` and
    `cancelled_by_service` (force majeure included, counted again in `force_majeure`): given up, and no make-up stands.
    `make_up_to_come`: given up, and the make-up that was accepted is still ahead. `coming`: proposed, still ahead.
    `proposed` and `held` count what became of the half-days; a make-up that was held is one more held. `untold`: past, and nobody
    said what became of them.
    """

    due: int
    proposed: int
    held: int
    waived: int = 0
    refused: int = 0
    cancelled_by_commune: int = 0
    cancelled_by_service: int = 0
    force_majeure: int = 0
    make_up_to_come: int = 0
    coming: int = 0
    untold: int = 0

    def __post_init__(self) -> None:
        _check(self)

    @property
    def to_propose(self) -> int:
        """What the EPCI had to propose: what both parties waived is not owed."""
        return max(0, self.due - self.waived)

    @property
    def to_hold(self) -> int:
        """What the EPCI had to hold by now, without what the commune refused or cancelled, what is made up, what is ahead."""
        excused = self.waived + self.refused + self.cancelled_by_commune + self.make_up_to_come + self.coming
        return max(0, self.due - excused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Appointments of a period: slots open, booked (cancelled ones left out), and those whose person did not come."""

    open: int
    booked: int
    absent: int = 0

    def __post_init__(self) -> None:
        _check(self)
        _at_most(self.booked, self.open, "slots booked")
        _at_most(self.absent, self.booked, "people absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Days from the request to the appointment: how many requests for each number of days; `waiting` those still without one."""

    served: Mapping[int, int]
    waiting: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check(self)
        if any(days < 0 for days in (*self.served, *self.waiting)):
            raise ValueError("an appointment before its request")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """So many of so many."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        _check(self)
        _at_most(self.part, self.whole, "part of a whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgencies:
    """First-level urgencies of a period (art. 4): how many, how many had a first answer, its median in minutes."""

    asked: int
    answered: int
    median_minutes: int | None = None

    def __post_init__(self) -> None:
        _check(self)
        _at_most(self.answered, self.asked, "urgencies answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """People who came back on the same theme: more autonomous the last time than the first, less, or as before."""

    more: int
    less: int
    same: int

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Anonymous answers on four points, 1 « pas du tout » to 4 « tout à fait », and how many people were asked."""

    asked: int
    after: Mapping[int, int]
    before: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check(self)
        if not {*self.after, *self.before} <= {1, 2, 3, 4}:
            raise ValueError("confidence has four points, 1 to 4")
        _at_most(sum(self.after.values()), self.asked, "answers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Everything that the 22 indicators ask of one period, for one commune or for the territory. None: nobody noted it.

    An accompaniment is one participation of one person in one activity: a workshop of six counts six (La Coop's definition).
    `minutes_held` are those of the half-days held, `minutes_due` of those due by now, each as long as its convention says.
    All of `modes` … `aged` count accompaniments, by the civil date of the session. `modes` is by rdv, sans_rdv, atelier.
    `first_time`, `autonomous` (« autonome » or « partiellement autonome ») are among those noted; `outcomes` is by resolue,
    orientee, non_resolue; `themes` by theme (one accompaniment may have several); `aged` those of 60 and more among known ages.
    `persons` are distinct people, known for appointments alone. Populations are those of the place; `population_15` and
    `population_60` are typed in, or None. `missing_fields` tells for each field of a record (not noted, records).
    """

    half_days: HalfDays | None = None
    minutes_held: int | None = None
    minutes_due: int | None = None
    slots: Slots | None = None
    waits: Waits | None = None
    premises: Ratio | None = None
    staffed_days: Ratio | None = None
    certified: Ratio | None = None
    urgencies: Urgencies | None = None
    recorded_in_time: Ratio | None = None
    missing_fields: Mapping[str, Ratio] = field(default_factory=dict)
    activities: int | None = None
    accompaniments: int | None = None
    persons: int | None = None
    modes: Mapping[str, int] = field(default_factory=dict)
    population: int | None = None
    first_time: Ratio | None = None
    themes: Mapping[str, int] = field(default_factory=dict)
    communes_visited: Ratio | None = None
    autonomous: Ratio | None = None
    outcomes: Mapping[str, int] | None = None
    pairs: Pairs | None = None
    confidence: Confidence | None = None
    pix: int | None = None
    persons_estimated: int | None = None
    population_15: int | None = None
    population_60: int | None = None
    aged: Ratio | None = None

    def __post_init__(self) -> None:
        _check(self)
        _at_most(self.population_60, self.population_15, "people of 60 and more among those of 15 and more")
        if self.modes and self.accompaniments is not None and sum(self.modes.values()) != self.accompaniments:
            raise ValueError(f"the modes add up to {sum(self.modes.values())}, not to {self.accompaniments} accompaniments")

    def unanswered(self, among: Ratio | None) -> int:
        """Return how many accompaniments are not among those whose answer is noted."""
        return max(0, (self.accompaniments or 0) - among.whole) if among else 0
