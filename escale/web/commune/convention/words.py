"""Where a convention stands, told to the mairie in plain words."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.models import Convention, Ground
from escale.apps.conventions.queries import course_of, recourse_until
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.life import FINAL, RUNNING, Situation, State
from escale.core.convention.periods import Course, Period

BEFORE = {
    State.DRAFT: "Votre convention se prépare.",
    State.IN_DELIBERATION: "Le texte de votre convention est prêt : chaque assemblée doit maintenant le voter.",
    State.TO_SIGN: "Votre convention est votée. Il reste à la signer.",
    State.SIGNED: "Votre convention est signée par les deux parties. Elle prend effet le jour où vous la recevez.",
}
WHY = {
    Ground.DENUNCIATION.value: "l’une des parties a écrit qu’elle ne la renouvelait pas",
    Ground.LAST_RENEWAL.value: "le texte ne permet plus de la renouveler",
    Ground.BREACH.value: "elle a été résiliée après une mise en demeure",
    Ground.AGREEMENT.value: "vous y avez mis fin d’un commun accord",
    Ground.GENERAL_INTEREST.value: "elle a été résiliée pour un motif d’intérêt général",
    Ground.ANNULMENT.value: "un jugement l’a annulée",
}


def state_sentences(convention: Convention, situation: Situation, on: dt.date) -> tuple[str, ...]:
    """Return where a convention stands on a day, the answer first."""
    if situation.state in BEFORE:
        return (BEFORE[situation.state],)
    if situation.state is State.ABANDONED and convention.abandoned_on:
        return (f"Ce projet de convention a été abandonné le {date_words(convention.abandoned_on)}. Il n’a jamais pris effet.",)
    if situation.state in RUNNING:
        return _running(convention, situation, on)
    return _over(convention, situation, on)


def _running(convention: Convention, situation: Situation, on: dt.date) -> tuple[str, ...]:
    course, period = course_of(convention, on), situation.period
    if course is None or period is None:
        return ()
    if convention.ends_on is not None:
        return (
            f"Votre convention s’arrête le {date_words(convention.ends_on)} : {WHY[convention.ground]}.",
            "Jusqu’à ce jour compris, rien ne change : les passages continuent.",
        )
    return f"Votre convention est en vigueur jusqu’au {date_words(period.end)}.", _after(convention, course, period, on)


def _after(convention: Convention, course: Course, period: Period, on: dt.date) -> str:
    following = date_words(course.end_of(period.number + 1))
    last = weekday_date_words(period.last_day_to_denounce)
    if on > period.last_day_to_denounce:
        return f"Elle continue ensuite jusqu’au {following} : le dernier jour pour y mettre fin plus tôt, le {last}, est passé."
    months = course.terms.renewal_period_months
    continues = "un an" if months == 12 else f"{months} mois"
    return (
        f"Sans lettre de votre part ou de {convention.epci} reçue au plus tard le {last}, elle continue {continues}, "
        f"jusqu’au {following}."
    )


def _over(convention: Convention, situation: Situation, on: dt.date) -> tuple[str, ...]:
    if convention.ends_on is None:
        return ("Cette convention n’a pas d’effet.",)
    told = [f"Votre convention s’est arrêtée le {date_words(convention.ends_on)} : {WHY[convention.ground]}."]
    until = recourse_until(convention)
    if situation.state in FINAL and until and on <= until:
        told.append(
            "Pour contester cette résiliation devant le tribunal administratif, le dernier jour est le "
            f"{weekday_date_words(until)}. Un recours gracieux n’arrête pas ce délai."
        )
    return tuple(told)
