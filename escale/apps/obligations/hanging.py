"""What comes next for what hangs over a convention in force: its end, letters, denunciations, notices, disputes, avenants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from escale.apps.conventions.models import Avenant, Convention, Litige, MiseEnDemeure, Party
from escale.apps.conventions.queries import avenant_state, cure_ends_on, qualified, recourse_until
from escale.apps.obligations.acts import Delays, NextAct, Step
from escale.apps.obligations.texts import next_of_deliberation, next_of_letter, next_signature
from escale.core.calendar.french import date_words
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.cycles.dispute import DisputeState, amicable_reminder
from escale.core.convention.denunciation import Certainty

AMICABLE_WORDS = {
    DisputeState.OPEN: "commencer la recherche d’un accord amiable (art. 9)",
    DisputeState.AGREED: "clore le litige : un accord est trouvé",
    DisputeState.AMICABLE_FAILED: "demander une médiation (art. 9 ; L. 213-1 CJA)",
    DisputeState.MEDIATION_ASKED: "attendre la désignation du médiateur",
    DisputeState.MEDIATION: "suivre la médiation",
    DisputeState.MEDIATED: "faire homologuer l’accord, ou clore le litige",
    DisputeState.HOMOLOGATED: "clore le litige : l’accord est homologué",
    DisputeState.MEDIATION_FAILED: "décider de saisir le tribunal administratif",
    DisputeState.IN_COURT: "attendre le jugement",
    DisputeState.JUDGED: "décider d’un recours, ou clore le litige",
    DisputeState.WITHDRAWN: "clore le litige : la requête est retirée",
    DisputeState.APPEALED: "attendre la décision d’appel",
}


def hanging_acts(convention: Convention, delays: Delays, on: dt.date) -> Iterator[NextAct]:
    """Yield what has to be done about what hangs over a convention, the most pressing first."""
    for letter in convention.notifications.all():
        if letter.is_under_way and letter.sent <= on:
            yield next_of_letter(letter, delays, on)
    for notice in convention.mises_en_demeure.all():
        yield from _notice(notice, convention, on)
    yield from _contestable(convention, on)
    for litige in convention.litiges.all():
        yield from dispute_acts(litige, delays, on)
    for avenant in convention.avenants.all():
        yield from _avenant(avenant, convention, on)


def last_notice_of_end(convention: Convention, on: dt.date) -> NextAct | None:
    """Return what is awaited of a termination that is decided: its last day, then the end of the time to contest it."""
    termination = getattr(convention, "termination", None)
    if termination is None or termination.decided_on > on:
        return None
    if on <= termination.last_day:
        words = f"préparer la fin : résiliation, dernier jour le {date_words(termination.last_day)}"
        return NextAct(words=words, by=termination.last_day)
    until = recourse_until(convention)
    if until is None or on > until:
        return None
    return NextAct(words=f"un recours est possible jusqu’au {date_words(until)}", by=until)


def dispute_state_on(litige: Litige, on: dt.date) -> DisputeState:
    """Return where a dispute stands on a day, from the steps that are read with it."""
    steps = [step for step in litige.steps.all() if step.on <= on]
    return DisputeState(max(steps, key=lambda step: step.number).state) if steps else DisputeState.OPEN


def dispute_acts(litige: Litige, delays: Delays, on: dt.date) -> Iterator[NextAct]:
    """Yield what has to be done about a dispute (art. 9), unless it is closed or not open yet."""
    state = dispute_state_on(litige, on)
    if litige.opened_on > on or state is DisputeState.CLOSED:
        return
    if state is not DisputeState.AMICABLE:
        yield NextAct(words=AMICABLE_WORDS[state], step=Step.DISPUTE.value)
        return
    ask_on = amicable_reminder(litige.opened_on, days=delays.amicable_days)
    words = "rechercher un accord amiable, puis faire le point" if on < ask_on else "dire où en est la recherche amiable (art. 9)"
    yield NextAct(words=words, by=ask_on, step=Step.DISPUTE.value)


def is_open(notice: MiseEnDemeure, convention: Convention, on: dt.date) -> bool:
    """Whether a mise en demeure still waits for what follows it."""
    termination = getattr(convention, "termination", None)
    is_followed = termination is not None and termination.mise_en_demeure_id == notice.pk
    is_closed = notice.closed_on is not None and notice.closed_on <= on
    return notice.notification.sent <= on and not is_closed and not is_followed


def _notice(notice: MiseEnDemeure, convention: Convention, on: dt.date) -> Iterator[NextAct]:
    if not is_open(notice, convention, on) or notice.notification.is_under_way:
        return
    author = Party(notice.author)
    last = cure_ends_on(notice, convention)
    step = Step.CLOSE_NOTICE.value
    if last is None:
        yield NextAct(words="la mise en demeure n’a atteint personne : la notifier de nouveau", owed_by=author, step=step)
    elif on <= last:
        words = f"mise en demeure : régulariser au plus tard le {date_words(last)} (art. 5-2)"
        yield NextAct(words=words, by=last, owed_by=author.other, step=step)
    else:
        words = "mise en demeure échue : dire si elle a eu un effet, ou décider de la suite (art. 5-2)"
        yield NextAct(words=words, owed_by=author, step=step)


def _contestable(convention: Convention, on: dt.date) -> Iterator[NextAct]:
    if getattr(convention, "termination", None) is not None:
        # The end is settled, by the agreement that was proposed or otherwise.
        return
    for denonciation in convention.denonciations.all():
        if denonciation.notification.sent > on or (denonciation.withdrawn_on and denonciation.withdrawn_on <= on):
            continue
        found = qualified(denonciation, convention)
        if found is not None and found.certainty is Certainty.CONTESTABLE:
            words = "dénonciation contestable : proposer un accord écrit sur la date de fin (art. 5-2)"
            by = found.aimed.end if on <= found.aimed.end else None
            yield NextAct(words=words, by=by, owed_by=Party.EPCI, step=Step.AGREE.value)


def _avenant(avenant: Avenant, convention: Convention, on: dt.date) -> Iterator[NextAct]:
    number = f"l’avenant n°\u00a0{avenant.number}"
    match avenant_state(avenant, convention, on):
        case AvenantState.DRAFT:
            words = f"achever {number} et l’envoyer aux deux assemblées"
            yield NextAct(words=words, owed_by=Party.EPCI, step=Step.FREEZE_AVENANT.value)
        case AvenantState.IN_DELIBERATION:
            found = next_of_deliberation(convention, on, avenant)
            step = Step.ACT_OF_AVENANT.value if found.step == Step.RECORD_ACT.value else found.step
            yield NextAct(words=found.words, by=found.by, owed_by=found.owed_by, step=step)
        case AvenantState.TO_SIGN:
            yield next_signature(convention, avenant)
        case AvenantState.SIGNED:
            yield NextAct(words=f"notifier {number}", owed_by=Party.EPCI, step=Step.NOTIFY_AVENANT.value)
