"""The communication log: what each party did so that people know of the service (art. 3-1 and 3-2)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.communication.models.noted import WITHDRAWN, Noted
from escale.apps.documents.models import StoredFile
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.parties import Party


class Medium(StrEnum):
    """By what people were told."""

    SITE = "site"
    BULLETIN = "bulletin"
    POSTER = "poster"
    NETWORKS = "networks"
    PRESS = "press"
    PANEL = "panel"
    MEETING = "meeting"
    LETTER = "letter"
    OTHER = "other"


OF_COMMUNE, OF_EPCI = Q(party=Party.COMMUNE.value), Q(party=Party.EPCI.value)


class ActionQuerySet(ScopedQuerySet[Any]):
    """Actions of communication, cut to an actor, to what stands, or to a commune."""

    sees = "communication.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope; a commune has its own, and those of the EPCI that concern it."""
        served = Q(epci__memberships__commune__code__in=scope.communes)
        for_all = OF_EPCI & Q(communes=None) & served
        for_some = OF_EPCI & Q(communes__code__in=scope.communes)
        own = Q(commune__code__in=scope.communes)
        return self.filter(Q(epci__siren__in=scope.epcis) | own | for_all | for_some)

    def standing(self) -> Self:
        """Return those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return those of a period, both days included."""
        return self.filter(day__gte=first, day__lte=last)

    def of_commune(self, commune: Commune) -> Self:
        """Return what a commune did."""
        return self.filter(OF_COMMUNE, commune=commune)

    def of_epci(self, epci: Epci) -> Self:
        """Return what an EPCI did, wherever."""
        return self.filter(OF_EPCI, epci=epci)

    def concerning(self, commune: Commune) -> Self:
        """Return what was done for one commune, or for every one."""
        return self.filter(Q(communes=None) | Q(communes=commune)).distinct()


class CommunicationAction(Noted):
    """One action of one party: what, where, when, and its proof.

    An action of the EPCI concerns the communes that it names, and the whole territory when it names none.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="communication_actions")
    party = models.CharField("partie", max_length=10)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="communication_actions", verbose_name="commune"
    )
    communes = models.ManyToManyField(Commune, blank=True, related_name="told_by_epci", verbose_name="communes concernées")
    medium = models.CharField("support", max_length=10)
    medium_words = models.CharField("autre support", max_length=80, blank=True)
    place = models.CharField("où", max_length=120)
    link = models.URLField("adresse de la preuve", max_length=300, blank=True)
    proof = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="communication_action", verbose_name="preuve"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action de communication"
        verbose_name_plural = "actions de communication"
        ordering = ("-day", "-pk")
        indexes = [models.Index(fields=["commune", "day"], name="communication_of_commune")]
        constraints = [
            models.CheckConstraint(
                name="communication_party",
                condition=OF_EPCI & Q(commune__isnull=True) | OF_COMMUNE & Q(commune__isnull=False),
            ),
            models.CheckConstraint(
                name="communication_medium",
                condition=Q(medium__in=[medium.value for medium in Medium if medium is not Medium.OTHER], medium_words="")
                | (Q(medium=Medium.OTHER.value) & ~Q(medium_words="")),
                violation_error_message="Choisir le support ; pour « autre », dire lequel en quelques mots.",
            ),
            models.CheckConstraint(
                name="communication_place",
                condition=~Q(place=""),
                violation_error_message="Dire où, en quelques mots.",
            ),
            models.CheckConstraint(
                name="communication_link",
                condition=Q(link="") | Q(link__startswith="https://"),
                violation_error_message="Donner une adresse qui commence par https://.",
            ),
            models.CheckConstraint(name="communication_withdrawn", condition=WITHDRAWN),
            models.UniqueConstraint(
                name="communication_noted_once",
                fields=["commune", "day", "medium", "medium_words", "place"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Cette action est déjà notée ; elle se trouve dans la liste.",
            ),
            models.UniqueConstraint(
                name="communication_of_epci_noted_once",
                fields=["epci", "day", "medium", "medium_words", "place"],
                condition=Q(withdrawn_at__isnull=True, commune__isnull=True),
                violation_error_message="Cette action est déjà notée ; elle se trouve dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.medium}, {self.place}"
