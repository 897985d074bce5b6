"""From the draft to the program of a month, and back: which visits it places, on which half-days, at which cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from escale.core.calendar.months import Month
from escale.core.planning.grid import Floats
from escale.core.planning.plan import Visit
from escale.core.planning.problem import Commune, Problem
from escale.core.planning.repair.draft import Draft, seat_of
from escale.core.planning.repair.month import OPTIONAL, Program, Row
from escale.core.planning.repair.rotation import months_waited, turn
from escale.core.planning.repair.wishes import Habit, Seat, open_seats, wishes
from escale.core.planning.shortage import Cause, Reason, Unserved, most_served, reason_for

WAITED = 10_000.0
"""What leaving a commune out a second month running costs, in kilometres: more than any half-day does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthProgram:
    """A program and what it leaves aside: `skipped` rows whose turn it is not (reduced service), in the order of the rule."""

    month: Month
    program: Program
    skipped: tuple[Row, ...]

    def write(self, draft: Draft, found: list[int]) -> None:
        """Replace the visits of the month that may move by those found."""
        codes = [commune.code for commune in draft.problem.communes]
        for code in {codes[row.commune] for row in (*self.program.rows, *self.skipped)}:
            draft.visits[code] = [v for v in draft.of(code) if v.month != self.month or draft.stands(v)]
        for row, seat in zip(self.program.rows, found, strict=True):
            if seat >= 0:
                day, half, mediator = self.program.seats[seat]
                code = codes[row.commune]
                draft.of(code).append(Visit(date=day, half=half, commune=code, mediator=mediator))

    def unserved(self, draft: Draft) -> list[Unserved]:
        """Return the due visits that the repaired month does not hold, with the reason."""
        problem, month = draft.problem, self.month
        missing = {c.code: max(0, c.visits_due(month) - len(draft.in_month(c.code, month))) for c in problem.communes}
        if not any(missing.values()):
            return []
        seats = {seat: n for n, seat in enumerate(self.program.seats)}
        owners: list[Commune] = []
        options: list[list[int]] = []
        given: list[int] = []
        for commune in problem.communes:
            held = [seats[seat_of(v)] for v in draft.in_month(commune.code, month) if seat_of(v) in seats]
            places = held + [-1] * missing[commune.code]
            owners += [commune] * len(places)
            options += [np.flatnonzero(open_seats(commune, self.program.seats)).tolist()] * len(places)
            given += places
        room = [1] * len(seats)
        return [
            Unserved(commune=c.code, name=c.name, month=month, reason=self._reason(n, options, room, given))
            for n, c in enumerate(owners)
            if given[n] < 0
        ]

    def _reason(self, visit: int, options: list[list[int]], room: list[int], given: list[int]) -> Reason:
        reason = reason_for(visit, options, room, given)
        if self.skipped and reason.cause is Cause.CROWDED:
            return replace(reason, cause=Cause.REDUCED_SERVICE)
        return reason


def program_of(draft: Draft, month: Month, habits: dict[str, Habit], *, reduced: bool) -> MonthProgram:
    """Return the program of a month. When the service is reduced, the rule has already said who is left out."""
    problem = draft.problem
    standing = {seat_of(v): v for visits in draft.visits.values() for v in visits if v.month == month and draft.stands(v)}
    past = {seat_of(make_up) for make_up in draft.make_ups if make_up.date < draft.since}
    seats = tuple(seat for seat in draft.seats(month) if seat not in standing and seat not in past)
    rows = _rows(draft, month)
    opens = np.array([open_seats(problem.communes[row.commune], seats) for row in rows], np.bool_).reshape(len(rows), len(seats))
    skipped: tuple[Row, ...] = ()
    if reduced:
        keep = _whose_turn(draft, month, rows, [np.flatnonzero(row).tolist() for row in opens], len(seats))
        skipped = tuple(row for n, row in enumerate(rows) if n not in keep)
        rows, opens = [rows[n] for n in keep], opens[keep]
    homes = {seat_of(v): code for code in draft.visits for v in draft.in_month(code, month)}
    home = [[homes.get(seat) == problem.communes[row.commune].code for seat in seats] for row in rows]
    promised = {seat_of(make_up) for make_up in draft.make_ups}
    program = Program(
        rows=tuple(rows),
        seats=seats,
        open=opens,
        home=np.array(home, np.bool_).reshape(len(rows), len(seats)),
        promised=np.array([seat in promised for seat in seats], np.bool_),
        cost=np.zeros((len(rows), len(seats))),
    )
    lost = np.flatnonzero(~program.has_home()).tolist()
    program = replace(program, cost=_costs(draft, month, program, habits, standing, lost))
    if not program.keeps_homes(program.assigned()):
        program = replace(program, cost=_costs(draft, month, program, habits, standing, range(len(rows))))
    return MonthProgram(month=month, program=program, skipped=skipped)


def _rows(draft: Draft, month: Month) -> list[Row]:
    rows = []
    for c, commune in enumerate(draft.problem.communes):
        held = sum(draft.stands(visit) for visit in draft.in_month(commune.code, month))
        due = max(0, commune.visits_due(month) - held)
        there_and_back = 2 * draft.problem.base_hm[c] / 10 * draft.problem.weights.km
        waited = WAITED * (months_waited(draft, commune, month) - 1)
        rows += [Row(commune=c, due=True, waits=there_and_back + waited) for _ in range(due)]
        extra = draft.wanted(commune, month) - held - due
        rows += [Row(commune=c, due=False, waits=there_and_back + OPTIONAL) for _ in range(extra)]
    return rows


def _whose_turn(draft: Draft, month: Month, rows: list[Row], options: list[list[int]], seats: int) -> list[int]:
    """Return the rows that a reduced service holds: as many as can be, those whose turn it is first, published extras last."""
    communes = draft.problem.communes

    def key(n: int) -> tuple[bool, tuple[int, bool, int, str]]:
        commune = communes[rows[n].commune]
        valid = bool(draft.in_month(commune.code, month))
        return not rows[n].due, turn(draft, commune, month, still_valid=valid)

    order = sorted(range(len(rows)), key=key)
    given = most_served([options[n] for n in order], [1] * seats)
    return sorted(n for n, seat in zip(order, given, strict=True) if seat >= 0)


def _costs(
    draft: Draft,
    month: Month,
    program: Program,
    habits: dict[str, Habit],
    standing: dict[Seat, Visit],
    choosing: Iterable[int],
) -> Floats:
    """Return what each seat costs the rows that choose: wishes, and the road, shared with a visit that stands on that day."""
    problem = draft.problem
    rank = {commune.code: c for c, commune in enumerate(problem.communes)}
    beside = [standing.get(seat.other_half) for seat in program.seats]
    cost = np.zeros(program.open.shape)
    for n in choosing:
        row = program.rows[n]
        commune = problem.communes[row.commune]
        others = [v for v in draft.of(commune.code) if v.month != month or draft.stands(v)]
        roads = [road(problem, row.commune, rank[visit.commune] if visit else None) for visit in beside]
        cost[n] = wishes(commune, others, habits.get(commune.code), program.seats, problem.weights) + roads
    return cost


def road(problem: Problem, c: int, beside: int | None) -> float:
    """Return what driving to a commune costs, on the day of another one or alone."""
    out = problem.base_hm[c]
    hectometres = 2 * out if beside is None else out + problem.between_hm[c][beside] - problem.base_hm[beside]
    return hectometres / 10 * problem.weights.km
