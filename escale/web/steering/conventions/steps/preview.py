"""What a step would change: the step is really taken, looked at, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from escale.apps.conventions.models import Convention, Party
from escale.apps.territory import clock
from escale.web.steering.conventions.steps.looks import Look, look

NONE = "plus rien"
OWERS = {Party.EPCI: "L’EPCI doit", Party.COMMUNE: "La commune doit"}
FREED = {Party.EPCI: "L’EPCI ne doit plus", Party.COMMUNE: "La commune ne doit plus"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that is looked at: what it was, if it was there, and what it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a party owes from then on, or owes no more."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a step would do: the sentence it would end with, what it would change, and what happens to published visits."""

    told: str
    lines: tuple[Line, ...]
    visits: tuple[str, ...]
    owed: tuple[Owed, ...]


def preview(convention: Convention, perform: Callable[[], str]) -> Preview:
    """Take a step for nothing and return what it would change; raise what it refuses. The database is left as it was."""
    today = clock.today(convention.epci)
    with transaction.atomic():
        before = look(convention, today)
        told = perform()
        after = look(convention, today)
        transaction.set_rollback(True)
    return Preview(
        told=told,
        lines=tuple(_changed(before, after)),
        visits=_visits_told(before.visits, after.visits),
        owed=tuple(_owed(before, after)),
    )


def _changed(before: Look, after: Look) -> Iterator[Line]:
    for label in dict.fromkeys((*before.words, *after.words)):
        was, becomes = before.words.get(label, ""), after.words.get(label, NONE)
        if was != becomes and (was or label in after.words):
            yield Line(label=label, before=was, after=becomes)


def _owed(before: Look, after: Look) -> Iterator[Owed]:
    for party in Party:
        for titles, lines in ((OWERS, _less(after, before, party)), (FREED, _less(before, after, party))):
            if lines:
                yield Owed(title=titles[party], lines=tuple(lines))


def _less(some: Look, others: Look, party: Party) -> list[str]:
    return [words for words in some.owed[party] if words not in others.owed[party]]


def _visits_told(before: frozenset[int], after: frozenset[int]) -> tuple[str, ...]:
    """Return what happens to the visits that the world already sees; nothing when all stay."""
    if before == after:
        return ()
    told = []
    if cancelled := len(before - after):
        told.append(f"{_counted(cancelled, 'passage publié sera annulé', 'passages publiés seront annulés')}.")
    if added := len(after - before):
        told.append(f"{_counted(added, 'passage déjà prévu sera publié', 'passages déjà prévus seront publiés')}.")
    kept = len(before & after)
    told.append(
        f"{_counted(kept, 'passage publié reste', 'passages publiés restent')}." if kept else "Aucun passage publié ne reste."
    )
    return tuple(told)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {many if count > 1 else one}"
