"""What has to be done next for a convention, whatever its state: one act, the most pressing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from escale.apps.conventions.models import Convention, Party
from escale.apps.conventions.papers.conventions import missing_of
from escale.apps.obligations.acts import Delays, NextAct, Step
from escale.apps.obligations.hanging import dispute_acts, hanging_acts, last_notice_of_end
from escale.apps.obligations.texts import next_of_deliberation, next_of_notification, next_signature
from escale.apps.territory.catalogue import AMIABLE_REMINDER_DAYS, POSTAL_INSTANCE_DAYS
from escale.apps.territory.queries import values_of
from escale.core.calendar.french import date_words
from escale.core.convention.life import Situation, State
from escale.core.convention.periods import Period

__all__ = ["NEEDED", "NextAct", "next_act", "next_acts_of"]

NEEDED = ("mises_en_demeure__notification", "litiges__steps", "termination__notification", "notifications")
"""What is read with conventions, besides what their states need, so that the next acts of many ask nothing more."""

NEXT_OF_A_DRAFT = NextAct(words="achever le texte et l’envoyer aux deux assemblées", owed_by=Party.EPCI)

NOTHING = NextAct(words="rien à faire", is_calm=True)

DECIDING = dt.timedelta(days=60)
"""How long before the last prudent day to post a denunciation the renewal is thought about: a council has time to meet."""

NAMED_FIELDS = 3
"""How many missing fields of a draft are named; the others are counted."""


def next_act(convention: Convention, situation: Situation, on: dt.date) -> NextAct:
    """Return what has to be done next for a convention on a day."""
    return _next_act(convention, situation, on, delays_by_epci()(convention.epci_id))


def next_acts_of(conventions: Iterable[Convention], situations: Mapping[int, Situation], on: dt.date) -> dict[int, NextAct]:
    """Return the same for many, by key, in as many queries for one as for a thousand when they are read with NEEDED.

    What a draft still lacks is told of one alone: its values are read one convention at a time.
    """
    delays = delays_by_epci()
    return {
        convention.pk: NEXT_OF_A_DRAFT
        if situations[convention.pk].state is State.DRAFT
        else _next_act(convention, situations[convention.pk], on, delays(convention.epci_id))
        for convention in conventions
    }


def delays_by_epci() -> Callable[[int], Delays]:
    """Return what says when to act in any EPCI, read once for all of them."""
    postal, amicable = values_of(POSTAL_INSTANCE_DAYS), values_of(AMIABLE_REMINDER_DAYS)
    return lambda epci: Delays(postal_days=postal(epci), amicable_days=amicable(epci))


def _next_act(convention: Convention, situation: Situation, on: dt.date, delays: Delays) -> NextAct:
    match situation.state:
        case State.DRAFT:
            return _next_of_draft(convention)
        case State.IN_DELIBERATION:
            return next_of_deliberation(convention, on)
        case State.TO_SIGN:
            return next_signature(convention)
        case State.SIGNED:
            return next_of_notification(convention, delays, on)
        case State.IN_FORCE | State.IN_NOTICE:
            return _next_in_force(convention, situation, on, delays)
        case State.ENDED | State.TERMINATED | State.ANNULLED:
            return _next_after_the_end(convention, on, delays)
    return NOTHING


def _next_of_draft(convention: Convention) -> NextAct:
    missing = missing_of(convention)
    if not missing:
        words = "envoyer le texte aux deux assemblées"
        return NextAct(words=words, owed_by=Party.EPCI, step=Step.SEND_TO_COUNCILS.value)
    # « Signataire de la commune : nom » and its title and its agreement are one thing to give.
    things = list(dict.fromkeys(lacking.partition(" :")[0].partition("\u00a0:")[0] for lacking in missing))
    more = len(things) - NAMED_FIELDS
    rest = f" et {more} autre{'s' * (more > 1)} champ{'s' * (more > 1)}" if more > 0 else ""
    named = ", ".join(thing[:1].lower() + thing[1:] for thing in things[:NAMED_FIELDS])
    step = Step.NAME_SIGNATORY if things[0].startswith("Signataire") else Step.NONE
    return NextAct(words=f"compléter le texte : {named}{rest}", owed_by=Party.EPCI, step=step.value)


def _next_in_force(convention: Convention, situation: Situation, on: dt.date, delays: Delays) -> NextAct:
    hanging = next(hanging_acts(convention, delays, on), None)
    ending = last_notice_of_end(convention, on)
    if hanging is not None or ending is not None:
        return hanging or ending or NextAct(words="")
    if situation.ends_on is not None:
        words = f"préparer la fin : la convention s’arrête le {date_words(situation.ends_on)}"
        return NextAct(words=words, by=situation.ends_on)
    if situation.period is None:
        return NOTHING
    if convention.ends_on == situation.period.end:
        words = f"préparer la suite : plus de reconduction après le {date_words(situation.period.end)}"
        return NextAct(words=words, by=situation.period.end, owed_by=Party.EPCI)
    return _next_of_renewal(situation.period, on)


def _next_of_renewal(period: Period, on: dt.date) -> NextAct:
    """Return whether it is time to decide on the renewal (art. 5-1), which comes by itself if nobody does anything."""
    last, post_by = period.last_day_to_denounce, period.post_by
    if on < post_by - DECIDING:
        return NextAct(words=f"rien à faire avant le {date_words(post_by)}", by=post_by, is_calm=True)
    if on <= post_by:
        words = f"décider de la reconduction : une dénonciation se poste au plus tard le {date_words(post_by)}"
        return NextAct(words=words, by=post_by, step=Step.DENOUNCE.value)
    if on <= last:
        words = f"décider de la reconduction : une dénonciation se notifie au plus tard le {date_words(last)}"
        return NextAct(words=words, by=last, step=Step.DENOUNCE.value)
    return NOTHING


def _next_after_the_end(convention: Convention, on: dt.date, delays: Delays) -> NextAct:
    disputes = (act for litige in convention.litiges.all() for act in dispute_acts(litige, delays, on))
    ending = next(disputes, None) or last_notice_of_end(convention, on)
    return ending or NextAct(words="garder le dossier, puis l’archiver", step=Step.ARCHIVE.value)
