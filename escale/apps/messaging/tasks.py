"""Send what is in the queue, by the mail server or the provider of text messages; one that is busy or away is tried again."""

from __future__ import annotations

import datetime as dt
import smtplib

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.actions import note_delay, note_failed, note_sent
from escale.apps.messaging.models import Channel, Message, MessageState
from escale.apps.messaging.sms import ProviderError, provider
from escale.apps.territory import clock

DELAYS = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(hours=6))
"""What is waited after each try but the last."""
FOR_EVER = 500
"""Replies of a server from this one on say that trying again is useless (RFC 5321)."""
TOO_LATE = "Trop tard : ce que ce message annonçait est passé"


@task()
def deliver(entry: int) -> None:
    """Send the message that an entry of the log queued."""
    try_to_deliver(int(Entry.objects.get(pk=entry).subject_id), tried=0)


@task()
def deliver_again(key: int, tried: int) -> None:
    """Send a message that could not leave before."""
    try_to_deliver(key, tried=tried)


def try_to_deliver(key: int, *, tried: int) -> None:
    """Send a message that waits; when it cannot leave, try again later or say why it never will.

    No lock is held meanwhile: a server may take seconds to answer. A worker that dies between the sending and its note
    sends twice, which is better than never.
    """
    message = Message.objects.filter(pk=key, state=MessageState.QUEUED.value).select_related("epci").first()
    if message is None:
        return
    if message.not_after is not None and clock.moment(message.epci) >= message.not_after:
        note_failed(actor=SYSTEM, message=message, reason=TOO_LATE)
        return
    try:
        named = _send(message)
    except (OSError, smtplib.SMTPException, ProviderError) as error:
        _wait_or_fail(message, error, tried)
    else:
        note_sent(actor=SYSTEM, message=message, provider_id=named)


def _send(message: Message) -> str:
    """Send a message; return how its provider calls it, if it does."""
    if message.channel == Channel.SMS:
        return provider().send(to=message.to, text=message.body)
    letter = EmailMessage(message.subject, message.body, to=[message.to], headers={"Auto-Submitted": "auto-generated"})
    letter.send()
    return ""


def _wait_or_fail(message: Message, error: Exception, tried: int) -> None:
    reason = _reason(error)
    if _is_final(error) or tried >= len(DELAYS):
        note_failed(actor=SYSTEM, message=message, reason=reason)
        return
    note_delay(message=message, reason=reason)
    deliver_again.using(run_after=timezone.now() + DELAYS[tried]).enqueue(message.pk, tried + 1)


def _is_final(error: Exception) -> bool:
    if isinstance(error, ProviderError):
        return error.is_final
    codes = [code for code, _ in _replies(error)]
    return bool(codes) and min(codes) >= FOR_EVER


def _reason(error: Exception) -> str:
    if isinstance(error, ProviderError):
        return str(error)
    replies = "; ".join(f"{code} {text}" for code, text in _replies(error))
    if replies:
        return f"Le serveur de messagerie a refusé ce courriel : {replies}"
    return f"Le serveur de messagerie ne répond pas : {error or type(error).__name__}"


def _replies(error: Exception) -> list[tuple[int, str]]:
    """Return what the server replied: for each recipient, or for the letter as a whole."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, _text(said)) for code, said in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException):
        return [(error.smtp_code, _text(error.smtp_error))]
    return []


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
