"""Posts that last, and the weeks that they keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.overlap import NoOverlap
from escale.core.calendar.halfdays import Window


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
