"""Where rows tell who someone is, and what is done with each kind; the domains above describe theirs the same way."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from escale.apps.audit.actors import Actor, SystemActor
from escale.apps.booking.models import RightsRequest
from escale.apps.messaging.actions import forget_messages
from escale.apps.messaging.labels import CHANNELS, MESSAGE_STATES
from escale.apps.messaging.models import Channel, Message, MessageState
from escale.apps.territory.models import Epci
from escale.apps.territory.names import normalised

ACTOR = SystemActor(actor_id="booking")
"""Forgets the receipts of a person: who may erase the person may not read the messages of the EPCI."""
DIGITS_COMPARED = 9
"""Of a telephone: what follows the zero, or the number of the country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What someone gives to be found by; either may be empty, not both."""

    name: str = ""
    contact: str = ""

    def matches(self, person: str, contact: str) -> bool:
        """Tell whether a row is about whom is looked for: each word begins one of the name, or the contact is the same."""
        words, held = normalised(self.name).split(), normalised(person).split()
        named = all(any(one.startswith(word) for one in held) for word in words) if words else False
        return named or same_contact(self.contact, contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """One thing that is known: its title, its facts under their French names, what was sent about it."""

    uid: uuid.UUID
    title: str
    facts: tuple[tuple[str, str], ...]
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of row about people, each with its `person`, its `contact` and its `uid`.

    `rows` are those that a request reaches, `leave` is done before a row is erased, `erased` is what it then holds.
    """

    rows: Callable[[Actor, RightsRequest], models.QuerySet[Any]]
    title: Callable[[Any], str]
    facts: Callable[[Any], Iterable[tuple[str, str]]]
    abouts: Callable[[Any], list[str]]
    leave: Callable[[Actor, Any], None]
    erased: Mapping[str, Any]

    def find(self, actor: Actor, request: RightsRequest, search: Search) -> list[KnownRow]:
        """Return what is about whom is looked for."""
        found = [row for row in self.rows(actor, request) if search.matches(row.person, row.contact)]
        return [self._known(request.epci, row) for row in found]

    def known(self, actor: Actor, request: RightsRequest, uids: Collection[uuid.UUID]) -> list[KnownRow]:
        """Return some rows, of those that the request reaches."""
        return [self._known(request.epci, row) for row in self.rows(actor, request).filter(uid__in=uids)]

    def erase(self, actor: Actor, request: RightsRequest, uids: Collection[uuid.UUID]) -> tuple[int, int]:
        """Erase who some rows are about, and where their messages went; return how many rows and messages."""
        rows = list(self.rows(actor, request).filter(uid__in=uids))
        sent = [message.pk for row in rows for message in _messages(request.epci, self.abouts(row))]
        for row in rows:
            self.leave(actor, row)
        forgotten = forget_messages(actor=ACTOR, epci=request.epci, messages=sent)
        for row in rows:
            type(row)._default_manager.filter(pk=row.pk).update(**self.erased)
        return len(rows), forgotten

    def _known(self, epci: Epci, row: Any) -> KnownRow:
        told = tuple(_sent_words(message) for message in _messages(epci, self.abouts(row)))
        facts = tuple((name, value) for name, value in self.facts(row) if value)
        return KnownRow(uid=row.uid, title=self.title(row), facts=facts, messages=told)


def same_contact(one: str, other: str) -> bool:
    """Tell whether two contacts are the same telephone or address, however they are written."""
    if "@" in one or "@" in other:
        return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
    digits = [re.sub(r"\D", "", text)[-DIGITS_COMPARED:] for text in (one, other)]
    return len(digits[0]) == DIGITS_COMPARED and digits[0] == digits[1]


def _messages(epci: Epci, abouts: Collection[str]) -> list[Message]:
    return list(Message.objects.filter(epci=epci, about__in=abouts).order_by("queued_at")) if abouts else []


def _sent_words(message: Message) -> str:
    way, state = CHANNELS[Channel(message.channel)], MESSAGE_STATES[MessageState(message.state)]
    to = f" à {message.to}" if message.to else ""
    return f"{way}{to}, {state}, {message.queued_at:%d/%m/%Y}"
