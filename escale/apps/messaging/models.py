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


class OfEpciQuerySet(ScopedQuerySet[Any]):
    """What belongs to an EPCI, cut to an actor."""

    sees = "messaging.see"

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class Message(models.Model):
    """An e-mail. `about` names in one word what it is about; its text may hold a personal link and goes away once sent."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="messages")
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte", blank=True)
    about = models.CharField("à propos de", max_length=60)
    state = models.CharField("état", max_length=10, default=MessageState.QUEUED.value)
    queued_at = models.DateTimeField("mis en file le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    error = models.CharField("erreur", max_length=300, blank=True)

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
        ]

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
