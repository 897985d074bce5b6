"""Where one convention stands, in one sentence, for those who know nothing of its states."""

from __future__ import annotations

import datetime as dt

from escale.apps.conventions.labels import GROUNDS
from escale.apps.conventions.models import Convention, Outcome, Party
from escale.apps.conventions.queries import certain_end, executory_on
from escale.apps.conventions.sentences import period_name
from escale.core.calendar.french import date_words
from escale.core.convention.life import Situation, State

OVER = frozenset({State.ENDED, State.TERMINATED, State.ABANDONED, State.ANNULLED, State.ARCHIVED})
"""Nothing runs any more: the commune may have another convention."""


def period_phrase(convention: Convention, situation: Situation) -> str:
    """Return « 1re reconduction, jusqu’au 30 juin 2027 »; empty when no period runs."""
    period = situation.period
    if period is None:
        return ""
    last = min(period.end, convention.ends_on) if convention.ends_on else period.end
    return f"{period_name(period)}, jusqu’au {date_words(last)}"


def standing_sentence(convention: Convention, situation: Situation, on: dt.date) -> str:
    """Return where a convention stands on a day, in one sentence."""
    match situation.state:
        case State.DRAFT:
            return "Le texte est en préparation : aucune assemblée ne l’a encore."
        case State.IN_DELIBERATION:
            return _deliberating(convention, on)
        case State.TO_SIGN:
            return _signing(convention, on)
        case State.SIGNED:
            return "Les deux parties ont signé ; la convention prendra effet à sa notification."
        case State.IN_FORCE | State.IN_NOTICE:
            return _running(convention, situation)
        case State.ABANDONED:
            return f"Abandonnée le {_day(convention.abandoned_on)}, avant d’avoir pris effet."
        case State.ARCHIVED:
            return f"Archivée le {_day(convention.archived_on)}."
    return _over(convention, situation)


def _deliberating(convention: Convention, on: dt.date) -> str:
    begun = f"Le texte est devant les assemblées depuis le {_day(convention.frozen_on)}"
    missing = [party for party in Party if (day := executory_on(convention, party)) is None or day > on]
    if len(missing) != 1:
        return f"{begun} : les deux délibérations restent à rendre exécutoires."
    whose = "de la commune" if missing[0] is Party.COMMUNE else "de l’EPCI"
    acts = [one.act for one in convention.authorisations.all() if one.avenant_id is None and one.party == missing[0]]
    if acts and acts[-1].outcome == Outcome.POSTPONED:
        following = acts[-1].next_council_on
        when = f", prochaine séance le {date_words(following)}" if following else ""
        return f"{begun} : le vote {whose} est reporté{when}."
    return f"{begun} : il manque la délibération exécutoire {whose}."


def _signing(convention: Convention, on: dt.date) -> str:
    signed = {one.party for one in convention.signatures.all() if one.avenant_id is None and one.signed_on <= on}
    if not signed:
        return "Les deux délibérations sont exécutoires : les deux parties peuvent signer."
    left = "l’EPCI" if Party.COMMUNE in signed else "la commune"
    return f"Une partie a signé ; il manque la signature de {left}."


def _running(convention: Convention, situation: Situation) -> str:
    effect, period = _day(convention.notified_on), situation.period
    if (end := certain_end(convention)) is not None:
        return f"En vigueur depuis le {effect}, elle s’arrête le {date_words(end[0])} : {GROUNDS[end[1]]}."
    if period is None:
        return f"En vigueur depuis le {effect}."
    return (
        f"En vigueur depuis le {effect} : {period_name(period)}, jusqu’au {date_words(period.end)}, "
        "puis reconduite si personne ne la dénonce à temps."
    )


def _over(convention: Convention, situation: Situation) -> str:
    if situation.state is State.ANNULLED:
        return "Annulée par le juge."
    end = certain_end(convention)
    if end is None:
        return "La convention a pris fin."
    return f"La convention s’est arrêtée le {date_words(end[0])} : {GROUNDS[end[1]]}."


def _day(day: dt.date | None) -> str:
    return date_words(day) if day else "–"
