"""What each mairie is asked before planning, what it answers, and the personal links by which it does so."""

from __future__ import annotations

import datetime as dt
import secrets
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.schedule.models.plans import Plan
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Window


class OfEpciQuerySet(ScopedQuerySet[Any]):
    """What belongs to an EPCI and is seen by its coordinator."""

    sees = "schedule.draft"

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class Market(StrEnum):
    """What the market does to a visit on its day."""

    NEUTRAL = "neutral"
    AVOID = "avoid"
    SEEK = "seek"


class Inquiry(models.Model):
    """A question put to all mairies before some months are planned, open until a day, that day included."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="inquiries")
    first_month = models.CharField("premier mois", max_length=7)
    last_month = models.CharField("dernier mois", max_length=7)
    closes_on = models.DateField("réponses jusqu’au")
    created_at = models.DateTimeField("ouverte le", default=timezone.now)

    objects = OfEpciQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation"
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["epci", "first_month", "last_month"],
                name="one_inquiry_of_a_period",
                violation_error_message="Les mairies sont déjà consultées pour ces mois ; compléter la consultation qui existe.",
            ),
            models.CheckConstraint(name="inquiry_months_in_order", condition=Q(first_month__lte=F("last_month"))),
        ]

    def __str__(self) -> str:
        return f"{self.epci} {self.first_month}..{self.last_month}"


class WishQuerySet(ScopedQuerySet["Wish"]):
    """Wishes, cut to an actor."""

    sees = "schedule.wishes"

    def within(self, scope: Scope) -> Self:
        """Return the wishes of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class Wish(models.Model):
    """What a mairie answered: half-days on which it cannot open, those it would like, its market, what else it says.

    Half-days are lists of texts such as « TUE_AM ». What it says of its places goes to the territory itself.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="wishes")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="wishes")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="wishes")
    impossible: models.JSONField[Any, Any] = models.JSONField("impossibles", default=list, blank=True)
    wished: models.JSONField[Any, Any] = models.JSONField("souhaitées", default=list, blank=True)
    market = models.CharField("jour de marché", max_length=6, blank=True)
    market_effect = models.CharField("le jour du marché", max_length=10, default=Market.NEUTRAL.value)
    closed_days: models.JSONField[Any, Any] = models.JSONField("dates impossibles", default=list, blank=True)
    comment = models.TextField("remarque", blank=True)
    answered_at = models.DateTimeField("répondu le", default=timezone.now)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = "souhait"
        ordering = ("commune__sort_key",)
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "commune"], name="one_wish_of_a_commune"),
            models.CheckConstraint(
                name="wish_market_effect_is_known", condition=Q(market_effect__in=[effect.value for effect in Market])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} {self.inquiry}"

    @property
    def impossible_windows(self) -> frozenset[Window]:
        """The half-days on which the commune cannot open."""
        return frozenset(Window.parse(text) for text in self.impossible)

    @property
    def wished_windows(self) -> frozenset[Window]:
        """The half-days that the commune would like."""
        return frozenset(Window.parse(text) for text in self.wished)


class LinkPurpose(StrEnum):
    """What a personal link lets its holder do."""

    INQUIRY = "inquiry"
    REMARKS = "remarks"


def new_key() -> str:
    """Return a key that nobody guesses: 32 characters of an address."""
    return secrets.token_urlsafe(24)


class PersonalLink(models.Model):
    """An address that lets a mairie answer for its commune without an account, until a day; it can be revoked."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    purpose = models.CharField("objet", max_length=10)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, blank=True, related_name="links")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="links")
    key = models.CharField("clé", max_length=40, unique=True, default=new_key)
    expires_on = models.DateField("valable jusqu’au")
    created_at = models.DateTimeField("créé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = OfEpciQuerySet.as_manager()

    class Meta:
        verbose_name = "lien personnel"
        ordering = ("commune__sort_key",)
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "commune"], condition=Q(revoked_at__isnull=True), name="one_link_of_an_inquiry"
            ),
            models.UniqueConstraint(fields=["plan", "commune"], condition=Q(revoked_at__isnull=True), name="one_link_of_a_plan"),
            models.CheckConstraint(
                name="link_has_its_object",
                condition=Q(purpose=LinkPurpose.INQUIRY.value, inquiry__isnull=False, plan__isnull=True)
                | Q(purpose=LinkPurpose.REMARKS.value, inquiry__isnull=True, plan__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} ({self.purpose})"

    @property
    def actor_id(self) -> str:
        """What the audit log calls whoever holds the link."""
        return f"link:{self.pk}"

    def is_open_on(self, day: dt.date) -> bool:
        """Tell whether it still lets someone answer on a day."""
        return self.revoked_at is None and day <= self.expires_on


class RemarkState(StrEnum):
    """What became of a remark."""

    OPEN = "open"
    FOLLOWED = "followed"
    DECLINED = "declined"


class RemarkQuerySet(ScopedQuerySet["Remark"]):
    """Remarks, cut to an actor."""

    sees = "schedule.wishes"

    def within(self, scope: Scope) -> Self:
        """Return the remarks of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(plan__epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class Remark(models.Model):
    """What a mairie says of the dates that it was sent; « agrees » says that they suit it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="remarks")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    agrees = models.BooleanField("les dates conviennent", default=False)
    text = models.TextField("remarque", blank=True)
    at = models.DateTimeField("le", default=timezone.now)
    state = models.CharField("suite", max_length=10, default=RemarkState.OPEN.value)
    answer = models.CharField("réponse", max_length=300, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "remarque"
        ordering = ("commune__sort_key", "-at")
        constraints = [
            models.UniqueConstraint(fields=["plan", "commune"], name="one_remark_of_a_commune"),
            models.CheckConstraint(name="remark_state_is_known", condition=Q(state__in=[state.value for state in RemarkState])),
            models.CheckConstraint(name="remark_says_something", condition=Q(agrees=True) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.commune} : {self.text[:60]}"
