"""What the installation remembers of itself: its workers that are alive, and the rounds that are done."""

from __future__ import annotations

from django.db import models


class WorkerBeat(models.Model):
    """A worker that has said « I am alive »; one that has not for a while is dead, and its task is put back."""

    worker = models.CharField("processus", max_length=64, primary_key=True)
    seen_at = models.DateTimeField("vu le", db_index=True)

    class Meta:
        verbose_name = "battement"

    def __str__(self) -> str:
        return self.worker


class Round(models.Model):
    """The last turn of a piece of work that is due once a minute or once a day; `turn` says which one."""

    name = models.CharField("travail", max_length=120, primary_key=True)
    turn = models.CharField("tour", max_length=32, blank=True)

    class Meta:
        verbose_name = "tour de garde"

    def __str__(self) -> str:
        return f"{self.name} {self.turn}"
