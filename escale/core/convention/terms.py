"""The parameters of the text of a convention, each named after what it decides and bound to its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, get_type_hints


class TermsError(ValueError):
    """A parameter that no convention can have; `name` says which one, the message says in French what it may be."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name} : {message}")
        self.name = name
        self.message = message


class NotificationRule(StrEnum):
    """Which day is « la date de sa notification » (art. 5-1)."""

    RECEIPT_BY_COMMUNE = "RECEIPT_BY_COMMUNE"
    LETTER_DATE = "LETTER_DATE"
    LAST_SIGNATURE = "LAST_SIGNATURE"


class DateRule(StrEnum):
    """Which day a registered letter is notified on, once it is posted, presented and handed over on three days."""

    SENDING = "SENDING"
    FIRST_PRESENTATION = "FIRST_PRESENTATION"
    ADMIN_RULE = "ADMIN_RULE"
    DELIVERY_ONLY = "DELIVERY_ONLY"


class Roll(StrEnum):
    """Where a deadline goes that falls on a day when nobody works."""

    NONE = "NONE"
    BACKWARD = "BACKWARD"
    FORWARD = "FORWARD"


class CarryOver(StrEnum):
    """Whether a denunciation that comes too late for a term counts for the next one."""

    ONLY_IF_STATED = "ONLY_IF_STATED"
    ALWAYS = "ALWAYS"
    NEVER = "NEVER"


class CureStart(StrEnum):
    """The day from which the defaulting party has its month (art. 5-2)."""

    RECEIPT = "RECEIPT"
    FIRST_PRESENTATION = "FIRST_PRESENTATION"
    SENDING = "SENDING"


class TerminationEffect(StrEnum):
    """The day on which a termination takes effect (art. 5-2)."""

    NOTIFICATION_DATE = "NOTIFICATION_DATE"
    STATED_DATE_NOT_BEFORE_NOTIFICATION = "STATED_DATE_NOT_BEFORE_NOTIFICATION"


class MonthRule(StrEnum):
    """What « par mois » means (art. 4)."""

    CALENDAR_MONTH = "CALENDAR_MONTH"
    ROLLING_31_DAYS = "ROLLING_31_DAYS"
    TWELVE_PER_YEAR = "TWELVE_PER_YEAR"


class EvaluationAnchor(StrEnum):
    """The day from which « les six premiers mois de fonctionnement » are counted (art. 6)."""

    FIRST_SESSION_HELD_ELSE_NOTIFICATION = "FIRST_SESSION_HELD_ELSE_NOTIFICATION"
    NOTIFICATION = "NOTIFICATION"
    DISPOSITIF_START = "DISPOSITIF_START"


