"""A half-day of a mediator in a commune, as it was published (art. 4)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci, Premises, Room
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.visits.life import COMING, STANDING, VisitState

STANDING_VALUES = sorted(state.value for state in STANDING)
COMING_VALUES = sorted(state.value for state in COMING)
TOLD_WITHIN = dt.timedelta(days=60)
"""How long after its day a half-day is still told: a telephone may have stayed in a drawer."""


class VisitQuerySet(ScopedQuerySet["Visit"]):
    """Visits, cut to an actor, a period or a place."""

    sees = "visits.see"

    def within(self, scope: Scope) -> Self:
        """Return the visits of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def standing(self) -> Self:
        """Return those that are to be held, or were."""
        return self.filter(state__in=STANDING_VALUES)

    def coming(self) -> Self:
        """Return those that nobody held nor gave up yet."""
        return self.filter(state__in=COMING_VALUES)

    def to_close(self, day: dt.date) -> Self:
        """Return those of before a day of which nobody said how they went, as far back as it may still be told."""
        return self.coming().filter(date__lt=day, date__gte=day - TOLD_WITHIN)

    def given_up(self) -> Self:
        """Return those that someone gave up, refused or waived; what a new tour takes away is not among them."""
        return self.filter(cancellation__isnull=False)

    def owed(self) -> Self:
        """Return those that are to be made up for, and are not yet, the oldest first."""
        rows = self.filter(cancellation__is_owed=True)
        made_up = Visit.objects.standing().filter(makes_up=OuterRef("pk"))
        return rows.exclude(Exists(made_up)).order_by("date", "half", "pk")

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return those of a period, both days included, in the order of time."""
        return self.filter(date__range=(first, last)).order_by("date", "half", "post")

    def from_day(self, day: dt.date) -> Self:
        """Return those of a day and later, in the order of time."""
        return self.filter(date__gte=day).order_by("date", "half", "post")

    def awaited_from(self, day: dt.date) -> Self:
        """Return those of a day and later, and those that were first promised then: someone may still expect them."""
        return self.filter(Q(date__gte=day) | Q(origin_date__gte=day)).order_by("date", "half", "post")

    def changed(self) -> Self:
        """Return those that are given up, or no longer when they were first promised."""
        return self.exclude(state__in=STANDING_VALUES, date=models.F("origin_date"), half=models.F("origin_half"))


class Visit(models.Model):
    """A promised half-day. Its `uid` survives its moves and `sequence` counts them, as calendars expect (RFC 5545).

    `for_month` is the month whose promise it keeps: that of its date, or an earlier one for a make-up.
    `origin_date` and `origin_half` say when it was first promised, `makes_up` which one it makes up for.
    `is_apart` is agreed with the commune for this one half-day: a new tour leaves it where it is.
    `premises` and `room` are chosen for this one; otherwise they are the preferred ones that are open.
    """

    uid = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField("nombre de changements", default=0)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="visits")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="visits")
    post = models.ForeignKey(Post, models.PROTECT, related_name="visits")
    date = models.DateField("date")
    half = models.CharField("moitié de la journée", max_length=2)
    for_month = models.CharField("mois dû", max_length=7)
    origin_date = models.DateField("date promise d’abord")
    origin_half = models.CharField("moitié promise d’abord", max_length=2)
    state = models.CharField("état", max_length=10, default=VisitState.PLANNED.value)
    reason = models.CharField("motif du changement", max_length=200, blank=True)
    changed_at = models.DateTimeField("changé le", default=timezone.now)
    makes_up = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="make_ups", verbose_name="rattrape")
    is_apart = models.BooleanField("convenu à part", default=False)
    premises = models.ForeignKey(
        Premises, models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name="lieu choisi"
    )
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name="salle choisie")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "passage"
        ordering = ("date", "half", "post")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "date", "half"],
                condition=Q(state__in=STANDING_VALUES),
                name="one_visit_of_a_post",
                violation_error_message="Ce poste a déjà un passage sur cette demi-journée.",
            ),
            models.UniqueConstraint(
                fields=["commune", "date", "half"],
                condition=Q(state__in=STANDING_VALUES),
                name="one_visit_of_a_commune",
                violation_error_message="La commune a déjà un passage sur cette demi-journée.",
            ),
            models.UniqueConstraint(
                fields=["makes_up"],
                condition=Q(state__in=STANDING_VALUES),
                name="one_make_up_of_a_visit",
                violation_error_message="Un rattrapage est déjà prévu pour ce passage.",
            ),
            models.CheckConstraint(name="visit_state_is_known", condition=Q(state__in=[state.value for state in VisitState])),
            models.CheckConstraint(
                name="visit_halves",
                condition=Q(half__in=[half.value for half in Half], origin_half__in=[half.value for half in Half]),
            ),
        ]
        indexes = [
            models.Index(fields=["epci", "date"], name="visit_of_epci"),
            models.Index(fields=["commune", "date"], name="visit_of_commune"),
        ]

    def __str__(self) -> str:
        return f"{self.commune} {self.date} {self.half}"

    @property
    def window(self) -> Window:
        """The weekday and half."""
        return Window(weekday=Weekday(self.date.weekday()), half=Half(self.half))

    @property
    def stands(self) -> bool:
        """Whether someone comes, or came."""
        return VisitState(self.state) in STANDING

    @property
    def is_make_up(self) -> bool:
        """Whether it keeps the promise of an earlier month."""
        return self.for_month != str(Month.of(self.date))

    @property
    def was_moved(self) -> bool:
        """Whether it is no longer when it was first promised."""
        return (self.date, self.half) != (self.origin_date, self.origin_half)
