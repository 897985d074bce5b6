"""Requests that wait for a slot, and the freed slots that are offered to them one at a time."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.booking.kinds import Answer, Channel, Origin, Outcome
from escale.apps.booking.models.residents import OfResident
from escale.apps.booking.reach import held_by
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.booking.sensitive import MOST_LETTERS
from escale.core.booking.slots import MOST_IN_A_ROW
from escale.core.booking.states import DemandeState


class DemandeQuerySet(ScopedQuerySet["Demande"]):
    """Requests, cut to the commune that noted them, or to the mediators who come there."""

    sees = "booking.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def reached_with(self, actor: Actor, permission: str) -> Self:
        """Return the same, and those of the communes to which the actor comes as a mediator."""
        rows = super().reached_with(actor, permission)
        if not isinstance(actor, User):
            return rows
        coming = Visit.objects.standing().filter(held_by(actor, post="post", date="date"), commune=OuterRef("commune"))
        return self.filter(Q(pk__in=rows.values("pk")) | Exists(coming))

    def waiting(self) -> Self:
        """Return those that wait, the oldest first."""
        return self.filter(state=DemandeState.WAITING.value).order_by("asked_at", "pk")

    def to_confirm(self) -> Self:
        """Return those that the public sent and nobody answered yet, the oldest first."""
        return self.filter(state=DemandeState.TO_CONFIRM.value).order_by("asked_at", "pk")


class Demande(OfResident):
    """Someone asked for help and has no slot yet; the list of a commune is served in the order in which people asked.

    What the public sends is confirmed by a desk first, or declined with a word. `agreed_at` is when whoever asked for someone
    else said that the person agrees, None when people ask for themselves.
    """

    uid = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="demandes")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="demandes", verbose_name="commune qui note la demande")
    slot_count = models.PositiveSmallIntegerField("nombre de créneaux", default=1)
    accepts_neighbour = models.BooleanField("accepte une commune voisine", default=False)
    state = models.CharField("état", max_length=10, default=DemandeState.WAITING.value)
    outcome = models.CharField("réponse", max_length=10, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    origin = models.CharField("envoyée depuis", max_length=10, default=Origin.DESK.value)
    call_back = models.BooleanField("préfère être rappelée", default=False)
    agreed_at = models.DateTimeField("accord de la personne aidée", null=True, blank=True)
    word = models.CharField("mot de la mairie", max_length=MOST_LETTERS, blank=True)

    objects = DemandeQuerySet.as_manager()

    class Meta(OfResident.Meta):
        verbose_name = "demande"
        ordering = ("asked_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfResident.Meta.constraints,
            models.CheckConstraint(
                name="demande_state",
                condition=Q(state=DemandeState.WAITING.value, outcome="", closed_at__isnull=True)
                | Q(state=DemandeState.TO_CONFIRM.value, origin=Origin.PUBLIC.value, outcome="", closed_at__isnull=True)
                | Q(state=DemandeState.DECLINED.value, origin=Origin.PUBLIC.value, outcome="", closed_at__isnull=False)
                | Q(
                    state=DemandeState.MET.value,
                    outcome__in=[outcome.value for outcome in Outcome],
                    closed_at__isnull=False,
                )
                | Q(
                    state__in=[DemandeState.WITHDRAWN.value, DemandeState.UNMET.value],
                    outcome="",
                    closed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="demande_of_the_public",
                condition=Q(origin=Origin.PUBLIC.value)
                | Q(origin=Origin.DESK.value, call_back=False, agreed_at__isnull=True, word=""),
            ),
            models.CheckConstraint(
                name="demande_called_back",
                condition=Q(call_back=False) | Q(channel=Channel.PHONE.value),
                violation_error_message="Pour vous rappeler, il faut un numéro de téléphone.",
            ),
            models.CheckConstraint(name="demande_word", condition=Q(word="") | Q(state=DemandeState.DECLINED.value)),
            models.CheckConstraint(name="demande_slots", condition=Q(slot_count__gte=1, slot_count__lte=MOST_IN_A_ROW)),
        ]
        indexes = [models.Index(fields=["commune", "state", "asked_at"], name="demande_in_order")]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    @property
    def is_to_confirm(self) -> bool:
        """Whether the public sent it and nobody answered yet."""
        return self.state == DemandeState.TO_CONFIRM.value

    @property
    def is_public(self) -> bool:
        """Whether the public sent it."""
        return self.origin == Origin.PUBLIC.value


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers, cut to those that still hold."""

    def unanswered(self) -> Self:
        """Return those that nobody closed, even when their time is over."""
        return self.filter(answer="")

    def holding_at(self, now: dt.datetime) -> Self:
        """Return those that keep their slots at a moment."""
        return self.unanswered().filter(expires_at__gt=now)


class Offer(models.Model):
    """Freed slots kept for one request until a moment; the desk confirms, nothing is booked by itself."""

    demande = models.ForeignKey(Demande, models.CASCADE, related_name="offers")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="offers")
    first_slot = models.PositiveSmallIntegerField("premier créneau")
    slot_count = models.PositiveSmallIntegerField("nombre de créneaux", default=1)
    offered_at = models.DateTimeField("proposé le")
    expires_at = models.DateTimeField("gardé jusqu’au")
    answer = models.CharField("réponse", max_length=10, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        ordering = ("offered_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["visit", "first_slot"], condition=Q(answer=""), name="one_offer_of_a_slot"),
            models.UniqueConstraint(fields=["demande"], condition=Q(answer=""), name="one_offer_at_a_time"),
            models.CheckConstraint(
                name="offer_answer",
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=[answer.value for answer in Answer], answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="offer_slots",
                condition=Q(first_slot__gte=1, slot_count__gte=1, slot_count__lte=MOST_IN_A_ROW, expires_at__gt=F("offered_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}:{self.first_slot} ({self.answer or 'open'})"

    @property
    def numbers(self) -> range:
        """The slots that it keeps."""
        return range(self.first_slot, self.first_slot + self.slot_count)