class AvenantEffect(StrEnum):
    """The day from which an avenant counts (art. 8)."""

    NOTIFICATION = "NOTIFICATION"
    STATED_DATE = "STATED_DATE"
    LAST_SIGNATURE = "LAST_SIGNATURE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the text of a convention fixes, and how it is read, with its article; the defaults are those of the 2025 convention.

    Durations are in months or minutes as their names say; dates are local civil dates. A value may be given as it is written in
    a file (the name of a member, a list): it is read here. Raise TermsError, with the name of the parameter, for one that
    cannot be. Nothing of it changes once the convention is notified, except by an avenant (art. 8).
    """

    workshop_max_persons: Annotated[int, "3-1"] = 8
    workshop_count_mediator: Annotated[bool, "3-1"] = False
    sessions_per_month: Annotated[int, "4"] = 1
    month_rule: Annotated[MonthRule, "4"] = MonthRule.CALENDAR_MONTH
    partial_month_exempt: Annotated[bool, "4"] = True
    session_minutes: Annotated[int, "4"] = 180
    walk_in_minutes: Annotated[int, "4"] = 120
    appointment_minutes_total: Annotated[int, "4"] = 60
    notification_date_rule: Annotated[NotificationRule, "5-1"] = NotificationRule.RECEIPT_BY_COMMUNE
    initial_term_end: Annotated[dt.date, "5-1"] = dt.date(2026, 6, 30)
    renewal_period_months: Annotated[int, "5-1"] = 12
    max_renewals: Annotated[int | None, "5-1"] = None
    denunciation_notice_months: Annotated[int, "5-1"] = 2
    denunciation_date_rule: Annotated[DateRule, "5-1"] = DateRule.ADMIN_RULE
    denunciation_deadline_inclusive: Annotated[bool, "5-1"] = True
    denunciation_roll_non_working: Annotated[Roll, "5-1"] = Roll.NONE
    denunciation_accept_lre: Annotated[bool, "5-1"] = True
    denunciation_accept_hand_delivery: Annotated[bool, "5-1"] = False
    late_denunciation_carries_over: Annotated[CarryOver, "5-1"] = CarryOver.ONLY_IF_STATED
    cure_period_months: Annotated[int, "5-2"] = 1
    cure_start: Annotated[CureStart, "5-2"] = CureStart.RECEIPT
    cure_roll_forward: Annotated[bool, "5-2"] = True
    termination_effect: Annotated[TerminationEffect, "5-2"] = TerminationEffect.STATED_DATE_NOT_BEFORE_NOTIFICATION
    evaluation_anchor: Annotated[EvaluationAnchor, "6"] = EvaluationAnchor.FIRST_SESSION_HELD_ELSE_NOTIFICATION
    evaluation_schedule_months: Annotated[tuple[int, ...], "6"] = (6, 12, 24)
    avenant_effect: Annotated[AvenantEffect, "8"] = AvenantEffect.NOTIFICATION

    def __post_init__(self) -> None:
        for name, default in DEFAULTS.items():
            object.__setattr__(self, name, _read(name, getattr(self, name), default))
        if self.walk_in_minutes + self.appointment_minutes_total != self.session_minutes:
            raise TermsError(
                "session_minutes",
                "la demi-journée dure ce que durent ensemble l’accueil sans rendez-vous et les rendez-vous "
                f"({self.walk_in_minutes} + {self.appointment_minutes_total} minutes)",
            )
        if self.denunciation_notice_months >= self.renewal_period_months:
            raise TermsError("denunciation_notice_months", "le préavis doit être plus court que la période de reconduction")
        schedule = self.evaluation_schedule_months
        if not schedule or list(schedule) != sorted(set(schedule)):
            raise TermsError("evaluation_schedule_months", "des mois de plus en plus grands sont attendus, comme 6, 12, 24")


DEFAULTS: Mapping[str, Any] = {term.name: term.default for term in fields(Terms)}
"""What each parameter is in the 2025 convention."""

ARTICLES: Mapping[str, str] = {name: hint.__metadata__[0] for name, hint in get_type_hints(Terms, include_extras=True).items()}
"""The article that each parameter comes from, by its name."""

MOST = 1000
"""No count of the text is larger: minutes, months, persons."""


def _read(name: str, value: object, default: object) -> object:
    """Return a value as its parameter has it, whether it comes from code or from a file."""
    match default:
        case StrEnum():
            return _read_choice(name, value, type(default))
        case bool():
            return _of_type(name, value, bool, "vrai ou faux (true, false) est attendu")
        case int():
            return _read_count(name, value)
        case dt.date():
            return _of_type(name, value, dt.date, "une date est attendue, comme 2026-06-30")
        case tuple():
            if not isinstance(value, (list, tuple)):
                raise TermsError(name, "une liste de nombres est attendue, comme [6, 12, 24]")
            return tuple(_read_count(name, one) for one in value)
    # Only the number of renewals may be left open: the text sets none.
    return None if value is None else _read_count(name, value, least=0)


def _read_choice(name: str, value: object, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError:
        raise TermsError(name, f"« {value} » n’existe pas ; choisir parmi {', '.join(kind)}") from None


def _read_count(name: str, value: object, *, least: int = 1) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST:
        raise TermsError(name, f"« {value} » ne convient pas ; un nombre entier de {least} à {MOST} est attendu")
    return value


def _of_type(name: str, value: object, kind: type, advice: str) -> object:
    # A moment is a date too for Python, and would compare with none.
    if isinstance(value, dt.datetime) or not isinstance(value, kind):
        raise TermsError(name, f"« {value} » ne convient pas ; {advice}")
    return value
