"""The front desk of a mairie: one account without a password, and the one-time links that let it in."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from escale.apps.accounts.models.people import User
from escale.apps.territory.models import Commune


class DeskAccount(models.Model):
    """The account of a front desk, whoever sits there. Its address ends in « .invalid »: no password can be sent to it."""

    commune = models.OneToOneField(Commune, models.PROTECT, related_name="desk_account")
    user = models.OneToOneField(User, models.PROTECT, related_name="desk_account")

    class Meta:
        verbose_name = "compte d’accueil"

    def __str__(self) -> str:
        return f"accueil {self.commune_id}"


class DeskLinkQuerySet(models.QuerySet["DeskLink"]):
    """Links, cut to those that still let someone in."""

    def open_at(self, now: dt.datetime) -> Self:
        """Return those that nobody used, that are not too old, and whose address the mairie still has."""
        return self.filter(used_at__isnull=True, expires_at__gt=now, commune__mairie__email=F("email"))


class DeskLink(models.Model):
    """A link of one use and a short life, sent to the generic address of a mairie. Only the hash of its key is kept."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="desk_links")
    email = models.EmailField("adresse électronique de l’accueil")
    digest = models.CharField("empreinte de la clé", max_length=64, unique=True)
    opened_at = models.DateTimeField("envoyé le")
    expires_at = models.DateTimeField("sert jusqu’au")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)

    objects = DeskLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien d’entrée"
        constraints = [
            models.CheckConstraint(name="desk_link_ends", condition=Q(expires_at__gt=F("opened_at"))),
            models.CheckConstraint(name="desk_link_is_sent", condition=~Q(email="") & ~Q(digest="")),
        ]
        indexes = [models.Index(fields=["commune", "opened_at"], name="desk_link_of_commune")]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.opened_at:%Y-%m-%d %H:%M}"
