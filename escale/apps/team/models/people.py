"""The mediators, who holds which post, and leave."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from escale.apps.team.models.posts import Post
from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Epci
from escale.apps.territory.overlap import NoOverlap


class LeaveKind(StrEnum):
    """Why someone is away. An illness is no business of this product: it is an absence."""

    LEAVE = "LEAVE"
    TRAINING = "TRAINING"
    ABSENCE = "ABSENCE"


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
