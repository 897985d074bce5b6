"""The register of what people ask about their own data: what, when, answered when; never who, once it is answered."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.booking.kinds import Right
from escale.apps.booking.labels import RIGHTS
from escale.apps.territory.models import Commune, Epci
from escale.core.booking.retention import answer_due


class RightsRequestQuerySet(ScopedQuerySet["RightsRequest"]):
    """The register, cut to an EPCI, or to what a commune received."""

    sees = "booking.rights"

    def within(self, scope: Scope) -> Self:
        """Return what the EPCIs of the scope received, and its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def waiting(self) -> Self:
        """Return those that nobody answered, the most urgent first."""
        return self.filter(answered_on__isnull=True).order_by("received_on", "pk")


class RightsRequest(models.Model):
    """Someone asks for what is known of them, or that it be corrected or erased (RGPD, art. 12 and 15 to 21).

    `commune` is the one whose mairie received it, None when the EPCI did. `person` goes with the answer.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="rights_requests")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="rights_requests")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("droit", max_length=10)
    received_on = models.DateField("reçue le")
    person = models.CharField("qui demande", max_length=120, blank=True)
    opened_by = models.CharField("notée par", max_length=80)
    erased = models.PositiveIntegerField("lignes effacées", default=0)
    answered_on = models.DateField("répondu le", null=True, blank=True)
    answered_by = models.CharField("répondu par", max_length=80, blank=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de droits"
        verbose_name_plural = "demandes de droits"
        ordering = ("-received_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["epci", "number"], name="one_rights_request_of_a_number"),
            models.CheckConstraint(name="rights_kind", condition=Q(kind__in=[right.value for right in Right])),
            models.CheckConstraint(
                name="rights_answered",
                condition=Q(answered_on__isnull=True, answered_by="")
                | (Q(answered_on__gte=F("received_on"), person="") & ~Q(answered_by="")),
                violation_error_message="La réponse vient après la demande ; corriger la date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.epci_id}-{self.number} ({self.kind})"

    @property
    def asked(self) -> str:
        """What is asked, in words."""
        return RIGHTS[Right(self.kind)]

    @property
    def due_on(self) -> dt.date:
        """The last day to answer: one month (RGPD, art. 12-3)."""
        return answer_due(self.received_on)
