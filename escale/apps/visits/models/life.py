"""What stands beside a visit: why it is not held, what the commune made ready, how the mediator found it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.visits.models.visit import Visit
from escale.core.visits.life import Cause, Side


class OfVisitQuerySet(ScopedQuerySet[Any]):
    """What concerns visits, cut as they are."""

    sees = "visits.see"

    def within(self, scope: Scope) -> Self:
        """Return what concerns the visits of the scope."""
        return self.filter(Q(visit__epci__siren__in=scope.epcis) | Q(visit__commune__code__in=scope.communes))


class Cancellation(models.Model):
    """A half-day is not held: which side gave it up, why, and whether it is owed again. The state of the visit says how."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="cancellation")
    side = models.CharField("de la part de", max_length=10)
    cause = models.CharField("cause", max_length=10)
    force_majeure = models.BooleanField("force majeure", default=False)
    is_owed = models.BooleanField("à rattraper")
    written_by = models.CharField("dit par", max_length=80)
    written_at = models.DateTimeField("dit le")

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "passage qui n’a pas lieu"
        constraints = [
            models.CheckConstraint(
                name="cancellation_values",
                condition=Q(side__in=[side.value for side in Side], cause__in=[cause.value for cause in Cause]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} ({self.cause})"


class Preparation(models.Model):
    """What the commune says it made ready (art. 3-1), and who opens; it holds for the day on which the visit then was."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="preparation")
    is_heated = models.BooleanField("chauffé", default=False)
    has_private_office = models.BooleanField("bureau à l’abri des regards", default=False)
    is_room_free = models.BooleanField("salle libre", default=False)
    has_keys = models.BooleanField("clés prêtes", default=False)
    has_power = models.BooleanField("prises de courant", default=False)
    opener = models.CharField("qui ouvre", max_length=120, blank=True)
    opener_phone = models.CharField("téléphone de qui ouvre", max_length=20, blank=True)
    written_by = models.CharField("dit par", max_length=80)
    written_at = models.DateTimeField("dit le")

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "préparation d’un passage"

    def __str__(self) -> str:
        return f"{self.visit_id} ({self.written_at:%Y-%m-%d})"


class Holding(models.Model):
    """How the mediator found the place and held the half-day: begun on arrival, closed at the end, by one person.

    The checks are unknown (None) until someone looked. `device_time` is the clock of the telephone, kept beside ours.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="holding")
    started_at = models.DateTimeField("commencé à", null=True, blank=True)
    ended_at = models.DateTimeField("fini à", null=True, blank=True)
    was_opened = models.BooleanField("ouvert", null=True, blank=True)
    was_heated = models.BooleanField("chauffé", null=True, blank=True)
    had_private_office = models.BooleanField("bureau à l’abri des regards", null=True, blank=True)
    had_room = models.BooleanField("salle", null=True, blank=True)
    had_power = models.BooleanField("prises de courant", null=True, blank=True)
    had_network = models.BooleanField("réseau", null=True, blank=True)
    is_kit_complete = models.BooleanField("malle complète", null=True, blank=True)
    is_shortened = models.BooleanField("écourté", default=False)
    to_finish = models.BooleanField("à finir la prochaine fois", default=False)
    words = models.CharField("en quelques mots", max_length=200, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    closed_by = models.CharField("clos par", max_length=80, blank=True)
    device_time = models.DateTimeField("heure de l’appareil", null=True, blank=True)

    objects = OfVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "tenue d’un passage"
        constraints = [
            models.CheckConstraint(
                name="holding_hours",
                condition=Q(ended_at__isnull=True) | (Q(started_at__isnull=False) & Q(ended_at__gt=F("started_at"))),
                violation_error_message="La fin vient après le début ; corriger l’une des deux heures.",
            ),
            models.CheckConstraint(
                name="holding_closed",
                condition=Q(closed_at__isnull=True, closed_by="")
                | (Q(closed_at__isnull=False, started_at__isnull=False, ended_at__isnull=False) & ~Q(closed_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} ({'closed' if self.closed_at else 'open'})"
