"""What the EPCI did to animate and coordinate the policy of the territory, and which missions it served (art. 3-2)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.communication.models.noted import WITHDRAWN, Noted
from escale.apps.documents.models import StoredFile
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.vocabulary import Mission


class CoordinationQuerySet(ScopedQuerySet["CoordinationAction"]):
    """Actions of coordination, cut to an actor, to what stands, or to a commune."""

    sees = "communication.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those that concern its communes."""
        for_all = Q(communes=None, epci__memberships__commune__code__in=scope.communes)
        return self.filter(Q(epci__siren__in=scope.epcis) | for_all | Q(communes__code__in=scope.communes)).distinct()

    def standing(self) -> Self:
        """Return those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def concerning(self, commune: Commune) -> Self:
        """Return what was done with one commune, or with every one."""
        return self.filter(Q(communes=None) | Q(communes=commune)).distinct()


class CoordinationAction(Noted):
    """One action: what, when, with which communes (none named: all of them), with whom besides, for which missions."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="coordination_actions")
    what = models.CharField("quoi", max_length=160)
    partners = models.CharField("avec qui d’autre", max_length=120, blank=True)
    communes = models.ManyToManyField(
        Commune, blank=True, related_name="coordination_actions", verbose_name="communes concernées"
    )
    missions = models.JSONField("missions", default=list, blank=True)
    proof = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="coordination_action", verbose_name="preuve"
    )

    objects = CoordinationQuerySet.as_manager()

    class Meta:
        verbose_name = "action de coordination"
        verbose_name_plural = "actions de coordination"
        ordering = ("-day", "-pk")
        indexes = [models.Index(fields=["epci", "day"], name="coordination_of_epci")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="coordination_what", condition=~Q(what="")),
            models.CheckConstraint(name="coordination_withdrawn", condition=WITHDRAWN),
            models.UniqueConstraint(
                name="coordination_noted_once",
                fields=["epci", "day", "what"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Cette action est déjà notée ; elle se trouve dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.what}"

    @property
    def mission_set(self) -> frozenset[Mission]:
        """The missions of art. 3-2 that it served; none when it is tied to none."""
        return frozenset(Mission(mission) for mission in self.missions)
