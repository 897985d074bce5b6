"""The only writers of messages: one is written down and queued; whether it left is noted afterwards."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.messaging.models import Message, MessageState
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse

MOST_LETTERS_OF_A_REASON = 300


@transaction.atomic
def send_message(*, actor: Actor, epci: Epci, to: str, subject: str, body: str, about: str) -> Message:
    """Write a letter in plain text to one address and put it in the queue.

    `about` names in one word what it is about, such as « link:12 ». Raise ValidationError for an address that is none.
    """
    require(actor, "messaging.send", epci)
    message = Message(epci=epci, to=read_address(to), subject=" ".join(subject.split()), body=body.strip() + "\n", about=about)
    if not body.strip():
        raise refuse("body", "Ce message n’a pas de texte ; en écrire un.")
    message.full_clean()
    message.save()
    events.record("messaging.message_queued", actor=actor, epci=epci.siren, subject=message, about=about)
    return message


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
def note_sent(*, message: Message) -> None:
    """Say that a message left; its text goes away, since it may hold a personal link."""
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT.value, sent_at=timezone.now(), body="", error="")


@transaction.atomic
def note_delay(*, message: Message, reason: str) -> None:
    """Say why a message did not leave; it will be tried again."""
    Message.objects.filter(pk=message.pk).update(error=_short(reason))


@transaction.atomic
def note_failed(*, actor: Actor, message: Message, reason: str) -> None:
    """Say that a message will not leave, and why; its text goes away: who tries again writes another one."""
    require(actor, "messaging.send", message.epci)
    Message.objects.filter(pk=message.pk).update(state=MessageState.FAILED.value, body="", error=_short(reason))
    events.record("messaging.message_failed", actor=actor, epci=message.epci.siren, subject=message, about=message.about)


def _short(reason: str) -> str:
    words = " ".join(reason.split())
    return words if len(words) <= MOST_LETTERS_OF_A_REASON else f"{words[: MOST_LETTERS_OF_A_REASON - 1]}…"
