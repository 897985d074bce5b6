"""The problem as arrays: every half-day of every mediator is a slot, every visit that may be planned is a token."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import nth_of_month
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.rules.costs import badly_spaced

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PATTERNS = 70
"""Usual days that a calendar knows: five n-th, seven weekdays, two halves."""
HALVES = (Half.AM, Half.PM)
PARTNERS = 8
"""How many neighbours of each commune the search tries to visit on the same day."""


class Grid(NamedTuple):
    """Arrays of a problem. C communes, T months, M mediators, S slots, V tokens, D mediator-days.

    Slots are sorted by month, then mediator-day; after the S real ones come V virtual ones, where a token waits unserved.
    Tokens of a commune lie together, by month. Costs are in kilometre equivalents, dates are ordinals (0: none).
    """

    slot_month: Ints  # (S+V)
    slot_mediator: Ints  # (S+V), -1 when virtual
    slot_date: Ints  # (S+V)
    slot_pattern: Ints  # (S+V)
    slot_half: Ints  # (S+V) 0 morning, 1 afternoon
    slot_weekday: Ints  # (S+V)
    slot_day: Ints  # (S+V) mediator-day, -1 when virtual
    day_slots: Ints  # (D, 2) morning and afternoon slot, -1 when the service gives none
    month_slots: Ints  # (T+1) first slot of each month
    month_days: Ints  # (T+1) first mediator-day of each month
    slot_at: Ints  # (M, PATTERNS, T) slot of a usual day in a month, -1 when there is none
    allowed: Bools  # (C, S)
    due: Ints  # (C, T)
    per_month: Ints  # (C) visits a month
    token_first: Ints  # (C+1)
    token_commune: Ints  # (V)
    token_month: Ints  # (V)
    follows: Bools  # (T) the month comes directly after the one before it in the list
    before_date: Ints  # (C) the last visit before the horizon, when it lies in the month directly before it
    before_faults: Ints  # (C) badly spaced pairs among the visits before the horizon
    preferred: Ints  # (C) weekday, or -1
    annex: Ints  # (C) pattern, or -1
    base: Floats  # (C)
    between: Floats  # (C, C)
    partners: Ints  # (C, PARTNERS) the neighbours that save most, best first
    weights: Floats  # unserved, irregular, spacing, switch, preference, annex, balance

    @property
    def slots(self) -> int:
        """Number of real slots."""
        return int(self.allowed.shape[1])

    @property
    def tokens(self) -> int:
        """Number of tokens."""
        return int(self.token_commune.shape[0])


def pattern_of(nth: int, window: Window) -> int:
    """Return the number of a usual day, 0 to PATTERNS - 1."""
    return (nth - 1) * 14 + window.weekday * 2 + HALVES.index(window.half)


def window_of(pattern: int) -> tuple[int, Window]:
    """Return the n-th and the window of a usual day's number."""
    return pattern // 14 + 1, Window(weekday=Weekday(pattern % 14 // 2), half=HALVES[pattern % 2])


