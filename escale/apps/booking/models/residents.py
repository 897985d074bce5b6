"""What is known of a resident who asks for help: little, and for a time (RGPD, art. 5-1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.apps.booking.kinds import Agent, Channel, Need
from escale.apps.territory.models import Commune
from escale.core.booking.motives import Motive


class OfResident(models.Model):
    """A row about one resident: a name or an alias, one way to reach them, a coarse motive, who wrote it down.

    The way to reach them is forgotten first, the name later; what is left says that someone came.
    """

    first_name = models.CharField("prénom", max_length=60, blank=True)
    name = models.CharField("nom ou alias", max_length=60, blank=True)
    channel = models.CharField("joindre", max_length=10)
    contact = models.CharField("téléphone ou adresse électronique", max_length=120, blank=True)
    residence = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="commune où la personne habite"
    )
    motive = models.CharField("motif", max_length=10)
    wheelchair = models.BooleanField("vient en fauteuil", default=False)
    loud_voice = models.BooleanField("entend mal", default=False)
    interpreter = models.BooleanField("vient avec un interprète", default=False)
    asked_at = models.DateTimeField("demandé le")
    written_at = models.DateTimeField("noté le")
    written_by = models.CharField("noté par", max_length=80)
    written_as = models.CharField("au titre de", max_length=15)
    transmitted_at = models.DateTimeField("transmis le", null=True, blank=True)
    contact_forgotten = models.BooleanField("contact effacé", default=False)
    person_forgotten = models.BooleanField("nom effacé", default=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_person",
                condition=(Q(person_forgotten=False) & ~Q(name=""))
                | Q(person_forgotten=True, contact_forgotten=True, first_name="", name=""),
                violation_error_message="Donner un nom, ou un alias.",
            ),
            models.CheckConstraint(
                name="%(class)s_contact",
                condition=Q(channel=Channel.MAIRIE.value, contact="")
                | Q(contact_forgotten=True, contact="")
                | (Q(contact_forgotten=False, channel__in=[Channel.PHONE.value, Channel.EMAIL.value]) & ~Q(contact="")),
                violation_error_message="Donner un téléphone ou une adresse électronique, ou « via la mairie ».",
            ),
            models.CheckConstraint(
                name="%(class)s_values",
                condition=Q(channel__in=[channel.value for channel in Channel])
                & Q(motive__in=[motive.value for motive in Motive])
                & Q(written_as__in=[agent.value for agent in Agent])
                & ~Q(written_by=""),
            ),
            models.CheckConstraint(name="%(class)s_moments", condition=Q(asked_at__lte=models.F("written_at"))),
        ]

    @property
    def person(self) -> str:
        """The name as a desk reads it; empty once it is forgotten."""
        return f"{self.first_name} {self.name}".strip()

    @property
    def needs(self) -> frozenset[Need]:
        """What the person needs to come."""
        return frozenset(need for need in Need if getattr(self, need.value))
