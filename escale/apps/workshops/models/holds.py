"""What a workshop takes: the half-days of the posts that lead it, and of the kit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.apps.accounts.models import User
from escale.apps.booking.reach import held_by
from escale.apps.team.models import Kit, Post
from escale.apps.workshops.models.workshops import Workshop, WorkshopQuerySet
from escale.core.calendar.halfdays import Half


class Hold(models.Model):
    """A post or a kit on a half-day; it goes when the workshop is given up. No other workshop can have it meanwhile."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="holds")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="workshop_holds", verbose_name="poste")
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, blank=True, related_name="workshop_holds", verbose_name="malle")
    date = models.DateField("date")
    half = models.CharField("moitié de la journée", max_length=2)

    class Meta:
        verbose_name = "demi-journée prise"
        ordering = ("date", "half", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["post", "date", "half"],
                condition=Q(post__isnull=False),
                name="one_workshop_of_a_post",
                violation_error_message="Ce poste anime déjà un atelier cette demi-journée.",
            ),
            models.UniqueConstraint(
                fields=["kit", "date", "half"],
                condition=Q(kit__isnull=False),
                name="one_workshop_of_a_kit",
                violation_error_message="Cette malle sert déjà à un autre atelier cette demi-journée.",
            ),
            models.CheckConstraint(
                name="hold_is_of_one_thing",
                condition=(Q(post__isnull=False, kit__isnull=True) | Q(post__isnull=True, kit__isnull=False))
                & Q(half__in=[half.value for half in Half]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id or self.kit_id} {self.date} {self.half}"


def led_by(user: User) -> WorkshopQuerySet:
    """Return the workshops that a mediator leads, in the posts that they hold on the day."""
    return Workshop.objects.filter(pk__in=Hold.objects.filter(held_by(user, post="post", date="date")).values("workshop"))
