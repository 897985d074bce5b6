"""The team of a service: posts that last, and the mediators who hold them one after the other."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated, holding, meeting
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.overlap import NoOverlap
from escale.core.calendar.halfdays import Window

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class LeaveKind(StrEnum):
    """Why someone is away. An illness is no business of this product: it is an absence."""

    LEAVE = "LEAVE"
    TRAINING = "TRAINING"
    ABSENCE = "ABSENCE"


class TeamQuerySet(ScopedQuerySet[M_co]):
    """Rows of a team; `to_epci` is the path from them to their EPCI."""

    sees = "team.see"
    to_epci: ClassVar[str]

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope; a role in a commune alone reaches none."""
        return self.filter(**{f"{self.to_epci}__siren__in": scope.epcis})

    def on(self, day: dt.date) -> Self:
        """Return the dated rows that hold on a day."""
        return self.filter(holding(day))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return the dated rows that hold on at least one day of a period."""
        return self.filter(meeting(first, last))


class PostQuerySet(TeamQuerySet["Post"]):
    """Posts, cut to an actor or a date."""

    to_epci = "epci"


class Post(Dated):
    """A seat of the team: the tour is made for it, and whoever holds it next inherits the tour."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="posts")
    label = models.CharField("nom du poste", max_length=60)
    quotite = models.DecimalField("quotité", max_digits=3, decimal_places=2, default=1)
    base = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="base")
    base_latitude = models.FloatField("latitude de la base", null=True, blank=True)
    base_longitude = models.FloatField("longitude de la base", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "poste"
        ordering = ("label", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["epci", "label"],
                name="one_post_of_a_label",
                violation_error_message="L’EPCI a déjà un poste de ce nom ; en choisir un autre.",
            ),
            models.CheckConstraint(name="post_is_named", condition=~Q(label="")),
            models.CheckConstraint(
                name="post_quotite",
                condition=Q(quotite__gt=0) & Q(quotite__lte=1),
                violation_error_message="La quotité est plus grande que 0 et vaut au plus 1 (temps plein).",
            ),
            models.CheckConstraint(
                name="post_has_one_base",
                condition=Q(base__isnull=False, base_latitude__isnull=True, base_longitude__isnull=True)
                | (
                    # Said in full: a comparison with NULL alone would let the check pass.
                    Q(base__isnull=True, base_latitude__isnull=False, base_longitude__isnull=False)
                    & Q(base_latitude__range=(-90, 90), base_longitude__range=(-180, 180))
                ),
                violation_error_message="Donner la base du poste : une commune, ou une latitude et une longitude.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def start(self) -> Commune | tuple[float, float]:
        """Where its days begin and end, as `territory.distances` reads it."""
        if self.base is not None:
            return self.base
        if self.base_latitude is None or self.base_longitude is None:
            raise ValueError(f"Le poste {self.label} n’a pas de base.")
        return self.base_latitude, self.base_longitude


class WeeklyTemplateQuerySet(TeamQuerySet["WeeklyTemplate"]):
    """Weeks, cut to an actor or a date."""

    to_epci = "post__epci"


class WeeklyTemplate(Dated):
    """The half-days that a post keeps among those that art. 4 gives; without one it keeps them all."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="weeks")
    half_days = models.CharField("demi-journées", max_length=120)

    objects = WeeklyTemplateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "semaine type"
        ordering = ("post", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="week_has_a_half_day", condition=~Q(half_days="")),
            NoOverlap(
                fields=("post",),
                name="one_week_at_a_time",
                violation_error_message="Le poste a déjà une semaine type à ces dates ; la clore d’abord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} : {self.half_days}"

    @property
    def windows(self) -> frozenset[Window]:
        """The half-days as values."""
        return frozenset(Window.parse(word) for word in self.half_days.split())


class MediatorQuerySet(TeamQuerySet["Mediator"]):
    """Mediators, cut to an actor."""

    to_epci = "epci"


class Mediator(models.Model):
    """A person who receives the residents; the EPCI remains the employer (art. 3-2)."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="mediators")
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="mediator", verbose_name="compte"
    )

    objects = MediatorQuerySet.as_manager()

    class Meta:
        verbose_name = "médiatrice ou médiateur"
        ordering = ("first_name", "last_name", "pk")
        constraints = [
            models.CheckConstraint(
                name="mediator_is_named",
                condition=~Q(first_name="") & ~Q(last_name=""),
                violation_error_message="Donner le prénom et le nom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class OccupancyQuerySet(TeamQuerySet["Occupancy"]):
    """Who holds which post, cut to an actor or a date."""

    to_epci = "post__epci"


class Occupancy(Dated):
    """A mediator in a post, from one day to another: one at a time, and in one post at a time."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="occupancies")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="occupancies")

    objects = OccupancyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "occupation d’un poste"
        ordering = ("post", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="occupancy_starts",
                condition=Q(starts__isnull=False),
                violation_error_message="Donner le premier jour dans le poste.",
            ),
            NoOverlap(
                fields=("post",),
                name="one_mediator_in_a_post",
                violation_error_message="Le poste est déjà occupé à ces dates ; clore d’abord cette occupation.",
            ),
            NoOverlap(
                fields=("mediator",),
                name="one_post_for_a_mediator",
                violation_error_message="Cette personne occupe déjà un poste à ces dates ; le lui retirer d’abord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator} ({self.post})"


class LeaveQuerySet(TeamQuerySet["Leave"]):
    """Leave, cut to an actor or a period."""

    to_epci = "mediator__epci"


class Leave(Dated):
    """Whole days on which a mediator is away, both included."""

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="leaves")
    kind = models.CharField("motif", max_length=10, default=LeaveKind.LEAVE.value)

    objects = LeaveQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "congé"
        ordering = ("mediator", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="leave_has_both_ends",
                condition=Q(starts__isnull=False) & Q(ends__isnull=False) & Q(starts__lte=F("ends")),
                violation_error_message="Donner le premier et le dernier jour.",
            ),
            models.CheckConstraint(name="leave_kind_is_known", condition=Q(kind__in=[kind.value for kind in LeaveKind])),
            NoOverlap(
                fields=("mediator",),
                name="one_leave_at_a_time",
                violation_error_message="Ces dates en recouvrent d’autres ; corriger l’un des deux congés.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator} : {self.starts} – {self.ends}"