def build_grid(problem: Problem) -> Grid:
    """Turn a problem into arrays."""
    slots, day_slots, month_slots, month_days = _slots(problem)
    weights, communes, months = problem.weights, problem.communes, problem.months
    per_month = np.array([c.visits_per_month for c in communes], np.int32)
    token_first = np.concatenate([[0], np.cumsum(per_month * len(months))]).astype(np.int32)
    token_commune = np.repeat(np.arange(len(communes)), per_month * len(months)).astype(np.int32)
    token_month = np.concatenate([np.repeat(np.arange(len(months)), k) for k in per_month]).astype(np.int32)
    virtual = len(token_commune)
    pattern = [pattern_of(nth_of_month(d), Window(weekday=Weekday(d.weekday()), half=HALVES[h])) for _, _, d, h, _ in slots]
    slot_at = np.full((len(problem.mediators), PATTERNS, len(months)), -1, np.int32)
    for s, (t, m, _, _, _) in enumerate(slots):
        slot_at[m, pattern[s], t] = s
    base = np.array(problem.base_hm) * weights.km / 10
    between = np.array(problem.between_hm) * weights.km / 10
    return Grid(
        slot_month=_padded([s[0] for s in slots], token_month),
        slot_mediator=_padded([s[1] for s in slots], np.full(virtual, -1)),
        slot_date=_padded([s[2].toordinal() for s in slots], np.zeros(virtual)),
        slot_pattern=_padded(pattern, np.zeros(virtual)),
        slot_half=_padded([p % 2 for p in pattern], np.zeros(virtual)),
        slot_weekday=_padded([p % 14 // 2 for p in pattern], np.zeros(virtual)),
        slot_day=_padded([s[4] for s in slots], np.full(virtual, -1)),
        day_slots=np.array(day_slots, np.int32).reshape(-1, 2),
        month_slots=np.array(month_slots, np.int32),
        month_days=np.array(month_days, np.int32),
        slot_at=slot_at,
        allowed=_allowed(problem, slots),
        due=np.array([[c.visits_due(month) for month in months] for c in communes], np.int32),
        per_month=per_month,
        token_first=token_first,
        token_commune=token_commune,
        token_month=token_month,
        follows=np.array([t > 0 and months[t - 1].next == month for t, month in enumerate(months)], np.bool_),
        before_date=_before_dates(problem),
        before_faults=np.array([_faults_before(problem, i) for i in range(len(communes))], np.int32),
        preferred=np.array([-1 if c.preferred_weekday is None else c.preferred_weekday for c in communes], np.int32),
        annex=np.array([-1 if c.annex is None else pattern_of(c.annex.nth, c.annex.window) for c in communes], np.int32),
        base=base,
        between=between,
        partners=_partners(base, between),
        weights=np.array(
            [
                weights.unserved,
                weights.irregular,
                weights.spacing,
                weights.switch,
                weights.preference,
                weights.annex,
                weights.balance,
            ],
            np.float64,
        ),
    )


def plan_of(problem: Problem, grid: Grid, holder: Ints) -> Plan:
    """Return the plan that an array of slot contents stands for."""
    visits = []
    for s in np.flatnonzero(holder[: grid.slots] >= 0):
        commune = problem.communes[grid.token_commune[holder[s]]]
        mediator = problem.mediators[grid.slot_mediator[s]]
        half = HALVES[grid.slot_pattern[s] % 2]
        day = dt.date.fromordinal(int(grid.slot_date[s]))
        visits.append(Visit(date=day, half=half, commune=commune.code, mediator=mediator.id))
    return Plan(visits=tuple(visits))


def holder_of(problem: Problem, grid: Grid, plan: Plan) -> Ints:
    """Return the slot contents of a plan (make-ups left out); visits that have no legal slot are dropped."""
    communes = {commune.code: i for i, commune in enumerate(problem.communes)}
    mediators = {mediator.id: i for i, mediator in enumerate(problem.mediators)}
    months = {month: t for t, month in enumerate(problem.months)}
    holder = np.full(grid.slots + grid.tokens, -1, np.int32)
    placed: dict[tuple[int, int], int] = {}
    for visit in plan.visits:
        if visit.commune not in communes or visit.mediator not in mediators or visit.month not in months:
            continue
        c, t = communes[visit.commune], months[visit.month]
        s = int(grid.slot_at[mediators[visit.mediator], pattern_of(*visit.pattern), t])
        rank = placed.get((c, t), 0)
        if s < 0 or not grid.allowed[c, s] or holder[s] >= 0 or rank >= grid.per_month[c]:
            continue
        placed[c, t] = rank + 1
        holder[s] = grid.token_first[c] + t * grid.per_month[c] + rank
    waiting = np.setdiff1d(np.arange(grid.tokens), holder[holder >= 0])
    holder[grid.slots + waiting] = waiting
    return holder


SlotFacts = tuple[int, int, dt.date, int, int]
"""Month, mediator, date, half and mediator-day of a slot."""


def _slots(problem: Problem) -> tuple[list[SlotFacts], list[list[int]], list[int], list[int]]:
    """Return slots (month, mediator, date, half, day), the slots of each mediator-day, and where each month begins in both."""
    slots: list[SlotFacts] = []
    day_slots: list[list[int]] = []
    month_slots, month_days = [0], [0]
    for t, month in enumerate(problem.months):
        for day in month.days():
            halves = [h for h in (0, 1) if Window(weekday=Weekday(day.weekday()), half=HALVES[h]) in problem.windows]
            if day in problem.holidays or not halves:
                continue
            for m, mediator in enumerate(problem.mediators):
                if day in mediator.away:
                    continue
                pair = [-1, -1]
                for h in halves:
                    pair[h] = len(slots)
                    slots.append((t, m, day, h, len(day_slots)))
                day_slots.append(pair)
        month_slots.append(len(slots))
        month_days.append(len(day_slots))
    return slots, day_slots, month_slots, month_days


def _allowed(problem: Problem, slots: list[SlotFacts]) -> Bools:
    allowed = np.zeros((len(problem.communes), len(slots)), np.bool_)
    for i, commune in enumerate(problem.communes):
        opens: dict[tuple[dt.date, int], bool] = {}
        for s, (_, _, day, half, _) in enumerate(slots):
            if (day, half) not in opens:
                opens[day, half] = commune.opens(day, HALVES[half])
            allowed[i, s] = opens[day, half]
    return allowed


def _before_dates(problem: Problem) -> Ints:
    last_month = problem.months[0].previous
    dates = [max(c.before, default=None) for c in problem.communes]
    near = [d is not None and last_month.first <= d <= last_month.last for d in dates]
    return np.array([d.toordinal() if d is not None and ok else 0 for d, ok in zip(dates, near, strict=True)], np.int32)


def _faults_before(problem: Problem, i: int) -> int:
    return badly_spaced(problem.communes[i], ())


def _partners(base: Floats, between: Floats) -> Ints:
    saving = base[:, None] + base[None, :] - between
    np.fill_diagonal(saving, -np.inf)
    order = np.argsort(-saving, axis=1, kind="stable")[:, : min(PARTNERS, max(1, len(base) - 1))]
    return order.astype(np.int32)


def _padded(real: list[int], virtual: NDArray[np.generic]) -> Ints:
    return np.concatenate([np.array(real, np.int32), virtual.astype(np.int32)])
