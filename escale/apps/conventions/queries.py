"""Where conventions stand on a day: computed from what is recorded of each, never stored, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from escale.apps.conventions.habits import habits_of
from escale.apps.conventions.many import Concluded, concluding, in_order, states_at_once
from escale.apps.conventions.models import (
    ANNEX,
    AUTHORISING,
    ActKind,
    Authorisation,
    Avenant,
    Convention,
    Denonciation,
    Ground,
    MiseEnDemeure,
    Outcome,
    Party,
)
from escale.apps.conventions.terms import read_terms
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.dates import ONE_DAY, last_day_of_recourse, last_day_to_cure
from escale.core.convention.denunciation import Qualified, qualify
from escale.core.convention.life import Event, Situation, Trigger, situation_on
from escale.core.convention.periods import Course
from escale.core.convention.terms import DEFAULTS, CureStart, DateRule, Terms

RECORDED = (
    # Joined: asked for one by one, a thousand acts are more than SQLite lets a condition hold.
    Prefetch("authorisations", queryset=Authorisation.objects.select_related("act")),
    Prefetch("denonciations", queryset=Denonciation.objects.select_related("notification")),
    "signatures",
    "avenants__clauses",
    "epci__settings",
)
"""What the state of a convention follows from, beside its own row and its termination."""

TERMINATIONS = {
    Ground.BREACH: Trigger.BREACHED,
    Ground.AGREEMENT: Trigger.AGREED_TO_END,
    Ground.GENERAL_INTEREST: Trigger.GENERAL_INTEREST,
    Ground.ANNULMENT: Trigger.ANNULLED,
}

DENOUNCING = (Trigger.DENOUNCED, Trigger.WITHDRAWN)


def recorded(conventions: QuerySet[Convention]) -> QuerySet[Convention]:
    """Return conventions with all that their state follows from, whatever their number in the same few queries."""
    return conventions.select_related("epci", "commune", "termination").prefetch_related(*RECORDED)


def states_of(conventions: QuerySet[Convention], on: dt.date) -> dict[int, Situation]:
    """Return where each convention stands on a day, by its key; a country is read at once."""
    return states_at_once(conventions, on, one_by_one=states_one_by_one)


def states_one_by_one(conventions: QuerySet[Convention], on: dt.date) -> dict[int, Situation]:
    """Return the same from all that is recorded of each."""
    rows = recorded(conventions).select_related(None).select_related("epci", "termination").defer("text", "values")
    return {convention.pk: state_of(convention, on) for convention in rows}


def state_of(convention: Convention, on: dt.date) -> Situation:
    """Return where a convention stands on a day."""
    safety_days, area = habits_of(convention.epci)
    return situation_on(terms_on(convention, on), events_of(convention), on, safety_days=safety_days, area=area)


def terms_on(convention: Convention, on: dt.date) -> Terms:
    """Return the parameters of the text on a day: those that were voted, and what the avenants in force have made of them."""
    written = dict(convention.terms)
    for avenant in avenants_in_force(convention, on):
        written |= {clause.name: clause.new for clause in avenant.clauses.all() if clause.name in DEFAULTS}
    return read_terms(written)


def avenants_in_force(convention: Convention, on: dt.date) -> list[Avenant]:
    """Return the avenants that have taken effect on a day, in the order of their effect."""
    begun = [avenant for avenant in convention.avenants.all() if avenant.effect_on is not None and avenant.effect_on <= on]
    return sorted(begun, key=lambda avenant: (avenant.effect_on or on, avenant.number))


def annex_on(convention: Convention, on: dt.date) -> dict[str, Any] | None:
    """Return the usual day that is annexed on a day, as it is kept: that of the convention, or of the last avenant of it."""
    clauses = [clause for avenant in avenants_in_force(convention, on) for clause in avenant.clauses.all()]
    changed = [clause.new for clause in clauses if clause.name == ANNEX]
    return changed[-1] if changed else convention.annex


def avenant_state(avenant: Avenant, convention: Convention, on: dt.date) -> AvenantState:
    """Return where an avenant stands on a day."""
    if avenant.abandoned_on and avenant.abandoned_on <= on:
        return AvenantState.ABANDONED
    if avenant.frozen_on is None or on < avenant.frozen_on:
        return AvenantState.DRAFT
    if avenant.effect_on and avenant.effect_on <= on:
        return AvenantState.REPLACED if _is_replaced(avenant, convention, on) else AvenantState.IN_FORCE
    signed = [one for one in convention.signatures.all() if one.avenant_id == avenant.pk and one.signed_on <= on]
    if len(signed) == len(Party):
        return AvenantState.SIGNED
    executory = [executory_on(convention, party, avenant) for party in Party]
    is_authorised = all(day is not None and day <= on for day in executory)
    return AvenantState.TO_SIGN if is_authorised else AvenantState.IN_DELIBERATION


def recourse_until(convention: Convention) -> dt.date | None:
    """Return the last day to contest the termination of a convention before the court; None when nobody was told of one."""
    termination = getattr(convention, "termination", None)
    letter = termination and termination.notification
    informed = letter and (letter.delivered or letter.presented)
    return last_day_of_recourse(informed, habits_of(convention.epci)[1]) if informed else None


def course_of(convention: Convention, on: dt.date) -> Course | None:
    """Return the periods of a convention, as its terms have them on a day; None before it is notified."""
    if convention.notified_on is None:
        return None
    safety_days, area = habits_of(convention.epci)
    return Course(terms=terms_on(convention, on), effect=convention.notified_on, safety_days=safety_days, area=area)


def qualified(denonciation: Denonciation, convention: Convention) -> Qualified | None:
    """Judge a denunciation; None while its letter is under way. Raise RefusedError when there was nothing to denounce."""
    notification = denonciation.notification
    course = course_of(convention, notification.sent)
    if notification.is_under_way or course is None:
        return None
    return qualify(course, notification.letter, term=denonciation.aims_at, states_fallback=denonciation.states_fallback)


def notified_on(denonciation: Denonciation, convention: Convention) -> dt.date | None:
    """Return the day on which a denunciation reached the other party, by the rule of the terms."""
    rule = terms_on(convention, denonciation.notification.sent).denunciation_date_rule
    return denonciation.notification.letter.notified_on(rule)


def executory_on(convention: Convention, party: Party, avenant: Avenant | None = None) -> dt.date | None:
    """Return the day from which a party may sign: an act of its own is executory, on the very text that was frozen."""
    days = [one.act.executory_on for one in authorisations_of(convention, party, avenant)]
    return min((day for day in days if day is not None), default=None)


def authorisations_of(convention: Convention, party: Party, avenant: Avenant | None = None) -> list[Authorisation]:
    """Return what a party decided on a text as it was frozen; for an avenant also what said to hold for avenants to come."""
    return [
        one
        for one in convention.authorisations.all()
        if one.party == party and one.act.kind in AUTHORISING[party] and _is_about(one, convention, avenant)
    ]


def lacks_delegation(convention: Convention, avenant: Avenant | None = None) -> bool:
    """Tell whether all that authorises the EPCI is an act of the Bureau without its delegation (L. 5211-10 CGCT)."""
    adopted = [one.act for one in authorisations_of(convention, Party.EPCI, avenant) if one.act.outcome == Outcome.ADOPTED]
    return bool(adopted) and all(act.kind == ActKind.BUREAU and act.delegation_id is None for act in adopted)


def certain_end(convention: Convention) -> tuple[dt.date, Ground] | None:
    """Return the last day of a convention and why, once that is certain; None while it goes on by itself."""
    if convention.notified_on is None:
        return None
    termination = getattr(convention, "termination", None)
    if termination is not None:
        return termination.last_day, Ground(termination.ground)
    last = list(_denunciations(convention))[-1:]
    if last and last[0].ends_on is not None:
        return last[0].ends_on, Ground.DENUNCIATION
    # What an avenant to come will change is certain too.
    course = course_of(convention, dt.date.max)
    if course is None or course.last_number is None:
        return None
    return course.end_of(course.last_number), Ground.LAST_RENEWAL


CURE_RULES = {
    CureStart.SENDING: DateRule.SENDING,
    CureStart.FIRST_PRESENTATION: DateRule.FIRST_PRESENTATION,
    CureStart.RECEIPT: DateRule.ADMIN_RULE,
}
"""Which date of the letter the month of a mise en demeure runs from; one that is never claimed counts from its presentation."""


def cure_ends_on(notice: MiseEnDemeure, convention: Convention) -> dt.date | None:
    """Return the last day to put things right (art. 5-2); None while the letter is under way, or when it reached nobody."""
    if notice.notification.is_under_way:
        return None
    terms = terms_on(convention, notice.notification.sent)
    start = notice.notification.letter.notified_on(CURE_RULES[terms.cure_start])
    return None if start is None else last_day_to_cure(terms, start, habits_of(convention.epci)[1])


def events_of(convention: Convention) -> tuple[Event, ...]:
    """Return the recorded steps of a convention in their order; none counts before the one that it needs."""
    found = in_order(_steps(convention))
    if convention.abandoned_on:
        found.append(Event(on=convention.abandoned_on, trigger=Trigger.ABANDONED))
    termination = getattr(convention, "termination", None)
    if termination is not None:
        # A denunciation that arrives once all is over changes nothing.
        found = [event for event in found if event.trigger not in DENOUNCING or event.on <= termination.last_day]
        found.append(Event(on=termination.last_day + ONE_DAY, trigger=TERMINATIONS[Ground(termination.ground)]))
    if convention.archived_on:
        found.append(Event(on=convention.archived_on, trigger=Trigger.ARCHIVED))
    return tuple(found)


def _steps(convention: Convention) -> Iterator[Event]:
    signed = [one for one in convention.signatures.all() if one.avenant_id is None]
    executory = {party: day for party in Party if (day := executory_on(convention, party)) is not None}
    found = Concluded(
        executory=executory,
        signed=tuple(one.signed_on for one in signed),
        is_overridden=any(one.override for one in signed),
    )
    steps = list(concluding(convention.frozen_on, found, convention.notified_on))
    yield from steps
    if steps and steps[-1].trigger is Trigger.NOTIFIED:
        yield from _denunciations(convention)


def _denunciations(convention: Convention) -> Iterator[Event]:
    """Yield the denunciations that have effect, and their withdrawals.

    One that comes while another stands changes nothing, until that other one is taken back.
    """
    judged = [(denonciation, qualified(denonciation, convention)) for denonciation in convention.denonciations.all()]
    certain = [
        (one, found, day) for one, found in judged if found and found.is_end_certain and (day := notified_on(one, convention))
    ]
    free_from = dt.date.min
    for denonciation, found, on in sorted(certain, key=lambda line: line[2]):
        until = denonciation.withdrawn_on or dt.date.max
        begins = max(on, free_from)
        if until <= free_from:
            continue
        yield Event(on=begins, trigger=Trigger.DENOUNCED, ends_on=found.ends_on)
        if denonciation.withdrawn_on is None:
            return
        yield Event(on=until, trigger=Trigger.WITHDRAWN)
        free_from = until


def _is_about(one: Authorisation, convention: Convention, avenant: Avenant | None) -> bool:
    if avenant is not None and one.avenant_id == avenant.pk:
        return one.text_sha256 == avenant.text_sha256
    is_of_the_convention = one.avenant_id is None and one.text_sha256 == convention.text_sha256
    return is_of_the_convention and (avenant is None or one.covers_avenants)


def _is_replaced(avenant: Avenant, convention: Convention, on: dt.date) -> bool:
    """Tell whether avenants that took effect later have changed again all that this one changed."""
    in_force = avenants_in_force(convention, on)
    later = in_force[in_force.index(avenant) + 1 :]
    changed = {(clause.article, clause.name) for other in later for clause in other.clauses.all()}
    return changed.issuperset((clause.article, clause.name) for clause in avenant.clauses.all())
