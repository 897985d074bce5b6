"""Notify a convention, which makes it take effect, and tell the fate of any letter that was under way."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.ending import settle_end
from escale.apps.conventions.actions.opening import keep, lock, refused, require_state, require_step
from escale.apps.conventions.actions.posting import Posting, post, write_fate
from escale.apps.conventions.actions.taking_effect import bring_into_force
from escale.apps.conventions.models import Convention, Matter, Notification, Party
from escale.apps.territory.dated import between
from escale.core.convention.letters import Channel, Returned
from escale.core.convention.life import State, Trigger
from escale.core.convention.terms import DateRule, NotificationRule


@transaction.atomic
def notify_convention(*, actor: Actor, convention: Convention, posting: Posting) -> Notification:
    """Send the commune the convention signed by both; it takes effect on the day that its article 5-1 names.

    While the letter is under way nothing else happens: `tell_fate` says later what became of it.
    """
    locked = lock(actor, "conventions.manage", convention)
    require_state(
        locked, posting.sent, (State.SIGNED,), "sent", "Une convention se notifie une fois signée par les deux parties."
    )
    if posting.channel in {Channel.ORAL, Channel.E_MAIL}:
        raise refused("channel", "E_VOID_FORM", "Une notification se prouve : lettre recommandée, ou remise contre récépissé.")
    row = post(locked, matter=Matter.CONVENTION, sender=Party.EPCI, posting=posting)
    journal.record("conventions.posted", actor=actor, convention=locked, on=row.sent, notification=row.pk, matter=row.matter)
    if not row.is_under_way:
        take_effect(actor, locked, row)
    return row


@transaction.atomic
def tell_fate(*, actor: Actor, notification: Notification, posting: Posting) -> Notification:
    """Say what became of a letter that was under way: what waited for it follows."""
    locked = lock(actor, "conventions.manage", notification.convention)
    row = Notification.objects.select_for_update(of=("self",)).get(pk=notification.pk)
    row.convention = locked
    if not row.is_under_way:
        raise refused("delivered", "E_FATE_KNOWN", "Ce qu’est devenue cette lettre est déjà enregistré.")
    if posting.sent != row.sent:
        raise refused("sent", "E_LETTER_KNOWN", "La date d’envoi de cette lettre est déjà enregistrée, et c’en est une autre.")
    told = write_fate(row, posting)
    if told.is_under_way:
        return told
    on = told.delivered or told.presented or told.sent
    journal.record("conventions.fate_told", actor=actor, convention=locked, on=on, notification=told.pk, returned=told.returned)
    match Matter(told.matter):
        case Matter.CONVENTION:
            take_effect(actor, locked, told)
        case Matter.AVENANT:
            bring_into_force(actor, locked, told)
        case Matter.DENUNCIATION:
            settle_end(actor, locked, on)
    return told


def take_effect(actor: Actor, convention: Convention, notification: Notification) -> None:
    """Bring a convention into force, on the day that its terms take for its notification (art. 5-1)."""
    if notification.returned == Returned.WRONG_ADDRESS:
        return
    effect = _effect(convention, notification)
    signed = [one.signed_on for one in convention.signatures.filter(avenant=None)]
    others = Convention.objects.filter(commune=convention.commune, notified_on__isnull=False).exclude(pk=convention.pk)
    holds = {
        "notification_follows_signatures": effect >= max(signed),
        "notification_is_before_term": effect <= convention.base_terms.initial_term_end,
        "no_other_is_in_force": not others.filter(between(effect, None, starts="notified_on", ends="ends_on")).exists(),
    }
    require_step(convention, Trigger.NOTIFIED, effect, "sent", holds)
    keep(convention, notified_on=effect)
    journal.record("conventions.notified", actor=actor, convention=convention, on=effect, notification=notification.pk)
    settle_end(actor, convention, effect)


def _effect(convention: Convention, notification: Notification) -> dt.date:
    letter = notification.letter
    match convention.base_terms.notification_date_rule:
        case NotificationRule.LETTER_DATE:
            return letter.sent
        case NotificationRule.LAST_SIGNATURE:
            return max(one.signed_on for one in convention.signatures.filter(avenant=None))
    return letter.notified_on(DateRule.ADMIN_RULE) or letter.sent
