"""Places where people are received, their rooms, and what the mediator finds there (art. 3-1 and 7)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import ClassVar, Self, TypeVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated, holding, meeting
from escale.apps.territory.models.communes import POSITION, Commune, communes_answered_for

NOON = dt.time(12)


class Operator(StrEnum):
    """The four mobile networks."""

    ORANGE = "ORANGE"
    SFR = "SFR"
    BOUYGUES = "BOUYGUES"
    FREE = "FREE"


class Signal(StrEnum):
    """What a 4G telephone shows in the room, as someone saw it."""

    NONE = "NONE"
    WEAK = "WEAK"
    GOOD = "GOOD"


class PremisesQuerySet(ScopedQuerySet["Premises"]):
    """Places, cut to an actor or a date."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the places of the communes that the scope answers for today."""
        return self.filter(commune__in=communes_answered_for(scope))

    def open_on(self, day: dt.date) -> Self:
        """Return the places that exist and are not closed on a day, the preferred ones first."""
        closed = Closure.objects.filter(meeting(day, day)).values("premises")
        return self.filter(holding(day)).exclude(pk__in=closed).order_by("commune__sort_key", "rank")


class Premises(Dated):
    """A place where a commune receives people, at its own hours when the room opens at other ones than the service."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="premises")
    name = models.CharField("nom", max_length=80)
    rank = models.PositiveSmallIntegerField("ordre de préférence", default=1, validators=[MinValueValidator(1)])
    address = models.CharField("adresse", max_length=200, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    morning_start = models.TimeField("début le matin", null=True, blank=True)
    afternoon_start = models.TimeField("début l’après-midi", null=True, blank=True)
    steps = models.PositiveSmallIntegerField("marches à l’entrée", null=True, blank=True)
    parking = models.CharField("stationnement", max_length=200, blank=True)
    # Read by the mairie, the team and the mediator who goes there; never by the public pages, nor by what is exported.
    entry_code = models.CharField("code de la porte", max_length=40, blank=True)

    objects = PremisesQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        ordering = ("commune__sort_key", "rank")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["commune", "name"],
                name="one_place_of_a_name",
                violation_error_message="La commune a déjà un lieu de ce nom.",
            ),
            models.UniqueConstraint(
                fields=["commune", "rank"],
                name="one_place_of_a_rank",
                violation_error_message="Un autre lieu de la commune a déjà cet ordre de préférence.",
            ),
            models.CheckConstraint(name="place_is_named", condition=~Q(name="") & Q(rank__gte=1)),
            models.CheckConstraint(
                name="place_position",
                condition=POSITION,
                violation_error_message="Donner la latitude et la longitude ensemble, en degrés.",
            ),
            models.CheckConstraint(
                name="place_hours",
                condition=(Q(morning_start__isnull=True) | Q(morning_start__lt=NOON))
                & (Q(afternoon_start__isnull=True) | Q(afternoon_start__gte=NOON)),
                violation_error_message="Le matin commence avant midi, l’après-midi à midi ou plus tard.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.commune})"


P_co = TypeVar("P_co", bound=models.Model, covariant=True)


class OfPremisesQuerySet(ScopedQuerySet[P_co]):
    """What belongs to a place, and is reached as the place is."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return what belongs to the places of the communes that the scope answers for today."""
        return self.filter(premises__commune__in=communes_answered_for(scope))


class RoomQuerySet(OfPremisesQuerySet["Room"]):
    """Rooms, cut to an actor."""


class Room(models.Model):
    """A room of a place, in order of preference; art. 3-1 asks for an office out of sight, and art. 7 for heating."""

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="rooms")
    name = models.CharField("nom", max_length=80)
    rank = models.PositiveSmallIntegerField("ordre de préférence", default=1, validators=[MinValueValidator(1)])
    is_private = models.BooleanField("bureau à l’abri des regards", default=False)
    is_heated = models.BooleanField("chauffée", default=False)
    seats = models.PositiveSmallIntegerField("places assises", null=True, blank=True)
    sockets = models.PositiveSmallIntegerField("prises de courant", null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = "salle"
        ordering = ("premises", "rank")
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "name"],
                name="one_room_of_a_name",
                violation_error_message="Le lieu a déjà une salle de ce nom.",
            ),
            models.UniqueConstraint(
                fields=["premises", "rank"],
                name="one_room_of_a_rank",
                violation_error_message="Une autre salle du lieu a déjà cet ordre de préférence.",
            ),
            models.CheckConstraint(name="room_is_named", condition=~Q(name="") & Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class CoverageQuerySet(OfPremisesQuerySet["Coverage"]):
    """What the networks give in a place, cut to an actor."""


class Coverage(models.Model):
    """How one mobile network is received in a place."""

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="coverage")
    operator = models.CharField("opérateur", max_length=10)
    signal = models.CharField("réception 4G", max_length=10)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = "réception mobile"
        ordering = ("premises", "operator")
        constraints = [
            models.UniqueConstraint(fields=["premises", "operator"], name="one_signal_of_an_operator"),
            models.CheckConstraint(
                name="coverage_is_known",
                condition=Q(operator__in=[operator.value for operator in Operator])
                & Q(signal__in=[signal.value for signal in Signal]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator} : {self.signal}"


class ClosureQuerySet(OfPremisesQuerySet["Closure"]):
    """Closures, cut to an actor or a period."""

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return the closures that take at least one day of a period."""
        return self.filter(meeting(first, last))


class Closure(Dated):
    """Days on which a place cannot be used: another room of the commune is sought before another date."""

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="closures")
    reason = models.CharField("motif", max_length=120, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "fermeture"
        ordering = ("premises", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="closure_has_both_ends",
                condition=Q(starts__isnull=False) & Q(ends__isnull=False) & Q(starts__lte=F("ends")),
                violation_error_message="Donner le premier et le dernier jour de fermeture.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.premises} : {self.starts} – {self.ends}"
