"""The permanences in the médiathèques (art. 4): half-days of the service that no convention counts."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from escale.apps.team.models.posts import Post
from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.hours import Hours
from escale.core.team.rotation import MOST_WEEKS, Rotation


class PermanenceQuerySet(TeamQuerySet["Permanence"]):
    """Permanences, cut to an actor or a date."""

    to_epci = "epci"


class Permanence(Dated):
    """A post in a place on a half-day of the week, every so many weeks from the first day on.

    Posts that take turns in one place are as many permanences, each with its own first day.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="permanences")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="permanences", verbose_name="commune")
    post = models.ForeignKey(Post, models.PROTECT, related_name="permanences", verbose_name="poste")
    place = models.CharField("lieu", max_length=120)
    address = models.CharField("adresse", max_length=200, blank=True)
    weekday = models.PositiveSmallIntegerField("jour", default=Weekday.WED.value)
    half = models.CharField("moitié de la journée", max_length=2, default=Half.AM.value)
    opens = models.TimeField("de")
    closes = models.TimeField("à")
    every = models.PositiveSmallIntegerField("toutes les (semaines)", default=1)

    objects = PermanenceQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "permanence"
        ordering = ("weekday", "half", "place", "starts", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="permanence_is_known",
                condition=~Q(place="")
                & Q(starts__isnull=False, every__gte=1, every__lte=MOST_WEEKS)
                & Q(weekday__lte=Weekday.SUN.value, half__in=[half.value for half in Half]),
                violation_error_message="Donner le lieu, le jour, et le premier jour de la permanence.",
            ),
            models.CheckConstraint(
                name="permanence_hours",
                condition=Q(opens__lt=F("closes")),
                violation_error_message="La permanence finit avant de commencer ; corriger l’une des deux heures.",
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def window(self) -> Window:
        """Its half-day of the week."""
        return Window(weekday=Weekday(self.weekday), half=Half(self.half))

    @property
    def hours(self) -> Hours:
        """From when to when."""
        return Hours(starts=self.opens, ends=self.closes)

    @property
    def first_day(self) -> dt.date:
        """The day from which its weeks are counted."""
        if self.starts is None:
            raise ValueError(f"permanence {self.pk} has no first day")
        return self.starts

    @property
    def rotation(self) -> Rotation:
        """The days on which it comes back."""
        return Rotation(window=self.window, every=self.every, first=self.first_day, last=self.ends)
