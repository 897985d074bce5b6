"""First plans that have the usual day asked for: exchange with who has it, a free place, or whole days (planning-explain.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from escale.core.calendar.halfdays import Window
from escale.core.planning.grid import Bools, Grid, Ints, pattern_of
from escale.core.planning.search.state import start


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A commune (by number) and the window that it is to have."""

    commune: int
    window: Window

    @property
    def patterns(self) -> tuple[int, ...]:
        """The usual days of the window, first to fifth of the month."""
        return tuple(pattern_of(nth, self.window) for nth in range(1, 6))


class Exchanges:
    """Slot contents under exchange: what a commune forbids is left out."""

    def __init__(self, grid: Grid, holder: Ints) -> None:
        self._grid = grid
        self.holder = holder.copy()

    def swap(self, a: int, b: int) -> bool:
        """Exchange the contents of two slots of a month when both communes can; tell whether it was done."""
        u, v = int(self.holder[a]), int(self.holder[b])
        if u == v or not (self._can(u, b) and self._can(v, a)):
            return False
        self.holder[a], self.holder[b] = v, u
        return True

    def claim(self, token: int, slot: int) -> None:
        """Give a slot to a token that may have it; who held it takes the token's old place, else any free one, else waits."""
        old = self.place(token)
        if old == slot or self.swap(old, slot):
            return
        displaced = int(self.holder[slot])
        (free,) = np.nonzero((self.holder < 0) & (self._grid.slot_month == self._grid.token_month[token]))
        self.holder[old] = -1
        self.holder[slot] = token
        self.holder[next(s for s in free.tolist() if self._can(displaced, s))] = displaced

    def give_up(self, slot: int) -> None:
        """Let who holds a slot wait unserved."""
        token = int(self.holder[slot])
        waiting = (self.holder < 0) & (self._grid.slot_month == self._grid.token_month[token])
        waiting[: self._grid.slots] = False
        self.holder[slot] = -1
        self.holder[np.flatnonzero(waiting)[0]] = token

    def place(self, token: int) -> int:
        """Return the slot of a token."""
        return int(np.flatnonzero(self.holder == token)[0])

    def _can(self, token: int, slot: int) -> bool:
        return token < 0 or slot >= self._grid.slots or bool(self._grid.allowed[self._grid.token_commune[token], slot])


def best_starts(grid: Grid, holder: Ints, wish: Wish, number: int) -> list[Ints]:
    """Return the cheapest exchanges that bring the commune to the window, best first; there is one if the window has a date."""
    found: dict[bytes, tuple[float, Ints]] = {}
    for mediator in range(grid.slot_at.shape[0]):
        for pattern in wish.patterns:
            slots = grid.slot_at[mediator, pattern]
            if not any(s >= 0 and grid.allowed[wish.commune, s] for s in slots):
                continue
            for exchanges in _ways(grid, holder, wish, mediator, pattern):
                _claim_all(grid, exchanges, wish, slots)
                _end_dispute(grid, exchanges, wish)
                cost = float(start(grid, exchanges.holder, 0, 0).cost[0])
                found[exchanges.holder.tobytes()] = (cost, exchanges.holder)
    return [contents for _, contents in sorted(found.values(), key=lambda pair: pair[0])[:number]]


def window_slots(grid: Grid, wish: Wish) -> Bools:
    """Tell which slots (S) lie in the window and are open to the commune."""
    inside: Bools = np.isin(grid.slot_pattern[: grid.slots], wish.patterns) & grid.allowed[wish.commune]
    return inside


def fulfils(grid: Grid, holder: Ints, wish: Wish) -> bool:
    """Tell whether the commune has its usual day in the window, as `has_usual_day_in` reads it from a plan."""
    slots = tokens_of(grid, wish.commune, holder).ravel()
    counts = np.bincount(grid.slot_pattern[slots[slots < grid.slots]], minlength=max(wish.patterns) + 1)
    inside = np.zeros(len(counts), np.bool_)
    inside[list(wish.patterns)] = True
    most = counts[inside].max()
    return bool(most > 0 and (counts[~inside] >= most).sum() < grid.per_month[wish.commune])


def tokens_of(grid: Grid, commune: int, holder: Ints) -> Ints:
    """Return the slots of a commune's tokens (T, visits a month)."""
    place = np.zeros(grid.tokens, np.int32)
    (held,) = np.nonzero(holder >= 0)
    place[holder[held]] = held
    return place[grid.token_first[commune] : grid.token_first[commune + 1]].reshape(-1, grid.per_month[commune])


def _ways(grid: Grid, holder: Ints, wish: Wish, mediator: int, pattern: int) -> Iterator[Exchanges]:
    """Yield the plan as it is, the plan with both communes exchanged, and the plan with both whole days exchanged."""
    yield Exchanges(grid, holder)
    tokens = tokens_of(grid, wish.commune, holder)
    slots = grid.slot_at[mediator, pattern]
    held = [int(grid.token_commune[holder[s]]) for s in slots if s >= 0 and holder[s] >= 0]
    if held:
        occupant = Counter(held).most_common(1)[0][0]
        exchanged = Exchanges(grid, holder)
        for mine, other in zip(tokens[:, 0], tokens_of(grid, occupant, holder)[:, 0], strict=True):
            exchanged.swap(int(mine), int(other))
        yield exchanged
    usual = Counter((int(grid.slot_mediator[s]), int(grid.slot_pattern[s])) for s in tokens[:, 0] if s < grid.slots)
    if usual:
        (home, own), _ = usual.most_common(1)[0]
        exchanged = Exchanges(grid, holder)
        for half in (0, 1):
            for a, b in zip(grid.slot_at[home, own ^ half], grid.slot_at[mediator, pattern ^ half], strict=True):
                if a >= 0 and b >= 0:
                    exchanged.swap(int(a), int(b))
        yield exchanged


def _claim_all(grid: Grid, exchanges: Exchanges, wish: Wish, slots: Ints) -> None:
    """Bring one visit a month to these slots, where they are open."""
    first, several = int(grid.token_first[wish.commune]), int(grid.per_month[wish.commune])
    for month, slot in enumerate(slots.tolist()):
        token = first + month * several
        if slot >= 0 and grid.allowed[wish.commune, slot] and not first <= exchanges.holder[slot] < first + several * len(slots):
            exchanges.claim(token, slot)


def _end_dispute(grid: Grid, exchanges: Exchanges, wish: Wish) -> None:
    """Give up visits on other days while one of those is as frequent as the window's: dear, but a plan to begin with."""
    for slot in tokens_of(grid, wish.commune, exchanges.holder).ravel().tolist():
        if fulfils(grid, exchanges.holder, wish):
            return
        if slot < grid.slots and grid.slot_pattern[slot] not in wish.patterns:
            exchanges.give_up(slot)
