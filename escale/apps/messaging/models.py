"""What was sent to whom and whether it left, and the addresses at which a feed can be read."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Epci


class MessageState(StrEnum):
    """Where a message is."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Channel(StrEnum):
    """By what a message leaves."""

    EMAIL = "email"
    SMS = "sms"


class OfEpciQuerySet(ScopedQuerySet[Any]):
    """What belongs to an EPCI, cut to an actor."""

    sees = "messaging.see"

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class Message(models.Model):
    """An e-mail or a text message, and its receipt: what became of it, when, and how the provider calls it.

    `about` names in one word what it is about; `once` is unique: whatever runs twice writes once. The text may hold a personal
    link and goes away once sent; the address is forgotten later. After `not_after` it is too late to send it.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="messages")
    channel = models.CharField("par", max_length=5, default=Channel.EMAIL.value)
    to = models.CharField("destinataire", max_length=254, blank=True)
    subject = models.CharField("objet", max_length=200, blank=True)
    body = models.TextField("texte", blank=True)
    about = models.CharField("à propos de", max_length=60)
    once = models.CharField("clé", max_length=80, blank=True)
    state = models.CharField("état", max_length=10, default=MessageState.QUEUED.value)
    queued_at = models.DateTimeField("mis en file le", default=timezone.now)
    not_after = models.DateTimeField("inutile après", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    provider_id = models.CharField("nom chez le prestataire", max_length=120, blank=True)
    error = models.CharField("erreur", max_length=300, blank=True)
    is_anonymous = models.BooleanField("destinataire effacé", default=False)

    objects = OfEpciQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ("-queued_at",)
        constraints = [
            models.CheckConstraint(name="message_state_is_known", condition=Q(state__in=[state.value for state in MessageState])),
            models.CheckConstraint(
                name="message_sent_has_its_date",
                condition=Q(state=MessageState.SENT.value, sent_at__isnull=False) | ~Q(state=MessageState.SENT.value),
            ),
            models.CheckConstraint(
                name="message_channel",
                condition=(Q(channel=Channel.EMAIL.value) & ~Q(subject="")) | Q(channel=Channel.SMS.value, subject=""),
            ),
            models.CheckConstraint(
                name="message_receiver",
                condition=(Q(is_anonymous=False) & ~Q(to=""))
                | (Q(is_anonymous=True, to="", body="", error="", provider_id="") & ~Q(state=MessageState.QUEUED.value)),
            ),
            models.UniqueConstraint(fields=["epci", "once"], condition=~Q(once=""), name="one_message_of_a_kind"),
        ]
        indexes = [models.Index(fields=["epci", "about"], name="message_about")]

    def __str__(self) -> str:
        return f"{self.about} ({self.state})"


def new_key() -> str:
    """Return a key that nobody guesses: 32 characters of an address."""
    return secrets.token_urlsafe(24)


class FeedToken(models.Model):
    """The key of a feed: `audience` says what is read (« commune », « mediator », « territory »), `subject` which one.

    A feed that is revoked answers as if it had never been.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="feeds")
    audience = models.CharField("flux", max_length=20)
    subject = models.CharField("objet", max_length=20)
    key = models.CharField("clé", max_length=40, unique=True, default=new_key)
    created_at = models.DateTimeField("créé le", default=timezone.now)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = OfEpciQuerySet.as_manager()

    class Meta:
        verbose_name = "adresse d’agenda"
        ordering = ("audience", "subject", "-created_at")
        constraints = [
            models.UniqueConstraint(
                fields=["epci", "audience", "subject"], condition=Q(revoked_at__isnull=True), name="one_feed_of_a_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience} {self.subject}"
