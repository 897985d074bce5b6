"""Denounce a convention for one of its terms, and withdraw a denunciation with the agreement of both (art. 5-1)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.ending import settle_end
from escale.apps.conventions.actions.opening import beside, keep, lock, refused, require_dates, require_state, require_step
from escale.apps.conventions.actions.posting import Posting, post
from escale.apps.conventions.models import AUTHORISING, Act, Convention, Denonciation, Matter, Party
from escale.apps.conventions.queries import qualified, terms_on
from escale.apps.conventions.succession import heir_of
from escale.core.convention.letters import form_fault
from escale.core.convention.life import RUNNING, State, Trigger

ENDED_WORDS = "La convention n’est pas en vigueur le jour de l’envoi : il n’y a rien à dénoncer."


@transaction.atomic
def denounce(
    *,
    actor: Actor,
    convention: Convention,
    author: Party,
    posting: Posting,
    aims_at: dt.date | None = None,
    states_fallback: bool = True,
    act: Act | None = None,
    keep_void: bool = False,
) -> Denonciation:
    """Record the letter by which a party denounces; what it brings about is computed, and may wait for the letter.

    The text asks for no act: one that is given is of the assembly of its author.

    One in a form that article 5-1 does not know (an e-mail) is without effect: it is refused, or kept as such with `keep_void`.
    """
    locked = lock(actor, "conventions.decide", convention)
    require_state(locked, posting.sent, RUNNING, "sent", ENDED_WORDS)
    fault = form_fault(terms_on(locked, posting.sent), posting.channel)
    if fault and not keep_void:
        raise refused("channel", "E_VOID_FORM", f"Sans effet – forme. {fault}")
    if act is not None and not _is_of(act, author, locked, posting.sent):
        raise refused("act", "E_NOT_ITS_ACT", "Cet acte n’est pas de la partie qui dénonce ; en choisir un autre, ou aucun.")
    letter = post(locked, matter=Matter.DENUNCIATION, sender=author, posting=posting)
    row = keep(
        Denonciation(),
        convention=locked,
        author=author.value,
        notification=letter,
        aims_at=aims_at,
        states_fallback=states_fallback,
        act=act,
    )
    with beside("sent"):
        found = qualified(row, locked)
    told = {
        "denonciation": row.pk,
        "author": author.value,
        "act": act.pk if act else None,
        "certainty": found.certainty.value if found else "",
    }
    journal.record("conventions.denounced", actor=actor, convention=locked, on=letter.sent, **told)
    settle_end(actor, locked, letter.sent)
    return row


def _is_of(act: Act, author: Party, convention: Convention, on: dt.date) -> bool:
    commune = heir_of(convention.commune, on).pk if author is Party.COMMUNE else None
    return act.kind in AUTHORISING[author] and act.epci_id == convention.epci_id and act.commune_id == commune


@transaction.atomic
def withdraw_denunciation(
    *,
    actor: Actor,
    denonciation: Denonciation,
    epci_accepts_on: dt.date | None,
    commune_accepts_on: dt.date | None,
    proof: str = "",
) -> Denonciation:
    """Take a denunciation back: both parties say so in writing, before the term."""
    locked = lock(actor, "conventions.decide", denonciation.convention)
    require_dates(locked, proof, epci_accepts_on=epci_accepts_on, commune_accepts_on=commune_accepts_on)
    if epci_accepts_on is None or commune_accepts_on is None:
        words = "Une dénonciation se retire avant le terme, avec l’accord écrit des deux parties."
        raise refused("commune_accepts_on", "E_WITHDRAWAL_NOT_ACCEPTED", words)
    on = max(epci_accepts_on, commune_accepts_on)
    situation = require_state(locked, on, RUNNING, "commune_accepts_on", "Une dénonciation se retire avant le terme.")
    if situation.state is State.IN_NOTICE:
        require_step(locked, Trigger.WITHDRAWN, on, "commune_accepts_on", {"both_accept_withdrawal": True})
    row = Denonciation.objects.select_for_update(of=("self",)).get(pk=denonciation.pk)
    if row.withdrawn_on:
        raise refused("convention", "E_WITHDRAWN_ALREADY", "Cette dénonciation est déjà retirée.")
    keep(row, epci_accepts_on=epci_accepts_on, commune_accepts_on=commune_accepts_on, withdrawn_on=on)
    journal.record("conventions.denunciation_withdrawn", actor=actor, convention=locked, on=on, denonciation=row.pk)
    settle_end(actor, locked, on)
    return row
