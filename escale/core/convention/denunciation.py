"""Is a denunciation in time (art. 5-1)? Four rules give the letter four dates; the answer says how sure one may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.french import date_words
from escale.core.convention.letters import Letter, form_fault
from escale.core.convention.periods import Course, Period
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import CarryOver, DateRule


class Certainty(StrEnum):
    """How sure one may be that a denunciation is in time, or is not."""

    CERTAIN_IN_TIME = "CERTAIN_IN_TIME"
    CERTAIN_LATE = "CERTAIN_LATE"
    CONTESTABLE = "CONTESTABLE"
    VOID_FORM = "SANS_EFFET_FORME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What one rule makes of a letter."""

    rule: DateRule
    notified_on: dt.date | None
    in_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualified:
    """A denunciation, judged: the period aimed at, each rule, how sure it is, and what follows by `rule`, that of the terms.

    `effective` says whether the convention ends with the period aimed at; `carried_to` is the later period that a late one ends,
    by its fallback sentence. `ends_on` is the last day of the period that is then certain: the end of the convention when
    one of both holds, else the end of the renewal that nobody can prevent any more by this letter.
    """

    aimed: Period
    rules: Mapping[DateRule, Judged]
    rule: DateRule
    certainty: Certainty
    effective: bool
    carried_to: Period | None
    ends_on: dt.date
    form_fault: str = ""

    @property
    def is_end_certain(self) -> bool:
        """Whether the convention ends on `ends_on` by this denunciation, rather than going on after it."""
        return self.effective or self.carried_to is not None


def aimed_period(course: Course, letter: Letter, term: dt.date | None = None) -> Period:
    """Return the period that a letter aims to end: that which runs when it is sent, or the one that ends on `term`.

    Raise RefusedError when no period runs then, or none ends on that day.
    """
    running = course.period_on(letter.sent)
    if running is None:
        raise RefusedError(
            "E_NOT_IN_FORCE",
            f"la convention n’est pas en vigueur le {date_words(letter.sent)}, jour de l’envoi : il n’y a rien à dénoncer",
            place="sent",
        )
    if term is None:
        return running
    aimed = course.ending_on(term)
    if aimed is None or aimed.number < running.number:
        raise RefusedError(
            "E_NO_SUCH_TERM",
            f"aucune période ne finit le {date_words(term)} après l’envoi ; le prochain terme est le {date_words(running.end)}",
            place="term",
        )
    return aimed


def qualify(course: Course, letter: Letter, *, term: dt.date | None = None, states_fallback: bool = True) -> Qualified:
    """Judge a denunciation under the four rules.

    `states_fallback` tells whether the letter says « à défaut d’effet au …, la présente vaut dénonciation pour » the next term.
    """
    aimed = aimed_period(course, letter, term)
    fault = form_fault(course.terms, letter.channel)
    rules = {rule: _judge(letter, rule, aimed) for rule in DateRule}
    kept = rules[course.terms.denunciation_date_rule]
    effective = kept.in_time and not fault
    carries = {CarryOver.ALWAYS: True, CarryOver.NEVER: False, CarryOver.ONLY_IF_STATED: states_fallback}
    carried = None
    if not (effective or fault) and carries[course.terms.late_denunciation_carries_over]:
        carried = _next_in_time(course, aimed, kept.notified_on)
    following = carried or (aimed if effective or aimed.number == course.last_number else course.period(aimed.number + 1))
    return Qualified(
        aimed=aimed,
        rules=rules,
        rule=kept.rule,
        certainty=Certainty.VOID_FORM if fault else _certainty(rules),
        effective=effective,
        carried_to=carried,
        ends_on=following.end,
        form_fault=fault,
    )


def _judge(letter: Letter, rule: DateRule, aimed: Period) -> Judged:
    notified = letter.notified_on(rule)
    return Judged(rule=rule, notified_on=notified, in_time=notified is not None and notified <= aimed.last_day_to_denounce)


def _certainty(rules: Mapping[DateRule, Judged]) -> Certainty:
    in_time = [judged.in_time for judged in rules.values()]
    if all(in_time):
        return Certainty.CERTAIN_IN_TIME
    return Certainty.CONTESTABLE if any(in_time) else Certainty.CERTAIN_LATE


def _next_in_time(course: Course, aimed: Period, notified: dt.date | None) -> Period | None:
    """Return the first later period for which a letter that came too late is in time."""
    if notified is None:
        return None
    number = max(aimed.number + 1, course.number_on(notified) or 0)
    while course.last_number is None or number <= course.last_number:
        period = course.period(number)
        if notified <= period.last_day_to_denounce:
            return period
        number += 1
    return None
