"""Bring an avenant into force: notified by a letter, it counts once that letter has reached the commune (art. 8)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.amending import NOT_IN_FORCE, lock_avenant
from escale.apps.conventions.actions.ending import settle_end
from escale.apps.conventions.actions.opening import beside, keep, refused, require_state
from escale.apps.conventions.actions.posting import Posting, post, require_known_fate
from escale.apps.conventions.models import Avenant, Convention, Matter, Notification, Party
from escale.apps.conventions.queries import terms_on
from escale.core.convention import avenants as rules
from escale.core.convention.letters import Channel, Returned
from escale.core.convention.life import RUNNING


@transaction.atomic
def notify_avenant(
    *, actor: Actor, avenant: Avenant, posting: Posting, stated: dt.date | None = None, retroactive: bool = False
) -> Avenant:
    """Notify an avenant signed by both; `stated` is the effect that its own text states, if its draft did not say.

    While the letter is under way nothing else happens: `tell_fate` says later what became of it.
    """
    locked, row = lock_avenant(actor, avenant)
    signed = list(row.signatures.values_list("signed_on", flat=True))
    if row.notified_on or row.abandoned_on or len(signed) < len(Party):
        raise refused("sent", "E_TRANSITION", "Un avenant se notifie une fois, signé par les deux parties.")
    if posting.sent < max(signed):
        words = "Un avenant se notifie une fois signé par les deux parties ; corriger la date."
        raise refused("sent", "E_NOTIFICATION_BEFORE_SIGNATURE", words)
    require_state(locked, posting.sent, RUNNING, "sent", NOT_IN_FORCE)
    if posting.channel in {Channel.ORAL, Channel.E_MAIL}:
        raise refused("channel", "E_VOID_FORM", "Une notification se prouve : lettre recommandée, ou remise contre récépissé.")
    if row.notifications.filter(delivered=None, returned="").exists():
        raise refused("sent", "E_UNDER_WAY", "Une lettre qui notifie cet avenant est en route : dire d’abord ce qu’elle devient.")
    keep(row, stated_on=stated or row.stated_on, is_retroactive=retroactive or row.is_retroactive)
    letter = post(locked, matter=Matter.AVENANT, sender=Party.EPCI, posting=posting, avenant=row)
    told = {"notification": letter.pk, "matter": letter.matter, "avenant": row.number}
    journal.record("conventions.posted", actor=actor, convention=locked, on=letter.sent, **told)
    if not letter.is_under_way:
        require_known_fate(letter)
        bring_into_force(actor, locked, letter)
    return Avenant.objects.get(pk=row.pk)


def bring_into_force(actor: Actor, convention: Convention, letter: Notification) -> None:
    """Let an avenant count, once the letter that notifies it has reached the commune; one that reached nobody changes nothing."""
    if letter.avenant is None or letter.returned == Returned.WRONG_ADDRESS:
        return
    row = Avenant.objects.select_for_update(of=("self",)).get(pk=letter.avenant.pk)
    reached = require_known_fate(letter)
    signed = max(row.signatures.values_list("signed_on", flat=True))
    require_state(convention, reached, RUNNING, "sent", NOT_IN_FORCE)
    with beside("sent"):
        effect = rules.effect_of(
            terms_on(convention, reached), signed=signed, notified=reached, stated=row.stated_on, retroactive=row.is_retroactive
        )
    keep(row, notified_on=reached, effect_on=effect)
    row.clauses.update(is_under_way=False)
    told = {"avenant": row.number, "effect_on": effect}
    journal.record("conventions.avenant_notified", actor=actor, convention=convention, on=reached, **told)
    settle_end(actor, convention, reached)
