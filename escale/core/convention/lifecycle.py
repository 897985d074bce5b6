"""What a life cycle is: states, and one table of the steps that lead from one to the next; any other step is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from escale.core.convention.refusals import RefusedError

S = TypeVar("S", bound=StrEnum)
T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A condition of a step: its name, and what is told to whoever does not meet it."""

    name: str
    code: str
    refusal: str

    def refused(self, place: str = "") -> RefusedError:
        """Return the refusal, to be raised."""
        return RefusedError(self.code, self.refusal, place=place)


def guard(name: str, code: str, refusal: str) -> Guard:
    """Return a guard, in one line of a table."""
    return Guard(name=name, code=code, refusal=refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[S, T]):
    """One line of a table: from a state to another, by a trigger, when its guards hold."""

    source: S
    target: S
    trigger: T
    guards: tuple[Guard, ...] = ()


def step(source: S, trigger: T, target: S, *guards: Guard) -> Step[S, T]:
    """Return one line of a table, as it is read: from, by, to, if."""
    return Step(source=source, target=target, trigger=trigger, guards=guards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Generic[S, T]):
    """The table of one kind of thing; `words` are its states in French, agreed with its name."""

    subject: str
    steps: tuple[Step[S, T], ...]
    words: Mapping[S, str]
    _by_pair: Mapping[tuple[S, T], Step[S, T]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_pair = {(step.source, step.trigger): step for step in self.steps}
        if len(by_pair) < len(self.steps):
            raise ValueError("a trigger leads a state to one other alone")
        object.__setattr__(self, "_by_pair", by_pair)

    def step(self, source: S, trigger: T) -> Step[S, T]:
        """Return the step that a trigger makes from a state. Raise RefusedError when the table has none."""
        found = self._by_pair.get((source, trigger))
        if found is None:
            raise self._refused(source)
        return found

    def between(self, source: S, target: S) -> Step[S, T]:
        """Return the step from a state to another. Raise RefusedError when the table has none."""
        found = next((step for step in self.steps if (step.source, step.target) == (source, target)), None)
        if found is None:
            raise self._refused(source)
        return found

    def next_states(self, source: S) -> tuple[S, ...]:
        """Return the states that one step leads to, in the order of the table."""
        return tuple(dict.fromkeys(step.target for step in self.steps if step.source == source))

    def _refused(self, source: S) -> RefusedError:
        following = [self.words[state] for state in self.next_states(source)]
        after = f"suites possibles : {', '.join(following)}" if following else "plus rien ne peut suivre"
        return RefusedError("E_TRANSITION", f"étape impossible : {self.subject} est « {self.words[source]} » ; {after}")
