"""What the dates of a convention mean, in sentences: the command and the pages say the same."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.labels import CERTAINTIES
from escale.core.calendar.french import date_words, period_words, weekday_date_words
from escale.core.convention.denunciation import Certainty, Qualified
from escale.core.convention.letters import Letter
from escale.core.convention.life import STATE_WORDS, Situation
from escale.core.convention.periods import Course, Period
from escale.core.convention.reasons import RULE_WORDS, reasons_of


def period_name(period: Period) -> str:
    """Return « période initiale », « 1re reconduction », « 2e reconduction »."""
    if period.number == 0:
        return "période initiale"
    return f"{period.number}{'re' if period.number == 1 else 'e'} reconduction"


def situation_sentences(course: Course, situation: Situation, on: dt.date) -> tuple[str, ...]:
    """Return where a convention stands on a day, and until when it may be denounced."""
    day, effect = weekday_date_words(on), date_words(course.effect)
    period = situation.period
    if period is None:
        return (f"Le {day}, la convention n’est pas encore en vigueur : elle prend effet à sa notification, le {effect}.",)
    state = STATE_WORDS[situation.state]
    told = (
        f"Le {day}, la convention notifiée le {effect} est {state} : {period_name(period)}, "
        f"{period_words(period.start, period.end)}."
    )
    return told, *denunciation_window(course, period, on)


def denunciation_window(course: Course, period: Period, on: dt.date) -> tuple[str, ...]:
    """Return what to do, on a day, for a period to be the last one; or that it is too late, and until when it then runs."""
    end, last = date_words(period.end), weekday_date_words(period.last_day_to_denounce)
    if period.number == course.last_number:
        return (f"Le texte ne permet plus de reconduction : elle s’arrête le {end}.",)
    following = date_words(course.end_of(period.number + 1))
    if on > period.last_day_to_denounce:
        why = "ce jour était passé avant même la prise d’effet" if period.is_closed_from_start else "ce jour est passé"
        return (
            f"Pour qu’elle s’arrête le {end}, une dénonciation devait être notifiée au plus tard le {last} : {why}.",
            f"Sans dénonciation notifiée à temps, elle court jusqu’au {following}, sauf accord des deux parties (art. 5-2).",
        )
    posted = weekday_date_words(period.post_by)
    return (
        f"Pour qu’elle s’arrête le {end}, une dénonciation doit être notifiée au plus tard le {last}, ce jour compris.",
        f"La poster au plus tard le {posted} : une lettre recommandée peut attendre quinze jours au bureau de poste.",
        f"Sans dénonciation notifiée à temps, elle court jusqu’au {following}.",
    )


def denunciation_sentences(qualified: Qualified, letter: Letter) -> tuple[str, ...]:
    """Return how a denunciation is qualified, why, and what follows."""
    return (
        f"Cette dénonciation est {CERTAINTIES[qualified.certainty]}.",
        *reasons_of(qualified, letter),
        outcome_sentence(qualified),
        *advice_sentences(qualified),
    )


def outcome_sentence(qualified: Qualified) -> str:
    """Return what follows from a denunciation, by the rule that the terms keep."""
    aimed, ends = date_words(qualified.aimed.end), date_words(qualified.ends_on)
    if qualified.effective:
        return f"Selon la {RULE_WORDS[qualified.rule]}, elle a effet : la convention s’arrête le {ends}."
    begins = "Elle" if qualified.form_fault else f"Selon la {RULE_WORDS[qualified.rule]}, elle"
    if qualified.carried_to:
        return f"{begins} n’a pas d’effet au {aimed} ; par sa phrase de repli, la convention s’arrête le {ends}."
    if qualified.ends_on == qualified.aimed.end:
        return f"{begins} n’a pas d’effet, mais le texte ne permet plus de reconduction : la convention s’arrête le {ends}."
    return f"{begins} n’a pas d’effet : la convention est reconduite, au moins jusqu’au {ends}."


def advice_sentences(qualified: Qualified) -> tuple[str, ...]:
    """Return what the parties may do about a denunciation that can be argued."""
    if qualified.certainty is not Certainty.CONTESTABLE:
        return ()
    return ("Une partie peut le contester : proposer un accord écrit sur la date de fin (art. 5-2).",)
