"""The ten indicators of how the service works (art. 6, first criterion)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from escale.core.evaluation.counts import Counts, HalfDays, Ratio
from escale.core.evaluation.definitions import BY_CODE
from escale.core.evaluation.delays import days_within
from escale.core.evaluation.intervals import garwood
from escale.core.evaluation.measures import Measure, Part, State
from escale.core.evaluation.told import absent, not_due, share
from escale.core.evaluation.wording import Count, hours_words, joined

EXCUSES: tuple[tuple[str, str], ...] = (
    ("refused", "refusée par la commune|refusées par la commune"),
    ("cancelled_by_commune", "annulée par la commune|annulées par la commune"),
    ("waived", "à laquelle les deux parties ont renoncé|auxquelles les deux parties ont renoncé"),
    ("make_up_to_come", "dont le rattrapage est prévu|dont le rattrapage est prévu"),
    ("coming", "à venir|à venir"),
)
"""Why a half-day is not counted as owed."""
LACKS: tuple[tuple[str, str], ...] = (
    ("cancelled_by_service", "annulée par l’intercommunalité et non rattrapée|annulées par l’intercommunalité et non rattrapées"),
    ("untold", "dont l’issue n’est pas notée|dont l’issue n’est pas notée"),
)
"""Why one that is owed was not held."""


def proposed(counts: Counts) -> Measure:
    """F1: what was proposed of what art. 4 asks; what the commune then refused or cancelled was proposed all the same."""
    if (days := counts.half_days) is None:
        return absent("F1")
    return share("F1", Ratio(part=min(days.proposed, days.to_propose), whole=days.to_propose))


def held(counts: Counts) -> Measure:
    """F2: what was held of what was due by now, with what became of the others."""
    if (days := counts.half_days) is None:
        return absent("F2")
    parts = _half_days(days, (*EXCUSES, *LACKS))
    if not days.to_hold:
        return not_due("F2")
    told = share("F2", Ratio(part=min(days.held, days.to_hold), whole=days.to_hold))
    lacks, excuses = _words(days, LACKS), _words(days, EXCUSES)
    words = told.words
    if lacks and days.held < days.to_hold:
        words += f" ; {lacks}"
    if excuses:
        words += f" ; ne comptent pas : {excuses}"
    return replace(told, parts=parts, words=words)


def hours(counts: Counts) -> Measure:
    """F3: minutes held over the minutes that the half-days due by now ask."""
    due = counts.minutes_due
    if counts.minutes_held is None or due is None:
        return absent("F3")
    if not due:
        return not_due("F3")
    return Measure(
        code="F3",
        state=State.KNOWN,
        value=counts.minutes_held / due,
        numerator=counts.minutes_held,
        denominator=due,
        words=BY_CODE["F3"].sentence.format(n=hours_words(counts.minutes_held), d=hours_words(due)),
    )


def booked(counts: Counts) -> Measure:
    """F4: slots taken of slots open; those who did not come had booked."""
    if (slots := counts.slots) is None:
        return absent("F4")
    absences = (Part(key="absents", count=slots.absent),)
    return share("F4", Ratio(part=slots.booked, whole=slots.open), parts=absences, absent=Count(slots.absent))


def waited(counts: Counts) -> Measure:
    """F5: median and ninth decile of the days from request to appointment."""
    waits = counts.waits
    if waits is None or not (waits.served or waits.waiting):
        return absent("F5")
    requests, waiting = sum(waits.served.values()) + sum(waits.waiting.values()), sum(waits.waiting.values())
    median, ninth = days_within(waits, 0.5), days_within(waits, 0.9)
    if median is None:
        words = f"moins de la moitié des demandes ont obtenu un rendez-vous ; {Count(waiting):demande attend|demandes attendent}"
        return Measure(code="F5", state=State.MISSING, denominator=requests, missing=waiting, words=words)
    late = f"en {Count(ninth):jour|jours} au plus" if ninth is not None else "en un temps que l’on ne connaît pas encore"
    return Measure(
        code="F5",
        state=State.KNOWN,
        value=float(median),
        numerator=median,
        denominator=requests,
        missing=waiting,
        parts=() if ninth is None else (Part(key="neuvieme_decile", count=ninth),),
        words=BY_CODE["F5"].sentence.format(n=Count(median), ninth=late),
    )


def urgent(counts: Counts) -> Measure:
    """F9: urgencies asked, and the median time to their first answer."""
    if (urgencies := counts.urgencies) is None:
        return absent("F9")
    words = BY_CODE["F9"].sentence.format(n=Count(urgencies.asked))
    if urgencies.median_minutes is not None:
        words += f", première réponse en {hours_or_minutes(urgencies.median_minutes)} (médiane)"
    return Measure(
        code="F9",
        state=State.KNOWN,
        value=float(urgencies.asked),
        numerator=urgencies.asked,
        missing=urgencies.asked - urgencies.answered,
        interval=garwood(urgencies.asked),
        words=words,
    )


def complete(counts: Counts) -> Measure:
    """F10: half-days whose record came within seven days; for each field, how many records lack it."""
    fields = tuple(
        Part(key=name, count=lacking.part, share=lacking.part / lacking.whole if lacking.whole else None)
        for name, lacking in counts.missing_fields.items()
    )
    return share("F10", counts.recorded_in_time, parts=fields)


def hours_or_minutes(minutes: int) -> str:
    """Return « 45 minutes », « 2 h 05 »."""
    return hours_words(minutes) if minutes >= 60 else f"{Count(minutes):minute|minutes}"


def _half_days(days: HalfDays, causes: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    found = [(name, getattr(days, name)) for name, _ in causes]
    return tuple(Part(key=name, count=count) for name, count in found if count)


def _words(days: HalfDays, causes: tuple[tuple[str, str], ...]) -> str:
    return joined([f"{Count(count):{words}}" for name, words in causes if (count := getattr(days, name))])


FUNCTIONING: Mapping[str, Callable[[Counts], Measure]] = {
    "F1": proposed,
    "F2": held,
    "F3": hours,
    "F4": booked,
    "F5": waited,
    "F6": lambda counts: share("F6", counts.premises),
    "F7": lambda counts: share("F7", counts.staffed_days),
    "F8": lambda counts: share("F8", counts.certified),
    "F9": urgent,
    "F10": complete,
}
