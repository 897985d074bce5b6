"""Compare two plans: whose usual day differs, which visits, and what each of them costs, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from escale.apps.schedule.queries import gap_words
from escale.apps.schedule.wording import kilometres_told, place_words
from escale.core.calendar.months import Month
from escale.core.planning.agreed import usual_words
from escale.core.planning.check import Parts, price
from escale.core.planning.explaining.usual import UsualDay, usual_day
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A plan, the problem that it answers, and the bound that was proved for it, if any."""

    problem: Problem
    plan: Plan
    lower_bound: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualChange:
    """A commune whose usual day is not the same; `avenant` when only the first plan keeps the agreed day."""

    name: str
    one: str
    other: str
    avenant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChange:
    """A commune and a month whose visits are not the same, in words; empty where a plan has none."""

    name: str
    month: Month
    one: str
    other: str
    only_post: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure of both plans; `best` is the side that does better, 0 when they are as good."""

    label: str
    one: str
    other: str
    best: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two plans in the months that both plan."""

    months: tuple[Month, ...]
    usual: tuple[UsualChange, ...]
    moved: tuple[MonthChange, ...]
    lines: tuple[Line, ...]

    @property
    def same(self) -> bool:
        """Whether both plans have the same visits."""
        return not self.usual and not self.moved


def compare(one: Compared, other: Compared) -> Comparison:
    """Compare two plans in the months that both plan; nothing to tell when there is none."""
    months = tuple(month for month in one.problem.months if month in other.problem.months)
    if not months:
        return Comparison(months=(), usual=(), moved=(), lines=())
    whole = one.problem.months == other.problem.months
    first, second = _cut(one, months), _cut(other, months)
    return Comparison(
        months=months,
        usual=tuple(_usual_changes(first, second)),
        moved=tuple(_month_changes(first, second)),
        lines=(*_lines(first, second), *(_gap(one, other) if whole else ())),
    )


def _cut(side: Compared, months: tuple[Month, ...]) -> Compared:
    plan = Plan(
        visits=tuple(visit for visit in side.plan.visits if visit.month in months),
        make_ups=tuple(visit for visit in side.plan.make_ups if visit.month in months),
    )
    communes = tuple(
        replace(commune, before=tuple(day for day in commune.before if day < months[0].first))
        for commune in side.problem.communes
    )
    return replace(side, problem=replace(side.problem, months=months, communes=communes), plan=plan)


def _names(one: Compared, other: Compared) -> dict[str, str]:
    """Return the communes of both, by code, in their order."""
    return {commune.code: commune.name for side in (one, other) for commune in side.problem.communes}


def _usual_changes(one: Compared, other: Compared) -> Iterable[UsualChange]:
    agreed = {c.code: (c.annex.nth, c.annex.window) for side in (one, other) for c in side.problem.communes if c.annex}
    for code, name in _names(one, other).items():
        days = usual_day(one.plan, code), usual_day(other.plan, code)
        before, after = (day and (day.nth, day.window) for day in days)
        if before != after:
            kept = agreed.get(code)
            yield UsualChange(
                name=name, one=_told(days[0]), other=_told(days[1]), avenant=kept is not None and before == kept and after != kept
            )


def _told(day: UsualDay | None) -> str:
    return "aucun passage" if day is None else usual_words(day.nth, day.window)


def _month_changes(one: Compared, other: Compared) -> Iterable[MonthChange]:
    held = _by_month(one.plan), _by_month(other.plan)
    for code, name in _names(one, other).items():
        for month in one.problem.months:
            before, after = (side.get((code, month), ()) for side in held)
            if before != after:
                words = _words(before), _words(after)
                yield MonthChange(name=name, month=month, one=words[0], other=words[1], only_post=words[0] == words[1])


def _by_month(plan: Plan) -> dict[tuple[str, Month], tuple[Visit, ...]]:
    found: dict[tuple[str, Month], tuple[Visit, ...]] = {}
    for entry in plan.entries():
        key = entry.commune, entry.month
        found[key] = (*found.get(key, ()), entry)
    return found


def _words(visits: Iterable[Visit]) -> str:
    return " ; ".join(place_words(visit) for visit in visits)


def _lines(one: Compared, other: Compared) -> Iterable[Line]:
    parts = price(one.problem, one.plan), price(other.problem, other.plan)
    due = one.problem.visits_due, other.problem.visits_due
    served = tuple(
        f"{owed - part.unserved} demi-journées sur {owed} dues (art.\u00a04)" for owed, part in zip(due, parts, strict=True)
    )
    visits = len(one.plan.visits), len(other.plan.visits)
    usual = tuple(f"{count - part.irregular} sur {count}" for count, part in zip(visits, parts, strict=True))
    yield _line("Passages tenus", served, [part.unserved for part in parts])
    yield _line("Au jour habituel", usual, [part.irregular for part in parts])
    yield _line("Route", [kilometres_told(part.km) for part in parts], [round(part.km) for part in parts])
    for label, name in _COUNTS:
        counts = [getattr(part, name) for part in parts]
        yield _line(label, [str(count) for count in counts], counts)


_COUNTS = (
    ("Passages par un autre médiateur", "switch"),
    ("Intervalles trop courts ou trop longs", "spacing"),
    ("Souhaits de jour non suivis", "preference"),
    ("Communes hors de leur jour convenu", "annex"),
    ("Passages d’écart entre médiateurs", "balance"),
)
"""Figures that are better when they are smaller."""


def _gap(one: Compared, other: Compared) -> Iterable[Line]:
    """Return what could still be won on each plan, where a search has proved it."""
    words = []
    for side in (one, other):
        parts: Parts = price(side.problem, side.plan)
        bound = side.lower_bound
        words.append("" if bound is None else gap_words(parts.total(side.problem.weights), bound))
    if any(words):
        yield Line(label="Démontré", one=words[0] or "rien", other=words[1] or "rien", best=0)


def _line(label: str, words: Iterable[str], counts: Iterable[float]) -> Line:
    one, other = words
    first, second = counts
    return Line(label=label, one=one, other=other, best=0 if first == second else 1 if first < second else 2)
