"""An edit of a plan by hand, judged before it is done: is it legal, what does it cost, does a usual day change?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from escale.apps.schedule.drafts import made_up, promised_month
from escale.apps.schedule.refusals import Refusal, refusals_of
from escale.apps.schedule.wording import cost_words, place_words, sentence
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.planning.agreed import changed_days, usual_words
from escale.core.planning.check import Parts, price
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.rules.costs import balance, kilometres
from escale.core.planning.shortage import half_days


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A half-day of a post: where a visit may go. `post` is what a problem calls it."""

    date: dt.date
    half: Half
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Visits that leave a plan and visits that come into it; a make-up is one that keeps the promise of an earlier month."""

    gone: tuple[Visit, ...] = ()
    come: tuple[Visit, ...] = ()

    @property
    def entries(self) -> tuple[Visit, ...]:
        """All that it touches."""
        return (*self.gone, *self.come)

    @property
    def reversed(self) -> Edit:
        """What takes it back."""
        return Edit(gone=self.come, come=self.gone)

    def applied_to(self, plan: Plan) -> Plan:
        """Return the plan after it; what the plan does not hold cannot leave it."""
        kept = [entry for entry in plan.entries() if entry not in self.gone]
        return _plan_of([*kept, *self.come])

    @property
    def words(self) -> str:
        """The edit in a few French words, without the name of the commune."""
        if not self.come:
            return f"retrait, {place_words(self.gone[0])}"
        if not self.gone:
            return f"ajout, {place_words(self.come[0])}"
        if len(self.gone) > 1:
            return f"échange, {place_words(self.gone[0])} ↔ {place_words(self.gone[1])}"
        before, after = place_words(self.gone[0]), place_words(self.come[0])
        return f"{before}, par une autre personne" if before == after else f"{before} → {after}"


def moved(visit: Visit, to: Place) -> Edit:
    """Return the edit that moves a visit; it keeps the promise of its month, so that in a later one it is a make-up."""
    return Edit(gone=(visit,), come=(_promised(visit.commune, to, promised_month(visit)),))


def exchanged(one: Visit, other: Visit) -> Edit:
    """Return the edit by which two visits take each other's place."""
    return Edit(gone=(one, other), come=(*moved(one, _place_of(other)).come, *moved(other, _place_of(one)).come))


def taken_away(visit: Visit) -> Edit:
    """Return the edit that takes a visit out of the plan."""
    return Edit(gone=(visit,))


