"""The kits of article 3-2, and their numbered pieces."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.apps.team.models.posts import Post
from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Epci
from escale.apps.territory.overlap import NoOverlap
from escale.core.team.equipment import PieceKind


class KitQuerySet(TeamQuerySet["Kit"]):
    """Kits, cut to an actor or a date."""

    to_epci = "epci"


class Kit(Dated):
    """What travels to a half-day. It follows a post, whoever holds it; without one the whole team shares it."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="kits")
    label = models.CharField("nom de la malle", max_length=60)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="kits", verbose_name="poste")

    objects = KitQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "malle"
        ordering = ("label", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["epci", "label"],
                name="one_kit_of_a_label",
                violation_error_message="Une malle porte déjà ce nom ; en choisir un autre.",
            ),
            models.CheckConstraint(
                name="kit_is_named", condition=~Q(label=""), violation_error_message="Donner un nom à la malle."
            ),
            NoOverlap(
                fields=("post",),
                name="one_kit_of_a_post",
                violation_error_message="Ce poste a déjà une malle à ces dates ; la rendre d’abord à l’équipe.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PieceQuerySet(TeamQuerySet["Piece"]):
    """Pieces, cut to an actor or a date."""

    to_epci = "epci"


class Piece(Dated):
    """A numbered piece, in service from one day to another; the number is the one of its label."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="pieces")
    kit = models.ForeignKey(Kit, models.PROTECT, related_name="pieces", verbose_name="malle")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("type", max_length=15)
    label = models.CharField("modèle", max_length=80, blank=True)
    serial = models.CharField("numéro de série", max_length=60, blank=True)
    used_on = models.DateField("servie à quelqu’un le", null=True, blank=True)
    erased_on = models.DateField("effacée le", null=True, blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "matériel"
        verbose_name_plural = "matériels"
        ordering = ("kit", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["epci", "number"],
                name="one_piece_of_a_number",
                violation_error_message="Un autre matériel porte déjà ce numéro ; en choisir un autre.",
            ),
            models.CheckConstraint(
                name="piece_is_known",
                condition=Q(number__gte=1, kind__in=[kind.value for kind in PieceKind], starts__isnull=False),
                violation_error_message="Donner le numéro, le type et le premier jour de service.",
            ),
        ]

    def __str__(self) -> str:
        return f"n° {self.number}"

    @property
    def is_to_erase(self) -> bool:
        """Whether somebody used it since it was last erased."""
        return self.used_on is not None and self.erased_on is None
