"""The pages of one convention: where it stands and what comes next, and what its parties owe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.committee.queries import proposals_by_avenant
from escale.apps.communication.queries import action_lines, coordination_lines
from escale.apps.conventions.labels import PARTIES
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import course_of, state_of
from escale.apps.conventions.standing import standing_sentence
from escale.apps.conventions.succession import successor_of
from escale.apps.evaluation.progress import evaluations_of
from escale.apps.obligations.deadlines import DeadlineKind, deadlines_of
from escale.apps.obligations.evidence import communication_of, coordination_of, evidence_of
from escale.apps.obligations.next_acts import next_act
from escale.apps.obligations.queries import kept_on
from escale.apps.territory import clock
from escale.apps.visits.labels import POINT_ANSWERS, POINT_KINDS
from escale.core.calendar.french import date_words
from escale.core.convention.life import STATE_WORDS, Situation, State
from escale.core.convention.parties import Party
from escale.core.visits.life import PointAnswer, PointKind
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.as_of import as_of
from escale.web.steering.conventions.duties import PartyDuties, duties_of
from escale.web.steering.conventions.life import life_of
from escale.web.steering.conventions.line import Moment
from escale.web.steering.conventions.matters import matters_of
from escale.web.steering.conventions.parts import clauses_of, notes_of, originals_of, parties_today, text_of
from escale.web.steering.conventions.picture import picture_of
from escale.web.steering.conventions.reading import one_of
from escale.web.steering.conventions.rows import STATE_TONES
from escale.web.steering.conventions.steps.registry import steps_of

AHEAD = dt.timedelta(days=366)
"""How far the line of a convention that has no period looks."""

BEFORE_SIGNATURE = frozenset({State.DRAFT, State.IN_DELIBERATION, State.TO_SIGN, State.ABANDONED})
"""Where a convention has no original yet, or never will."""

PUBLIC_KINDS = frozenset(
    {DeadlineKind.TERM, DeadlineKind.RENEWAL, DeadlineKind.DENOUNCE, DeadlineKind.POST, DeadlineKind.EVALUATION}
)
"""The deadlines that follow from the text alone."""


@require_safe
@enter(Journey.STEERING)
def show_convention(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show where a convention stands, what comes next and the whole of its life."""
    today = clock.today(visitor.epci)
    convention = one_of(visitor, pk)
    situation = state_of(convention, today)
    is_whole = visitor.manages_conventions
    coming = _coming(convention, situation, today, is_whole=is_whole)
    stops = life_of(convention, today, coming=coming, is_whole=is_whole)
    seen = {
        "visitor": visitor,
        "convention": convention,
        "heir": successor_of(convention, today),
        "state": STATE_WORDS[situation.state],
        "tone": STATE_TONES.get(situation.state, ""),
        "standing": standing_sentence(convention, situation, today),
        "stops": stops,
        "picture": picture_of(convention, stops, today),
        "parties": parties_today(visitor, convention, today),
        "model": (model := text_of(convention)),
        "clauses": clauses_of(convention, model, today),
        "notes": notes_of(model),
        "is_signed": False,
        "originals": (),
    }
    if is_whole:
        seen |= _led(visitor, convention, situation, today)
    return render(request, "steering/conventions/page.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_obligations(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show each obligation of both parties, and how it is kept today, or on the day that is asked for."""
    convention = one_of(visitor, pk)
    require(visitor.user, "obligations.see", convention)
    form, day = as_of(request, clock.today(visitor.epci))
    seen = {
        "visitor": visitor,
        "convention": convention,
        "form": form,
        "today": day,
        "duties": _duties(convention, day),
        "evidence": [
            (one.point, POINT_KINDS[PointKind(one.point.kind)], POINT_ANSWERS[PointAnswer(one.point.answer)], one.obligation)
            for one in evidence_of(convention)
        ],
        "communication": action_lines(communication_of(convention).filter(day__lte=day)),
        "coordination": coordination_lines(coordination_of(convention).filter(day__lte=day)),
    }
    return render(request, "steering/conventions/obligations.html", seen)


def _led(visitor: Visitor, convention: Convention, situation: Situation, today: dt.date) -> dict[str, object]:
    """Return what is shown to those who lead conventions: what comes next, what hangs over it, how it is kept, its originals."""
    origins = proposals_by_avenant(convention)
    act = next_act(convention, situation, today)
    steps = steps_of(convention, situation, visitor)
    main = next((step for step in steps if step.name == act.step), None)
    return {
        "act_words": act.words,
        "is_calm": act.is_calm,
        # The day is told once: most words name it.
        "act_by": act.by if act.by and date_words(act.by) not in act.words else None,
        "owed_by": PARTIES[act.owed_by] if act.owed_by else "",
        "main_step": main,
        "steps": [step for step in steps if step is not main],
        "matters": [(matter, origins.get(matter.number, ())) for matter in matters_of(convention, situation.state, today)],
        "duties": _duties(convention, today),
        "evaluations": evaluations_of(visitor.user, convention),
        "originals": originals_of(convention),
        "is_signed": situation.state not in BEFORE_SIGNATURE,
        "waiting": sum(paper.waits for paper in convention.papers.all()),
    }


def _coming(convention: Convention, situation: Situation, today: dt.date, *, is_whole: bool) -> Iterator[Moment]:
    course, until = course_of(convention, today), today + AHEAD
    if course is not None and situation.period is not None:
        until = course.end_of(situation.period.number + 1)
    for deadline in deadlines_of([convention], today, until):
        if deadline.convention is not None and (is_whole or deadline.kind in PUBLIC_KINDS):
            yield deadline.day, deadline.words


def _duties(convention: Convention, today: dt.date) -> list[PartyDuties]:
    names = {Party.EPCI: str(convention.epci), Party.COMMUNE: str(convention.commune)}
    return duties_of(kept_on([convention], today)[convention.pk], names)
