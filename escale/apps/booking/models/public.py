"""What keeps the public form bearable: the communes that are asked by telephone alone, and how much was sent."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Commune


class CallOnlyQuerySet(ScopedQuerySet["CallOnly"]):
    """The communes that take no request from the site, seen by their own desks and by their EPCI."""

    sees = "booking.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(commune__memberships__epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class CallOnly(models.Model):
    """A commune asks people to call: its page takes no request."""

    commune = models.OneToOneField(Commune, models.CASCADE, related_name="call_only")
    since = models.DateField("depuis")

    objects = CallOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "demandes par téléphone seulement"

    def __str__(self) -> str:
        return str(self.commune)


class Quota(models.Model):
    """How many requests one sender, or one commune, has had written in one window; `key` names no address of the network."""

    key = models.CharField("de qui", max_length=80)
    starts = models.DateTimeField("depuis")
    most = models.PositiveSmallIntegerField("au plus")
    count = models.PositiveSmallIntegerField("écrites", default=0)

    class Meta:
        verbose_name = "limite d’envoi"
        constraints = [
            models.UniqueConstraint(fields=["key", "starts"], name="one_quota_of_a_window"),
            models.CheckConstraint(name="quota_holds", condition=~Q(key="") & Q(count__lte=F("most"))),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.count}/{self.most}"
