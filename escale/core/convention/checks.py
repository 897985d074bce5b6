"""The guards that dates alone decide: signatures, notifications, terminations. Each returns nothing, or raises its refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from escale.core.calendar.french import date_words
from escale.core.calendar.holidays import HolidayArea
from escale.core.convention import guards
from escale.core.convention.dates import first_day_to_terminate, last_day_to_cure
from escale.core.convention.lifecycle import Guard
from escale.core.convention.parties import Party
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import CureStart, TerminationEffect, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from one to another, both included; without an end it goes on."""

    starts: dt.date
    ends: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is in it."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def meets(self, other: Span) -> bool:
        """Tell whether some day is in both."""
        return (self.ends is None or other.starts <= self.ends) and (other.ends is None or self.starts <= other.ends)


def executory_on(*, transmitted: dt.date | None, published: dt.date | None) -> dt.date | None:
    """Return the day on which an act is executory: published and transmitted (CGCT, art. L. 2131-1); None while it is not."""
    return max(transmitted, published) if transmitted and published else None


def check_signature(on: dt.date, *, executory: dt.date | None, office: Span) -> None:
    """Refuse a signature by someone out of office, or before the act that authorises it (CE, 10 June 1996, n° 176873)."""
    if not office.holds(on):
        raise guards.SIGNATORY_IN_OFFICE.refused("signed")
    if executory is None or on < executory:
        raise guards.SIGNED_AFTER_ACT.refused("signed")


def check_notification(terms: Terms, on: dt.date, *, signed: Iterable[dt.date], others: Iterable[Span]) -> None:
    """Refuse a notification before a signature, after the term, or while another convention of the commune runs.

    `others` are the days of the other conventions that the commune signed, open-ended as long as no end is certain.
    """
    signatures = list(signed)
    if len(signatures) < len(Party) or on < max(signatures):
        raise guards.NOTIFIED_AFTER_SIGNATURES.refused("notified")
    if on > terms.initial_term_end:
        raise guards.NOTIFIED_BEFORE_TERM.refused("notified")
    own = Span(starts=on)
    if any(own.meets(other) for other in others):
        raise guards.ALONE_IN_FORCE.refused("notified")


def cure_starts_on(terms: Terms, *, sent: dt.date, presented: dt.date | None, delivered: dt.date | None) -> dt.date | None:
    """Return the day from which the month of a mise en demeure is counted; None while it is not known.

    One that is never collected counts from its first presentation (Cass. 1re civ., 20 January 2021, n° 19-20.680).
    """
    match terms.cure_start:
        case CureStart.SENDING:
            return sent
        case CureStart.FIRST_PRESENTATION:
            return presented or delivered
        case CureStart.RECEIPT:
            return delivered or presented


def check_breach(
    terms: Terms,
    on: dt.date,
    *,
    received: dt.date,
    author: Party,
    defaulting: Party,
    cured: bool,
    area: HolidayArea = HolidayArea.METROPOLE,
) -> None:
    """Refuse a termination for breach before the month is over, once it was cured, or by the party in default (art. 5-2)."""
    if author is defaulting:
        raise guards.NOT_DEFAULTING.refused("author")
    if cured:
        raise guards.BREACH.refused("notified")
    if on < (first := first_day_to_terminate(terms, received, area)):
        last = last_day_to_cure(terms, received, area)
        raise _dated(guards.BREACH, f"le délai court jusqu’au {date_words(last)} ; résilier à partir du {date_words(first)}")


def termination_takes_effect(terms: Terms, *, notified: dt.date, stated: dt.date | None = None) -> dt.date:
    """Return the day on which a termination takes effect: the one that it states, never before its notification (art. 5-2)."""
    if stated is None or terms.termination_effect is TerminationEffect.NOTIFICATION_DATE:
        return notified
    return max(notified, stated)


def _dated(guard: Guard, words: str) -> RefusedError:
    return RefusedError(guard.code, f"{guard.refusal} ; {words}", place="notified")