def added(commune: str, to: Place, month: Month) -> Edit:
    """Return the edit that adds the visit of a month; a date in a later month makes it a make-up."""
    return Edit(come=(_promised(commune, to, month),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an edit would do: why it is refused, else its cost (kilometre equivalents, and told) and the avenants it brings."""

    edit: Edit
    refusals: tuple[Refusal, ...]
    delta: float
    delta_words: str
    avenants: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether it breaks no rule."""
        return not self.refusals

    @property
    def before(self) -> tuple[Visit, ...]:
        """The visits that leave."""
        return self.edit.gone

    @property
    def after(self) -> tuple[Visit, ...]:
        """The visits that come."""
        return self.edit.come

    @property
    def words(self) -> str:
        """The answer in French."""
        if self.refusals:
            return " ".join(refusal.words for refusal in self.refusals)
        return " ".join((sentence(f"possible : {self.delta_words}"), *self.avenants))


def judge_on(problem: Problem, plan: Plan, edit: Edit, *, today: dt.date, posts: Mapping[str, str]) -> Judgement:
    """Judge an edit. Every rule is local, so that only the communes and the days that it touches are looked at.

    A fault that the plan has anyway is not held against the edit. `posts` names them for the sentences.
    """
    refusals = refusals_of(problem, plan, gone=edit.gone, come=edit.come, today=today, posts=posts)
    if refusals:
        return Judgement(edit=edit, refusals=refusals, delta=0.0, delta_words="", avenants=())
    after = edit.applied_to(plan)
    around = _Surroundings(problem, edit)
    parts_before, parts_after = around.priced(plan), around.priced(after)
    return Judgement(
        edit=edit,
        refusals=(),
        delta=round(parts_after.total(problem.weights) - parts_before.total(problem.weights), 1),
        delta_words=cost_words(parts_before, parts_after, km=around.driven(after) - around.driven(plan)),
        avenants=around.avenants(plan, after),
    )


def free_places(problem: Problem, plan: Plan, month: Month) -> list[Place]:
    """Return the half-days of posts in a month that no visit takes."""
    taken = {(entry.date, entry.half, entry.mediator) for entry in plan.entries()}
    offered = half_days(month, problem.windows, problem.holidays, problem.mediators)
    return [
        Place(date=day, half=half, post=post)
        for (day, half), present in offered.items()
        for post in present
        if (day, half, post) not in taken
    ]


def holder_of(plan: Plan, place: Place) -> Visit | None:
    """Return the visit that has a place, or None when it is free."""
    return next((entry for entry in plan.entries() if _place_of(entry) == place), None)


class _Surroundings:
    """The part of a problem that an edit touches: the visits of its communes, and all those of the days concerned.

    What it leaves out costs as much before as after.
    """

    def __init__(self, problem: Problem, edit: Edit) -> None:
        self._problem = problem
        self._codes = {entry.commune for entry in edit.entries}
        self._days = {(entry.mediator, entry.date) for entry in edit.entries}

    def priced(self, plan: Plan) -> Parts:
        """Return the parts of the cost of the surroundings; the balance is that of the whole plan."""
        near = self._near(plan)
        return replace(price(self._smaller(near), near), balance=balance(self._problem, plan))

    def driven(self, plan: Plan) -> float:
        """Return the kilometres of the surroundings, those of make-ups among them: they are driven too."""
        near = self._near(plan)
        driven = (Visit(date=e.date, half=e.half, commune=e.commune, mediator=e.mediator) for e in near.entries())
        return kilometres(self._smaller(near), Plan(visits=tuple(driven)))

    def avenants(self, before: Plan, after: Plan) -> tuple[str, ...]:
        """Return a sentence for each commune that leaves its agreed day, or comes back to it."""
        old = {day.commune: day for day in changed_days(self._problem, self._near(before)) if day.commune in self._codes}
        new = {day.commune: day for day in changed_days(self._problem, self._near(after)) if day.commune in self._codes}
        left = [
            f"{day.name} quitte son jour convenu ({usual_words(day.agreed.nth, day.agreed.window)}) : un avenant sera nécessaire."
            for code, day in new.items()
            if code not in old
        ]
        back = [f"{day.name} retrouve son jour convenu : plus besoin d’avenant." for code, day in old.items() if code not in new]
        return (*left, *back)

    def _near(self, plan: Plan) -> Plan:
        return _plan_of(e for e in plan.entries() if e.commune in self._codes or (e.mediator, e.date) in self._days)

    def _smaller(self, near: Plan) -> Problem:
        """Return the problem of the communes that are near."""
        codes = self._codes | {entry.commune for entry in near.entries()}
        kept = [n for n, commune in enumerate(self._problem.communes) if commune.code in codes]
        return replace(
            self._problem,
            communes=tuple(self._problem.communes[n] for n in kept),
            base_hm=tuple(self._problem.base_hm[n] for n in kept),
            between_hm=tuple(tuple(self._problem.between_hm[n][m] for m in kept) for n in kept),
        )


def _promised(commune: str, to: Place, month: Month) -> Visit:
    visit = Visit(date=to.date, half=to.half, commune=commune, mediator=to.post)
    return visit if visit.month == month else made_up(visit, month)


def _place_of(visit: Visit) -> Place:
    return Place(date=visit.date, half=visit.half, post=visit.mediator)


def _plan_of(entries: Iterable[Visit]) -> Plan:
    visits, make_ups = list[Visit](), list[MakeUp]()
    for entry in entries:
        if isinstance(entry, MakeUp):
            make_ups.append(entry)
        else:
            visits.append(entry)
    return Plan(visits=tuple(visits), make_ups=tuple(make_ups))
