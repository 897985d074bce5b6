"""The parameters of the text in French: what each one decides, and its value as an avenant writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from escale.core.calendar.french import date_words
from escale.core.convention.terms import (
    DEFAULTS,
    AvenantEffect,
    CarryOver,
    CureStart,
    DateRule,
    EvaluationAnchor,
    MonthRule,
    NotificationRule,
    Roll,
    TerminationEffect,
)

NAMES: Mapping[str, str] = {
    "workshop_max_persons": "nombre de personnes à un atelier, au plus",
    "workshop_count_mediator": "le médiateur compté parmi elles",
    "sessions_per_month": "demi-journées proposées par mois",
    "month_rule": "manière de compter le mois",
    "partial_month_exempt": "mois incomplet sans demi-journée due",
    "session_minutes": "durée d’une demi-journée",
    "walk_in_minutes": "durée de l’accueil sans rendez-vous",
    "appointment_minutes_total": "durée des rendez-vous individuels",
    "notification_date_rule": "date de la notification de la convention",
    "initial_term_end": "dernier jour de la première période",
    "renewal_period_months": "durée d’une période de reconduction",
    "max_renewals": "nombre de reconductions, au plus",
    "denunciation_notice_months": "préavis de dénonciation",
    "denunciation_date_rule": "date qui compte pour une dénonciation",
    "denunciation_deadline_inclusive": "dénonciation reçue le dernier jour à temps",
    "denunciation_roll_non_working": "dernier jour de dénonciation chômé",
    "denunciation_accept_lre": "dénonciation par lettre recommandée électronique",
    "denunciation_accept_hand_delivery": "dénonciation par remise en main propre",
    "late_denunciation_carries_over": "dénonciation tardive valant pour l’échéance suivante",
    "cure_period_months": "délai d’une mise en demeure",
    "cure_start": "départ du délai d’une mise en demeure",
    "cure_roll_forward": "dernier jour chômé reporté au jour ouvré suivant",
    "termination_effect": "effet d’une résiliation",
    "evaluation_anchor": "départ des évaluations",
    "evaluation_schedule_months": "évaluations, en mois",
    "avenant_effect": "prise d’effet d’un avenant",
}

VALUES: Mapping[type, Mapping[str, str]] = {
    MonthRule: {
        MonthRule.CALENDAR_MONTH: "le mois du calendrier",
        MonthRule.ROLLING_31_DAYS: "trente et un jours glissants",
        MonthRule.TWELVE_PER_YEAR: "douze par an",
    },
    NotificationRule: {
        NotificationRule.RECEIPT_BY_COMMUNE: "la réception par la commune",
        NotificationRule.LETTER_DATE: "la date de la lettre",
        NotificationRule.LAST_SIGNATURE: "la dernière signature",
    },
    DateRule: {
        DateRule.SENDING: "l’envoi",
        DateRule.FIRST_PRESENTATION: "la première présentation",
        DateRule.ADMIN_RULE: "la remise, à défaut la première présentation",
        DateRule.DELIVERY_ONLY: "la remise",
    },
    Roll: {
        Roll.NONE: "inchangé",
        Roll.BACKWARD: "avancé au jour ouvré précédent",
        Roll.FORWARD: "reporté au jour ouvré suivant",
    },
    CarryOver: {
        CarryOver.ONLY_IF_STATED: "si la lettre le dit",
        CarryOver.ALWAYS: "toujours",
        CarryOver.NEVER: "jamais",
    },
    CureStart: {
        CureStart.RECEIPT: "la réception",
        CureStart.FIRST_PRESENTATION: "la première présentation",
        CureStart.SENDING: "l’envoi",
    },
    TerminationEffect: {
        TerminationEffect.NOTIFICATION_DATE: "le jour de sa notification",
        TerminationEffect.STATED_DATE_NOT_BEFORE_NOTIFICATION: "le jour qu’elle dit, jamais avant sa notification",
    },
    EvaluationAnchor: {
        EvaluationAnchor.FIRST_SESSION_HELD_ELSE_NOTIFICATION: "la première demi-journée tenue, à défaut la notification",
        EvaluationAnchor.NOTIFICATION: "la notification",
        EvaluationAnchor.DISPOSITIF_START: "le début du dispositif",
    },
    AvenantEffect: {
        AvenantEffect.NOTIFICATION: "sa notification",
        AvenantEffect.STATED_DATE: "la date qu’il dit",
        AvenantEffect.LAST_SIGNATURE: "la dernière signature",
    },
}


def value_words(name: str, value: Any) -> str:
    """Return the value of a parameter in French: « 30 juin 2027 », « 12 mois », « oui »."""
    match _read(name, value):
        case None:
            return "sans limite" if name == "max_renewals" else "rien"
        case bool():
            return "oui" if value else "non"
        case dt.date() as day:
            return date_words(day)
        case int():
            return f"{value}{_unit(name, value)}"
        case list() | tuple() as some:
            return ", ".join(str(one) for one in some)
        case kind:
            return VALUES.get(type(kind), {}).get(str(kind), str(kind))


def _read(name: str, value: Any) -> Any:
    """Return a value as its parameter has it: what is kept as JSON is a text where the parameter is a date or a choice."""
    kind = type(DEFAULTS[name])
    if not isinstance(value, str) or kind is str:
        return value
    return dt.date.fromisoformat(value) if kind is dt.date else kind(value)


def _unit(name: str, value: int) -> str:
    if name.endswith("_months"):
        return " mois"
    if "_minutes" in name:
        return " minutes" if value > 1 else " minute"
    return ""
