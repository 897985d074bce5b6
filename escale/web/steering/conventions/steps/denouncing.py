"""The steps of a denunciation (art. 5-1): its letter, its sending, and taking it back with the agreement of both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from escale.apps.conventions.actions.denouncing import denounce, withdraw_denunciation
from escale.apps.conventions.actions.preparing import prepare_denunciation
from escale.apps.conventions.forecasts import aimed_periods, denunciation_forecast
from escale.apps.conventions.labels import CERTAINTIES, RULE_MEANINGS
from escale.apps.conventions.models import Convention, Denonciation, PaperKind, Party
from escale.apps.conventions.queries import course_of, qualified
from escale.apps.conventions.sentences import advice_sentences, outcome_sentence
from escale.apps.territory import clock
from escale.core.calendar.french import date_words
from escale.core.convention.denunciation import Qualified, qualify
from escale.core.convention.letters import Channel, Letter, form_fault
from escale.core.convention.life import RUNNING, Situation
from escale.core.convention.reasons import RULE_WORDS, judged_words, reasons_of
from escale.core.convention.refusals import RefusedError
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import parting
from escale.web.steering.conventions.steps.denouncing_forms import DenounceForm, PrepareForm, WithdrawForm, standing
from escale.web.steering.conventions.steps.letters import posting_of
from escale.web.steering.conventions.steps.step import Cleaned, Step

NO_ACT = (
    "Aucun acte n’est joint à cette dénonciation : le texte n’en demande pas, mais qui signe agit au nom de son assemblée. "
    "Vérifier qu’elle l’y autorise."
)


def rule_sentences(found: Qualified, letter: Letter) -> list[str]:
    """Return why a letter is qualified as it is, and what each of the four rules of date makes of it."""
    told = list(reasons_of(found, letter))
    if not found.form_fault:
        told += [
            f"{RULE_WORDS[rule].capitalize()} ({RULE_MEANINGS[rule]}) : {judged_words(judged)}."
            for rule, judged in found.rules.items()
        ]
    return told


def _prepare(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    paper = prepare_denunciation(
        actor=visitor.user,
        convention=convention,
        author=parting.author_of(cleaned),
        aims_at=cleaned["aims_at"],
        act=cleaned["act"],
        states_fallback=cleaned["states_fallback"],
    )
    return f"La lettre est prête dans les pièces : {paper.file.name}. La relire, la signer, la poster, puis enregistrer l’envoi."


def _denounce(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    author = parting.author_of(cleaned)
    row = denounce(
        actor=visitor.user,
        convention=convention,
        author=author,
        posting=posting_of(cleaned),
        aims_at=cleaned["aims_at"],
        states_fallback=cleaned["states_fallback"],
        act=cleaned["act"],
        keep_void=cleaned["keep_void"],
    )
    parting.keep_letter(visitor, convention, row.notification, cleaned, PaperKind.DENUNCIATION, author)
    found = qualified(row, convention)
    if found is None:
        return (
            "La dénonciation est en route : elle compte une fois la lettre remise, ou revenue. Dire alors ce qu’elle est devenue."
        )
    return " ".join(_qualification(found))


def _qualification(found: Qualified) -> tuple[str, ...]:
    """Return how sure a denunciation is, what follows, and what the parties may do about it."""
    return f"Cette dénonciation est {CERTAINTIES[found.certainty]}.", outcome_sentence(found), *advice_sentences(found)


def _withdraw(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    row: Denonciation = cleaned["denonciation"]
    taken = withdraw_denunciation(
        actor=visitor.user,
        denonciation=row,
        epci_accepts_on=cleaned["epci_accepts_on"],
        commune_accepts_on=cleaned["commune_accepts_on"],
        proof=cleaned["proof"],
    )
    note = f"retrait de la dénonciation envoyée le {date_words(row.notification.sent)}"
    parting.keep_file(visitor, convention, cleaned["file"], PaperKind.SIGNED, Party.EPCI, note=note)
    on = f" le {date_words(taken.withdrawn_on)}" if taken.withdrawn_on else ""
    return f"La dénonciation est retirée{on}, d’un commun accord."


def _told_when_prepared(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    on = clock.today(convention.epci)
    aimed = next((period for period in aimed_periods(convention, on) if period.end == cleaned["aims_at"]), None)
    if aimed is None:
        return ()
    return denunciation_forecast(convention, aimed, on, states_fallback=cleaned["states_fallback"])


def _told_when_sent(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    """Tell what a letter brings about, and that nothing on file authorises it when that is so."""
    return [*_rules_told(convention, cleaned), *(() if cleaned["act"] else (NO_ACT,))]


def _rules_told(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    """Tell the four rules of a letter whose fate is known; of one under way, what its arrival decides."""
    sent: dt.date = cleaned["sent"]
    course = course_of(convention, sent)
    if course is None or form_fault(course.terms, cleaned["channel"]):
        return ()
    fallback = cleaned["states_fallback"]
    try:
        posting = posting_of(cleaned)
        if posting.delivered or posting.returned:
            letter = Letter(
                sent=sent,
                presented=posting.presented,
                delivered=posting.delivered,
                returned=posting.returned,
                channel=posting.channel,
            )
            found = qualify(course, letter, term=cleaned["aims_at"], states_fallback=fallback)
            return rule_sentences(found, letter)
    except RefusedError:
        return ()
    aimed = course.ending_on(cleaned["aims_at"]) if cleaned["aims_at"] else course.period_on(sent)
    # The last day to post it says nothing any more: it has left.
    return denunciation_forecast(convention, aimed, sent, states_fallback=fallback)[:1] if aimed else ()


def _proposed(convention: Convention) -> Mapping[str, Any]:
    on = clock.today(convention.epci)
    periods = aimed_periods(convention, on)
    open_ones = [period for period in periods if on <= period.last_day_to_denounce] or periods
    return {"author": Party.EPCI, "aims_at": open_ones[0].end if open_ones else "", "states_fallback": True}


def _as_prepared(convention: Convention) -> Mapping[str, Any]:
    prepared = dict(parting.values_prepared(convention, PaperKind.DENUNCIATION))
    # The letter cites its act in words; here it is chosen among those on file.
    prepared.pop("act", None)
    return {"states_fallback": True, "channel": Channel.LRAR, **prepared}


def _may_withdraw(convention: Convention, _: Situation, __: Visitor) -> bool:
    return bool(standing(convention))


def fate_sentences(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    """Return what the four rules make of a denunciation whose letter one tells the fate of."""
    letter = cleaned["letter"]
    row = Denonciation.objects.filter(notification=letter).first()
    course = course_of(convention, letter.sent)
    if row is None or course is None or not (cleaned["delivered"] or cleaned["returned"]):
        return ()
    try:
        told = Letter(
            sent=letter.sent,
            presented=cleaned["presented"] or letter.presented,
            delivered=cleaned["delivered"],
            returned=cleaned["returned"],
            channel=Channel(letter.channel),
        )
        found = qualify(course, told, term=row.aims_at, states_fallback=row.states_fallback)
    except RefusedError:
        return ()
    return [*_qualification(found), *rule_sentences(found, told)]


STEPS = (
    Step(
        name="preparer-denonciation",
        title="Préparer une dénonciation",
        question="Qui dénonce la convention, et pour quand ?",
        form=PrepareForm,
        perform=_prepare,
        forecast=_told_when_prepared,
        initial=_proposed,
        states=RUNNING,
        permission="conventions.decide",
        hints=(
            "La dénonciation se fait par lettre recommandée avec accusé de réception, deux mois avant le terme (art. 5-1).",
            "La lettre est d’abord préparée ; rien ne part d’ici.",
        ),
    ),
    Step(
        name="denoncer",
        title="Enregistrer l’envoi d’une dénonciation",
        question="Quelle dénonciation est partie, et quand ?",
        form=DenounceForm,
        perform=_denounce,
        forecast=_told_when_sent,
        initial=_as_prepared,
        states=RUNNING,
        permission="conventions.decide",
        hints=("Envoyée par l’EPCI ou reçue de la commune : l’une et l’autre s’enregistrent ici, avec le numéro du recommandé.",),
    ),
    Step(
        name="retirer-la-denonciation",
        title="Retirer une dénonciation",
        question="Les deux parties ont-elles accepté le retrait, par écrit ?",
        form=WithdrawForm,
        perform=_withdraw,
        states=RUNNING,
        permission="conventions.decide",
        when=_may_withdraw,
        hints=("Une dénonciation se retire avant le terme, avec l’accord écrit des deux parties. La convention continue alors.",),
    ),
)
