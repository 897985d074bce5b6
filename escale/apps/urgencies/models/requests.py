"""An urgent request of a commune, with the times that the evaluation reads, and its steps."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from escale.core.urgencies.life import ONCE, OVER, UNANSWERED, Matter, OutOfScope, StepKind, UrgencyState

MOST_LETTERS = 200
UNANSWERED_VALUES = sorted(state.value for state in UNANSWERED)
OVER_VALUES = sorted(state.value for state in OVER)


class RequestQuerySet(ScopedQuerySet["Request"]):
    """Urgent requests, cut to an actor or to those that wait for something."""

    sees = "urgencies.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def unanswered(self) -> Self:
        """Return those for which a commune waits for a first answer."""
        return self.filter(state__in=UNANSWERED_VALUES)

    def going_on(self) -> Self:
        """Return those that are not over, the oldest first."""
        return self.exclude(state__in=OVER_VALUES).order_by("asked_at", "pk")

    def asked_between(self, first: dt.datetime, last: dt.datetime) -> Self:
        """Return those of a period, its end left out."""
        return self.filter(asked_at__gte=first, asked_at__lt=last)


class Request(models.Model):
    """A commune describes what does not work. `told` is who was called; `pass_on_at`, when the next one is if nobody answers.

    `in_field` says that everyone was in a hall: the promise is then an answer within the half-day.
    `call_back` and `words` are erased 90 days after the end.
    """

    uid = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="urgencies")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="urgencies")
    matter = models.CharField("ce qui ne marche pas", max_length=10)
    words = models.CharField("en quelques mots", max_length=MOST_LETTERS, blank=True)
    call_back = models.CharField("qui rappeler", max_length=20, blank=True)
    asked_by = models.CharField("auteur", max_length=80)
    asked_at = models.DateTimeField("demandé le")
    told = models.ForeignKey(Mediator, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="prévenu")
    in_field = models.BooleanField("toute l’équipe sur le terrain", default=False)
    pass_on_at = models.DateTimeField("passe à la suite le", null=True, blank=True)
    state = models.CharField("état", max_length=12, default=UrgencyState.ASKED.value)
    answered_at = models.DateTimeField("première réponse le", null=True, blank=True)
    solved_at = models.DateTimeField("résolu le", null=True, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    out_of_scope = models.CharField("pourquoi ce n’est pas du premier niveau", max_length=10, blank=True)
    last_word = models.CharField("mot à la commune", max_length=MOST_LETTERS, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "urgence"
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="urgency_is_known",
                condition=Q(state__in=[state.value for state in UrgencyState], matter__in=[matter.value for matter in Matter])
                & (~Q(call_back="") | Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="urgency_over_has_its_date",
                condition=Q(state__in=OVER_VALUES, closed_at__isnull=False)
                | (~Q(state__in=OVER_VALUES) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="urgency_answered_has_its_date",
                condition=Q(answered_at__isnull=False)
                | Q(state__in=[*UNANSWERED_VALUES, UrgencyState.WITHDRAWN.value], solved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="urgency_turned_away_says_why",
                condition=Q(state=UrgencyState.TURNED_AWAY.value, out_of_scope__in=[reason.value for reason in OutOfScope])
                | (~Q(state=UrgencyState.TURNED_AWAY.value) & Q(out_of_scope="")),
            ),
            models.CheckConstraint(
                name="urgency_ends_with_a_word",
                condition=~Q(state__in=[UrgencyState.TURNED_AWAY.value, UrgencyState.CLOSED.value]) | ~Q(last_word=""),
            ),
            models.CheckConstraint(
                name="urgency_in_order",
                condition=(Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")))
                & (Q(solved_at__isnull=True) | Q(solved_at__gte=F("asked_at"))),
            ),
        ]
        indexes = [
            models.Index(fields=["epci", "-asked_at"], name="urgency_of_epci"),
            models.Index(fields=["state", "pass_on_at"], name="urgency_that_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.matter} ({self.state})"

    @property
    def is_unanswered(self) -> bool:
        """Whether the commune waits for a first answer."""
        return UrgencyState(self.state) in UNANSWERED

    @property
    def is_over(self) -> bool:
        """Whether nothing follows."""
        return UrgencyState(self.state) in OVER


class Step(models.Model):
    """What happened to a request, when, and whom it concerned in the team."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="steps")
    kind = models.CharField("étape", max_length=12)
    at = models.DateTimeField("date")
    by = models.CharField("auteur", max_length=80)
    mediator = models.ForeignKey(Mediator, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "étape d’une urgence"
        ordering = ("at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="urgency_step_is_known", condition=Q(kind__in=[kind.value for kind in StepKind])),
            models.UniqueConstraint(
                fields=["request", "kind"],
                condition=Q(kind__in=sorted(kind.value for kind in ONCE)),
                name="one_urgency_step_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
