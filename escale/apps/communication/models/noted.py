"""What every line of the log has: who wrote it, when, and whether it was withdrawn; nothing is ever erased."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

WITHDRAWN = Q(withdrawn_at__isnull=True, withdrawn_by_actor="", withdrawn_why="") | (
    Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_actor="")
)
"""Either it stands, or somebody withdrew it at some moment."""


class Noted(models.Model):
    """A line that somebody wrote of a day. What was withdrawn stays, and counts no more."""

    day = models.DateField("quand")
    written_by_actor = models.CharField("auteur", max_length=80)
    written_at = models.DateTimeField("noté le", default=timezone.now)
    withdrawn_by_actor = models.CharField("retiré par", max_length=80, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_why = models.CharField("raison", max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        """Whether nobody withdrew it."""
        return self.withdrawn_at is None
