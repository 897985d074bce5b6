"""What falls due, day by day, for conventions and for the EPCI that runs them: one list for pages, feeds and reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from django.db.models import QuerySet, prefetch_related_objects

from escale.apps.conventions.models import AUTHORISING, Authorisation, Convention, Outcome, Party, Termination
from escale.apps.conventions.queries import RECORDED, course_of, cure_ends_on, recorded, recourse_until, state_of
from escale.apps.obligations.acts import Delays
from escale.apps.obligations.cases import Case, cases_of
from escale.apps.obligations.evaluated import evaluation_anchor
from escale.apps.obligations.facts import Facts, facts_of
from escale.apps.obligations.hanging import dispute_state_on, is_open
from escale.apps.obligations.next_acts import NEEDED, delays_by_epci
from escale.apps.obligations.spans import holds, last_day_of
from escale.core.calendar.french import date_words
from escale.core.convention.cycles.dispute import DisputeState, amicable_reminder
from escale.core.convention.evaluations import dues, span_of
from escale.core.convention.life import RUNNING, Situation, State
from escale.core.convention.periods import Period

ON_THE_WAY = (State.IN_DELIBERATION, State.TO_SIGN, State.SIGNED)


class DeadlineKind(StrEnum):
    """What falls due."""

    TERM = "term"
    RENEWAL = "renewal"
    DENOUNCE = "denounce"
    POST = "post"
    CURE = "cure"
    EVALUATION = "evaluation"
    ACT = "act"
    COUNCIL = "council"
    LETTER = "letter"
    RECOURSE = "recourse"
    AMICABLE = "amicable"
    INSURANCE = "insurance"
    REFERENT = "referent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One day: of one convention, or of the EPCI without one; owed by a party, by both or by nobody (None)."""

    day: dt.date
    convention: Convention | None
    kind: DeadlineKind
    words: str
    owed_by: Party | None = None

    @property
    def address_name(self) -> str:
        """The name of the address where it is settled; that of a convention takes its key."""
        return "steering:insurance" if self.convention is None else "steering:convention"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the deadlines of one convention are made of."""

    convention: Convention
    situation: Situation
    case: Case
    facts: Facts
    delays: Delays
    on: dt.date
    until: dt.date


def deadlines_of(conventions: Iterable[Convention], on: dt.date, until: dt.date) -> list[Deadline]:
    """Return what falls due from one day to another, both included, in the order of the days; constant queries."""
    rows = _whole(conventions)
    cases = cases_of(rows, on)
    facts, delays = facts_of(cases, on), delays_by_epci()
    found: list[Deadline] = []
    for convention, case in zip(rows, cases, strict=True):
        read = _Read(
            convention=convention,
            situation=state_of(convention, on),
            case=case,
            facts=facts,
            delays=delays(convention.epci_id),
            on=on,
            until=until,
        )
        found += [line for kind in KINDS for line in kind(read) if on <= line.day <= until]
    found += [line for line in _insurances(rows, facts) if on <= line.day <= until]
    return sorted(found, key=lambda line: (line.day, line.kind))


def _whole(conventions: Iterable[Convention]) -> list[Convention]:
    if isinstance(conventions, QuerySet):
        return list(recorded(conventions).prefetch_related(*NEEDED))
    rows = list(conventions)
    prefetch_related_objects(rows, *RECORDED, *NEEDED)
    return rows


def _periods(read: _Read) -> Iterator[Deadline]:
    """Yield the terms, and until when each may be denounced (art. 5-1)."""
    running, last = read.situation.period, _certain_end(read)
    if running is not None and last is None:
        for period in takewhile(lambda one: one.start <= read.until, _from(read, running)):
            yield from _of_period(read, period)
    elif last is not None and read.situation.state in RUNNING:
        yield _line(read, last, DeadlineKind.TERM, "dernier jour de la convention")


def _certain_end(read: _Read) -> dt.date | None:
    """Return the last day of a convention where it is certain on the day that is asked about, but for the last renewal."""
    termination: Termination | None = getattr(read.convention, "termination", None)
    if termination is not None and termination.decided_on <= read.on:
        return termination.last_day
    return read.situation.ends_on


def _from(read: _Read, running: Period) -> Iterator[Period]:
    course = course_of(read.convention, read.on)
    number = running.number
    while course is not None and (course.last_number is None or number <= course.last_number):
        yield course.period(number)
        number += 1


def _of_period(read: _Read, period: Period) -> Iterator[Deadline]:
    if period.number == read.case.terms.max_renewals:
        yield _line(read, period.end, DeadlineKind.TERM, "dernier jour : le texte ne permet plus de reconduction")
        return
    yield _line(read, period.end, DeadlineKind.RENEWAL, "terme : sans dénonciation, reconduction tacite le lendemain (art. 5-1)")
    if not period.is_closed_from_start:
        told = f"dernier jour pour notifier une dénonciation au {date_words(period.end)} (art. 5-1)"
        yield _line(read, period.last_day_to_denounce, DeadlineKind.DENOUNCE, told)
        told = f"dernier jour prudent pour poster une dénonciation au {date_words(period.end)}"
        yield _line(read, period.post_by, DeadlineKind.POST, told)


def _texts(read: _Read) -> Iterator[Deadline]:
    """Yield until when a text on its way may still take effect, and the councils that are dated."""
    if read.situation.state in ON_THE_WAY:
        told = "dernier jour pour notifier ce texte : son terme (art. 5-1)"
        yield _line(read, read.case.terms.initial_term_end, DeadlineKind.ACT, told, Party.EPCI)
    if read.situation.state not in (*ON_THE_WAY, *RUNNING):
        return
    for one in read.convention.authorisations.all():
        act = one.act
        if act.outcome == Outcome.ADOPTED or act.next_council_on is None or act.held_on > read.on:
            continue
        if any(later.act.held_on >= act.next_council_on for later in _same(read.convention, one.avenant_id, one.party)):
            continue
        told = "séance où le texte revient devant " + ("le conseil municipal" if one.party == Party.COMMUNE else "le Bureau")
        yield _line(read, act.next_council_on, DeadlineKind.COUNCIL, told, Party(one.party))


def _same(convention: Convention, avenant: int | None, party: str) -> Iterator[Authorisation]:
    kinds = AUTHORISING[Party(party)]
    return (
        one
        for one in convention.authorisations.all()
        if one.avenant_id == avenant and one.party == party and one.act.kind in kinds
    )


def _letters(read: _Read) -> Iterator[Deadline]:
    """Yield until when the post keeps a letter that is under way."""
    for letter in read.convention.notifications.all():
        if letter.is_under_way and letter.sent <= read.on:
            day = (letter.presented or letter.sent) + dt.timedelta(days=read.delays.postal_days)
            told = f"fin de l’attente au bureau de poste de la lettre envoyée le {date_words(letter.sent)}"
            yield _line(read, day, DeadlineKind.LETTER, told, Party(letter.sender))


def _notices(read: _Read) -> Iterator[Deadline]:
    """Yield the last day to put things right (art. 5-2)."""
    for notice in read.convention.mises_en_demeure.all():
        if is_open(notice, read.convention, read.on) and (last := cure_ends_on(notice, read.convention)):
            told = "dernier jour pour répondre à la mise en demeure (art. 5-2)"
            yield _line(read, last, DeadlineKind.CURE, told, Party(notice.author).other)


def _recourses(read: _Read) -> Iterator[Deadline]:
    """Yield the last day to contest a termination."""
    until = recourse_until(read.convention)
    if until is not None:
        yield _line(read, until, DeadlineKind.RECOURSE, "dernier jour pour contester la résiliation devant le tribunal")


def _disputes(read: _Read) -> Iterator[Deadline]:
    """Yield the day on which to ask where an amicable way stands (art. 9)."""
    for litige in read.convention.litiges.all():
        if litige.opened_on <= read.on and dispute_state_on(litige, read.on) in (DisputeState.OPEN, DisputeState.AMICABLE):
            day = amicable_reminder(litige.opened_on, days=read.delays.amicable_days)
            yield _line(read, day, DeadlineKind.AMICABLE, "faire le point sur la recherche amiable (art. 9)")


def _evaluations(read: _Read) -> Iterator[Deadline]:
    """Yield the evaluations that are still to be validated (art. 6)."""
    if read.case.effect is None or read.situation.state not in RUNNING:
        return
    until = min(read.until, read.case.ends_on or read.until)
    anchor = evaluation_anchor(read.case, read.facts, read.case.effect)
    done = read.facts.accounted.evaluated.get(read.case.commune, {})
    for due in takewhile(lambda one: one.day <= until, dues(read.case.terms.evaluation_schedule_months, anchor)):
        if span_of(due.rank, read.case.effect) in done:
            continue
        yield _line(read, due.day, DeadlineKind.EVALUATION, "évaluation du service (art. 6)", Party.EPCI)


def _referents(read: _Read) -> Iterator[Deadline]:
    """Yield the last day of a référent whom nobody follows (art. 3-1)."""
    if read.situation.state not in RUNNING:
        return
    spans = read.facts.referents.get(read.case.commune, ())
    if any(holds(span, read.on) for span in spans) and (last := last_day_of(spans, read.on)):
        told = "dernier jour du référent ; personne n’est nommé ensuite (art. 3-1)"
        yield _line(read, last, DeadlineKind.REFERENT, told, Party.COMMUNE)


KINDS: tuple[Callable[[_Read], Iterator[Deadline]], ...] = (
    _periods,
    _texts,
    _letters,
    _notices,
    _recourses,
    _disputes,
    _evaluations,
    _referents,
)


def _insurances(rows: Iterable[Convention], facts: Facts) -> Iterator[Deadline]:
    """Yield the last day insured of each EPCI (art. 3-2)."""
    for epci in {convention.epci_id for convention in rows}:
        spans = facts.insured.get(epci, ())
        if any(holds(span, facts.on) for span in spans) and (last := last_day_of(spans, facts.on)):
            told = "dernier jour de l’assurance du service (art. 3-2)"
            yield Deadline(day=last, convention=None, kind=DeadlineKind.INSURANCE, words=told, owed_by=Party.EPCI)


def _line(read: _Read, day: dt.date, kind: DeadlineKind, words: str, owed_by: Party | None = None) -> Deadline:
    return Deadline(day=day, convention=read.convention, kind=kind, words=words, owed_by=owed_by)
