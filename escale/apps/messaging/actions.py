"""The only writers of messages: one is written down and queued; what became of it is noted, and whom it went to forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.messaging.gsm import MOST, gsm_length, to_gsm
from escale.apps.messaging.mobiles import mobile_number
from escale.apps.messaging.models import Channel, Message, MessageState, OfEpciQuerySet
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse

MOST_LETTERS_OF_A_REASON = 300
KEPT_DAYS = 90
"""How long the address of a message is kept after it was written."""
ANONYMOUS = {"to": "", "body": "", "error": "", "provider_id": "", "is_anonymous": True}


@transaction.atomic
def send_message(
    *,
    actor: Actor,
    epci: Epci,
    to: str,
    subject: str,
    body: str,
    about: str,
    once: str = "",
    not_after: dt.datetime | None = None,
) -> Message:
    """Write a letter in plain text to one address and put it in the queue.

    `about` names in one word what it is about, such as « link:12 »; a second message with the same `once` is the first one, and
    none leaves after `not_after`. Raise ValidationError for an address that is none.
    """
    require(actor, "messaging.send", epci)
    if not body.strip():
        raise refuse("body", "Ce message n’a pas de texte ; en écrire un.")
    message = Message(epci=epci, channel=Channel.EMAIL.value, to=read_address(to), about=about, once=once, not_after=not_after)
    message.subject, message.body = " ".join(subject.split()), body.strip() + "\n"
    return _queue(actor, message)


@transaction.atomic
def send_sms(
    *, actor: Actor, epci: Epci, to: str, text: str, about: str, once: str = "", not_after: dt.datetime | None = None
) -> Message:
    """Write a text message to a mobile and put it in the queue; it is written in the alphabet of text messages.

    `about`, `once` and `not_after` are those of `send_message`. Raise ValidationError, under « to », for a line that receives
    none, and under « text » for what does not fit in one message.
    """
    require(actor, "messaging.send", epci)
    number, words = mobile_number(to), to_gsm(text)
    if number is None:
        raise refuse("to", "Ce numéro ne reçoit pas de SMS ; donner un mobile, par exemple « 06 39 98 00 10 », ou appeler.")
    if not words:
        raise refuse("text", "Ce SMS n’a pas de texte ; en écrire un.")
    if (length := gsm_length(words)) > MOST:
        raise refuse("text", f"Ce SMS compte {length} caractères : {MOST} au plus ; le raccourcir.")
    message = Message(epci=epci, channel=Channel.SMS.value, to=number, body=words, about=about, once=once, not_after=not_after)
    return _queue(actor, message)


def read_address(text: str) -> str:
    """Return an e-mail address as it is written to. Raise ValidationError, under « to », when it is none."""
    address = text.strip()
    if not address:
        raise refuse("to", "L’adresse électronique manque ; écrire par exemple « mairie@exemple.fr ».")
    try:
        validate_email(address)
    except ValidationError:
        raise refuse(
            "to", f"« {address} » n’est pas une adresse électronique ; écrire par exemple « mairie@exemple.fr »."
        ) from None
    return address


@transaction.atomic
def note_sent(*, actor: Actor, message: Message, provider_id: str = "") -> None:
    """Say that a message left; its text goes away, since it may hold a personal link."""
    row = _waiting(actor, message)
    if row is None:
        return
    row.state, row.sent_at, row.provider_id, row.body, row.error = MessageState.SENT.value, timezone.now(), provider_id, "", ""
    row.save(update_fields=["state", "sent_at", "provider_id", "body", "error"])
    events.record("messaging.message_sent", actor=actor, epci=row.epci.siren, subject=row, about=row.about)


@transaction.atomic
def note_delay(*, message: Message, reason: str) -> None:
    """Say why a message did not leave; it will be tried again."""
    Message.objects.filter(pk=message.pk, state=MessageState.QUEUED.value).update(error=_short(reason))


@transaction.atomic
def note_failed(*, actor: Actor, message: Message, reason: str) -> None:
    """Say that a message will not leave, and why; its text goes away: who tries again writes another one."""
    row = _waiting(actor, message)
    if row is None:
        return
    row.state, row.body, row.error = MessageState.FAILED.value, "", _short(reason)
    row.save(update_fields=["state", "body", "error"])
    events.record("messaging.message_failed", actor=actor, epci=row.epci.siren, subject=row, about=row.about)


@transaction.atomic
def drop_messages(*, actor: Actor, messages: Collection[int]) -> int:
    """Take out of the queue messages that have nothing to say any more; return how many had not left."""
    rows = Message.objects.filter(pk__in=messages, state=MessageState.QUEUED.value)
    for row in rows.select_related("epci"):
        require(actor, "messaging.send", row.epci)
    return rows.update(state=MessageState.DROPPED.value, body="", error="")


@transaction.atomic
def forget_receivers(*, actor: Actor, on: dt.date) -> int:
    """Erase where the messages that are ninety days old on a civil day went; what is left says that one left. Return how many."""
    require(actor, "messaging.forget", "installation")
    limit = dt.datetime.combine(on - dt.timedelta(days=KEPT_DAYS), dt.time.min, tzinfo=dt.UTC)
    return _forget(Message.objects.filter(queued_at__lt=limit))


@transaction.atomic
def forget_messages(*, actor: Actor, epci: Epci, messages: Collection[int]) -> int:
    """Erase at once where some messages of an EPCI went: a person asked for it. Return how many."""
    require(actor, "messaging.erase", epci)
    return _forget(Message.objects.filter(epci=epci, pk__in=messages))


def _queue(actor: Actor, message: Message) -> Message:
    if message.once and (done := _written(message)) is not None:
        return done
    message.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        # Another round wrote it at the same moment.
        if (done := _written(message)) is None:
            raise
        return done
    events.record(
        "messaging.message_queued",
        actor=actor,
        epci=message.epci.siren,
        subject=message,
        about=message.about,
        channel=message.channel,
    )
    return message


def _written(message: Message) -> Message | None:
    found: Message | None = Message.objects.filter(epci=message.epci, once=message.once).exclude(once="").first()
    return found


def _waiting(actor: Actor, message: Message) -> Message | None:
    """Return a message as it is now, if nothing has become of it yet."""
    require(actor, "messaging.send", message.epci)
    rows = Message.objects.select_for_update(of=("self",)).select_related("epci")
    found: Message | None = rows.filter(pk=message.pk, state=MessageState.QUEUED.value).first()
    return found


def _forget(messages: OfEpciQuerySet) -> int:
    rows = messages.filter(is_anonymous=False)
    rows.filter(state=MessageState.QUEUED.value).update(state=MessageState.DROPPED.value)
    return rows.update(**ANONYMOUS)


def _short(reason: str) -> str:
    words = " ".join(reason.split())
    return words if len(words) <= MOST_LETTERS_OF_A_REASON else f"{words[: MOST_LETTERS_OF_A_REASON - 1]}…"
