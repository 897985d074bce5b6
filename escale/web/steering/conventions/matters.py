"""What hangs over a convention: denunciations, mises en demeure, avenants and disputes, each with where it stands, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from escale.apps.conventions.labels import CERTAINTIES, CURE_OUTCOMES, GROUNDS, PARTIES
from escale.apps.conventions.models import (
    Avenant,
    Convention,
    CureOutcome,
    Denonciation,
    Ground,
    Litige,
    MiseEnDemeure,
    Termination,
)
from escale.apps.conventions.queries import avenant_state, cure_ends_on, notified_on, qualified, recourse_until
from escale.apps.conventions.sentences import advice_sentences, outcome_sentence
from escale.core.calendar.french import date_words
from escale.core.convention.cycles.avenant import AVENANT, AvenantState
from escale.core.convention.cycles.dispute import DISPUTE, DisputeState
from escale.core.convention.denunciation import Certainty
from escale.core.convention.life import RUNNING, State
from escale.core.convention.parties import Party
from escale.core.convention.reasons import reasons_of

CERTAINTY_TONES = {
    Certainty.CERTAIN_IN_TIME: "good",
    Certainty.CERTAIN_LATE: "late",
    Certainty.CONTESTABLE: "soon",
    Certainty.VOID_FORM: "late",
}

SHORT_CERTAINTIES = {
    Certainty.CERTAIN_IN_TIME: "dénonciation dans les délais",
    Certainty.CERTAIN_LATE: "dénonciation tardive",
    Certainty.CONTESTABLE: "dénonciation contestable",
    Certainty.VOID_FORM: "dénonciation sans effet",
}

SETTLED_AVENANTS = (AvenantState.IN_FORCE, AvenantState.REPLACED, AvenantState.ABANDONED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that hangs over a convention. `is_problem` when someone has to settle it, rather than only follow it."""

    name: str
    short: str
    tone: str
    state: str
    sentences: tuple[str, ...]
    is_problem: bool = False
    number: int = 0
    """That of an avenant."""


def matters_of(convention: Convention, state: State, on: dt.date) -> list[Matter]:
    """Return what hangs over a convention on a day, the end of it first."""
    return [
        *_termination(convention, on),
        *(_denunciation(one, convention, state) for one in convention.denonciations.all() if one.notification.sent <= on),
        *(_notice(one, convention, on) for one in convention.mises_en_demeure.all() if one.notification.sent <= on),
        *(_avenant(one, convention, on) for one in convention.avenants.all()),
        *(_dispute(one, on) for one in convention.litiges.all() if one.opened_on <= on),
    ]


def open_matters(convention: Convention, state: State, on: dt.date) -> list[Matter]:
    """Return those that are not settled, for a line of the board."""
    return [matter for matter in matters_of(convention, state, on) if matter.short]


def _denunciation(one: Denonciation, convention: Convention, state: State) -> Matter:
    letter, found = one.notification, qualified(one, convention)
    by = f"Par {PARTIES[Party(one.author)]}, envoyée le {date_words(letter.sent)}."
    if one.withdrawn_on:
        told = f"Retirée le {date_words(one.withdrawn_on)}, d’un commun accord."
        return Matter(name="Dénonciation", short="", tone="info", state="retirée", sentences=(by, told))
    if found is None:
        told = "Dire quand la lettre a été remise, ou pourquoi elle est revenue : ses effets en dépendent."
        return Matter(
            name="Dénonciation",
            short="dénonciation en chemin",
            tone="soon",
            state="lettre en chemin",
            sentences=(by, told),
            is_problem=True,
        )
    reached = notified_on(one, convention)
    when = f"Notifiée le {date_words(reached)}." if reached else "La lettre n’a notifié personne."
    is_sure = found.certainty is Certainty.CERTAIN_IN_TIME
    # A termination has settled when the convention ends: nothing is left to agree on.
    hangs = state in RUNNING and getattr(convention, "termination", None) is None
    return Matter(
        name="Dénonciation",
        short=SHORT_CERTAINTIES[found.certainty] if hangs else "",
        tone=CERTAINTY_TONES[found.certainty],
        state=CERTAINTIES[found.certainty],
        sentences=(
            f"{by} {when}",
            outcome_sentence(found),
            *reasons_of(found, letter.letter),
            *(advice_sentences(found) if hangs else ()),
        ),
        is_problem=not is_sure and hangs,
    )


def _notice(one: MiseEnDemeure, convention: Convention, on: dt.date) -> Matter:
    articles = ", ".join(str(article) for article in one.articles)
    by = f"Par {PARTIES[Party(one.author)]}, envoyée le {date_words(one.notification.sent)} (art. {articles})."
    told = (by, f"Faits : {one.facts}", f"Attendu : {one.expected}")
    if one.closed_on and one.closed_on <= on:
        words = f"{CURE_OUTCOMES[CureOutcome(one.outcome)]} le {date_words(one.closed_on)}"
        return Matter(name="Mise en demeure", short="", tone="info", state=words, sentences=told)
    if getattr(getattr(convention, "termination", None), "ground", "") == Ground.BREACH:
        return Matter(name="Mise en demeure", short="", tone="info", state="suivie d’une résiliation", sentences=told)
    last = cure_ends_on(one, convention)
    if last is None:
        words, tone = "lettre en chemin", "soon"
    elif on <= last:
        words, tone = f"à régulariser jusqu’au {date_words(last)}", "soon"
    else:
        words, tone = f"délai passé depuis le {date_words(last)}", "late"
    return Matter(name="Mise en demeure", short="mise en demeure", tone=tone, state=words, sentences=told, is_problem=True)


def _avenant(one: Avenant, convention: Convention, on: dt.date) -> Matter:
    state = avenant_state(one, convention, on)
    words = AVENANT.words[state]
    effect = (f"Il prend effet le {date_words(one.effect_on)}.",) if one.effect_on else ()
    return Matter(
        name=f"Avenant n° {one.number}",
        short="" if state in SETTLED_AVENANTS else f"avenant n° {one.number} {words}",
        tone="good" if state is AvenantState.IN_FORCE else "info",
        state=words,
        sentences=(f"{one.purpose.rstrip('.')}.", *effect),
        number=one.number,
    )


def _dispute(one: Litige, on: dt.date) -> Matter:
    steps = [step for step in one.steps.all() if step.on <= on]
    state = DisputeState(steps[-1].state) if steps else DisputeState.OPEN
    words, is_closed = DISPUTE.words[state], state is DisputeState.CLOSED
    told = tuple(f"{date_words(step.on)} : {DISPUTE.words[DisputeState(step.state)]}. {step.note}".strip() for step in steps)
    return Matter(
        name="Litige",
        short="" if is_closed else f"litige {words}",
        tone="info" if is_closed else "late",
        state=words,
        sentences=(f"{one.subject.rstrip('.')}, ouvert le {date_words(one.opened_on)}.", *told),
        is_problem=not is_closed,
    )


def _termination(convention: Convention, on: dt.date) -> Iterator[Matter]:
    found: Termination | None = getattr(convention, "termination", None)
    if found is None or found.decided_on > on:
        return
    last = f"Décidée le {date_words(found.decided_on)} ; dernier jour de la convention : {date_words(found.last_day)}."
    until = recourse_until(convention)
    recourse = (f"Elle peut être contestée devant le tribunal jusqu’au {date_words(until)}.",) if until and on <= until else ()
    yield Matter(
        name="Résiliation",
        short="résiliation" if on <= found.last_day else "",
        tone="late",
        state=GROUNDS[Ground(found.ground)],
        sentences=(last, *((found.reasons,) if found.reasons else ()), *recourse),
    )
