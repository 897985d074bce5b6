"""What the rest of the house asks about messages: the last ones, and the last one about each thing."""

from __future__ import annotations

from collections.abc import Collection

from escale.apps.audit.actors import Actor
from escale.apps.messaging.models import Message
from escale.apps.territory.models import Epci

MOST = 50


def last_messages(actor: Actor, epci: Epci, *, most: int = MOST) -> list[Message]:
    """Return the last messages of an EPCI that the actor may see, the newest first."""
    return list(Message.objects.visible_to(actor).filter(epci=epci)[:most])


def messages_about(actor: Actor, epci: Epci, subjects: Collection[str]) -> dict[str, list[Message]]:
    """Return the messages about each of these things, the newest first; nothing for what nobody was written about."""
    found: dict[str, list[Message]] = {}
    for message in Message.objects.visible_to(actor).filter(epci=epci, about__in=subjects).order_by("-queued_at", "-pk"):
        found.setdefault(message.about, []).append(message)
    return found
