"""What depends on something that nobody knows yet, in sentences: when a letter arrives, what is put right, who contests."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.models import Convention, MiseEnDemeure
from escale.apps.conventions.queries import course_of, cure_ends_on, recourse_until
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.dates import ONE_DAY, last_day_of_recourse, last_day_to_cure
from escale.core.convention.periods import Course, Period
from escale.core.convention.terms import CarryOver, DateRule

ARRIVES = {
    DateRule.SENDING: "envoyée",
    DateRule.FIRST_PRESENTATION: "présentée",
    DateRule.ADMIN_RULE: "reçue",
    DateRule.DELIVERY_ONLY: "remise",
}
"""What has to happen to a letter in time, by the rule of the terms."""


def aimed_periods(convention: Convention, on: dt.date, *, count: int = 2) -> list[Period]:
    """Return the periods that a letter sent on a day may aim to end: the one that runs, and those that follow."""
    course = course_of(convention, on)
    first = course.number_on(on) if course else None
    if course is None or first is None:
        return []
    last = course.last_number
    return [course.period(number) for number in range(first, first + count) if last is None or number <= last]


def denunciation_forecast(convention: Convention, aimed: Period, on: dt.date, *, states_fallback: bool) -> tuple[str, ...]:
    """Return what a letter brings about if it arrives in time, and if it does not (art. 5-1)."""
    course = course_of(convention, on)
    if course is None or aimed.number == course.last_number:
        return ()
    arrives, last = ARRIVES[course.terms.denunciation_date_rule], weekday_date_words(aimed.last_day_to_denounce)
    late = _if_late(course, aimed, states_fallback=states_fallback)
    if on > aimed.last_day_to_denounce:
        return (f"La lettre devait être {arrives} au plus tard le {last} : ce jour est passé, la convention {late}.",)
    decides = (
        f"Si la lettre est {arrives} au plus tard le {last}, la convention s’arrête le {date_words(aimed.end)} ; "
        f"si elle est {arrives} après, elle {late}."
    )
    return (
        decides,
        f"La poster au plus tard le {weekday_date_words(aimed.post_by)} : elle peut attendre quinze jours au bureau de poste.",
    )


def cure_forecast(convention: Convention, on: dt.date) -> tuple[str, ...]:
    """Return until when a breach may be put right by a letter sent on a day, which has not arrived yet (art. 5-2)."""
    course = course_of(convention, on)
    if course is None:
        return ()
    example = last_day_to_cure(course.terms, on, course.area)
    return (
        "Le délai d’un mois court à partir de la réception de la lettre ; jamais retirée, à partir de sa première présentation.",
        f"Reçue le {date_words(on)}, elle laisserait jusqu’au {weekday_date_words(example)} inclus.",
    )


def cure_sentences(notice: MiseEnDemeure, convention: Convention) -> tuple[str, ...]:
    """Return until when what a mise en demeure asks may be done, and from when the convention may be ended."""
    last = cure_ends_on(notice, convention)
    return () if last is None else _cure_sentences(last)


def recourse_sentences(convention: Convention) -> tuple[str, ...]:
    """Return until when the termination of a convention may be contested."""
    last = recourse_until(convention)
    return () if last is None else (_recourse_words(last),)


def recourse_forecast(convention: Convention, informed: dt.date) -> tuple[str, ...]:
    """Return until when a termination that someone is told of on a day may be contested."""
    course = course_of(convention, informed)
    return () if course is None else (_recourse_words(last_day_of_recourse(informed, course.area)),)


def _if_late(course: Course, aimed: Period, *, states_fallback: bool) -> str:
    """Return what a convention does when the letter for a period comes too late for it."""
    following = date_words(course.end_of(aimed.number + 1))
    carries = {CarryOver.ALWAYS: True, CarryOver.NEVER: False, CarryOver.ONLY_IF_STATED: states_fallback}
    if carries[course.terms.late_denunciation_carries_over]:
        return f"court jusqu’au {following}, où elle s’arrête par la phrase de repli de la lettre"
    return f"court jusqu’au {following}, puis continue si personne ne la dénonce pour ce terme"


def _cure_sentences(last: dt.date) -> tuple[str, ...]:
    return (
        f"L’autre partie a jusqu’au {weekday_date_words(last)} inclus pour régulariser.",
        f"Sans effet à cette date, la convention peut être résiliée à partir du {weekday_date_words(last + ONE_DAY)} (art. 5-2).",
    )


def _recourse_words(last: dt.date) -> str:
    return (
        f"La résiliation peut être contestée devant le tribunal administratif jusqu’au {weekday_date_words(last)} inclus ; "
        "un recours gracieux n’arrête pas ce délai."
    )
