"""What comes next for a text that is on its way, be it a convention or an avenant: vote, executory act, signatures, letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from escale.apps.conventions.models import (
    AUTHORISING,
    Act,
    Avenant,
    Convention,
    Matter,
    Notification,
    Outcome,
    Party,
)
from escale.apps.conventions.queries import executory_on
from escale.apps.obligations.acts import Delays, NextAct, Step
from escale.core.calendar.french import date_words
from escale.core.convention.letters import Returned

ASSEMBLIES = {Party.COMMUNE: "le conseil municipal", Party.EPCI: "le Bureau"}
SIGNERS = {Party.COMMUNE: "la commune", Party.EPCI: "l’EPCI"}


def next_of_deliberation(convention: Convention, on: dt.date, avenant: Avenant | None = None) -> NextAct:
    """Return what is awaited of the assemblies: an act to complete first, then a council that is dated, then a vote."""
    of_text = f" l’avenant n°\u00a0{avenant.number}" if avenant else " le texte"
    waiting = [party for party in Party if (day := executory_on(convention, party, avenant)) is None or day > on]
    found = [_awaited(convention, party, on, avenant, of_text) for party in waiting]
    if len(found) == len(Party) and all(act.step == Step.RECORD_ACT and act.by is None for act in found):
        return NextAct(words=f"faire voter{of_text} aux deux assemblées", step=Step.RECORD_ACT.value)
    order = (Step.COMPLETE_ACT.value, Step.RECORD_ACT.value)
    return min(found, key=lambda act: (order.index(act.step), act.by or dt.date.max))


def next_signature(convention: Convention, avenant: Avenant | None = None) -> NextAct:
    """Return who signs next."""
    signed = {one.party for one in convention.signatures.all() if one.avenant_id == (avenant.pk if avenant else None)}
    of_text = f" l’avenant n°\u00a0{avenant.number}" if avenant else ""
    step = Step.SIGN_AVENANT if avenant else Step.SIGN
    missing = [party for party in Party if party.value not in signed]
    if len(missing) == len(Party):
        return NextAct(words=f"faire signer{of_text or ' la convention'} aux deux parties", step=step.value)
    words = f"faire signer{of_text} à {SIGNERS[missing[0]]}"
    return NextAct(words=words, owed_by=missing[0], step=step.value)


def next_of_notification(convention: Convention, delays: Delays, on: dt.date) -> NextAct:
    """Return what is awaited between the signatures and the effect: to send, or to learn what became of the letter."""
    letters = [one for one in convention.notifications.all() if one.matter == Matter.CONVENTION and one.sent <= on]
    if letters and letters[-1].is_under_way:
        return next_of_letter(letters[-1], delays, on)
    term = convention.base_terms.initial_term_end
    if letters and letters[-1].returned == Returned.WRONG_ADDRESS:
        words = "notifier de nouveau : la lettre est revenue d’une mauvaise adresse"
    else:
        words = "notifier la convention à la commune, avant le terme du texte"
    return NextAct(words=words, by=term, owed_by=Party.EPCI, step=Step.NOTIFY.value)


def next_of_letter(letter: Notification, delays: Delays, on: dt.date) -> NextAct:
    """Return what to do about a letter under way: tell its fate, or ask the post once it can wait no longer."""
    waits_until = (letter.presented or letter.sent) + dt.timedelta(days=delays.postal_days)
    sender, step = Party(letter.sender), Step.TELL_FATE.value
    if on <= waits_until:
        words = f"dire ce qu’est devenue la lettre envoyée le {date_words(letter.sent)}"
        return NextAct(words=words, by=waits_until, owed_by=sender, step=step)
    words = f"demander à la Poste ce qu’est devenue la lettre envoyée le {date_words(letter.sent)}"
    return NextAct(words=words, by=waits_until, owed_by=sender, step=step)


def _awaited(convention: Convention, party: Party, on: dt.date, avenant: Avenant | None, of_text: str) -> NextAct:
    last = _last_act(convention, party, on, avenant)
    assembly = ASSEMBLIES[party]
    if last is None:
        return NextAct(words=f"faire voter{of_text} par {assembly}", owed_by=party, step=Step.RECORD_ACT.value)
    if last.outcome == Outcome.ADOPTED:
        return _incomplete(last, party, on)
    if last.outcome == Outcome.REFUSED:
        words = f"{assembly} a refusé{of_text} : le reprendre, ou l’abandonner"
        return NextAct(words=words, owed_by=Party.EPCI, step=Step.RECORD_ACT.value)
    following = last.next_council_on
    if following is None:
        words = f"vote reporté : demander la date de la prochaine séance ({assembly})"
        return NextAct(words=words, owed_by=party, step=Step.RECORD_ACT.value)
    if following < on:
        words = f"dire ce qu’a décidé {assembly} le {date_words(following)}"
    else:
        words = f"vote reporté : {assembly} se réunit le {date_words(following)}"
    return NextAct(words=words, by=following, owed_by=party, step=Step.RECORD_ACT.value)


def _last_act(convention: Convention, party: Party, on: dt.date, avenant: Avenant | None) -> Act | None:
    sha256 = (avenant or convention).text_sha256
    acts = [
        one.act
        for one in convention.authorisations.all()
        if one.avenant_id == (avenant.pk if avenant else None)
        and one.party == party
        and one.act.kind in AUTHORISING[party]
        and one.text_sha256 == sha256
        and one.act.held_on <= on
    ]
    return max(acts, key=lambda act: (act.held_on, act.pk), default=None)


def _incomplete(act: Act, party: Party, on: dt.date) -> NextAct:
    """Tell what an adopted act lacks to be executory (L. 2131-1 CGCT)."""
    name = f"la délibération n°\u00a0{act.number} du {date_words(act.held_on)}"
    lacks = list(_lacking(act))
    if not lacks:
        day = act.executory_on
        return NextAct(
            words=f"{name} devient exécutoire le {date_words(day) if day else ''}",
            by=day,
            owed_by=party,
            step=Step.COMPLETE_ACT.value,
        )
    return NextAct(words=f"{' et '.join(lacks)} {name}", owed_by=party, step=Step.COMPLETE_ACT.value)


def _lacking(act: Act) -> Iterable[str]:
    if act.transmitted_on is None:
        yield "transmettre au contrôle de légalité"
    if act.published_on is None:
        yield "publier"
