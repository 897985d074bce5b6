"""What mediators learn (art. 7) and their habilitation to Aidants Connect (art. 3-2): dates, never the mandates themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from escale.apps.team.models.people import Mediator
from escale.apps.team.models.rooms import RoomBooking
from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Epci
from escale.apps.territory.overlap import NoOverlap
from escale.core.team.habilitation import HabilitationDates

MOST_HOURS = 24


class TrainingQuerySet(TeamQuerySet["Training"]):
    """Trainings, cut to an actor."""

    to_epci = "mediator__epci"


class Training(models.Model):
    """Hours that a mediator spent learning, on a day."""

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="trainings", verbose_name="qui")
    date = models.DateField("date")
    hours = models.DecimalField("heures", max_digits=4, decimal_places=2)
    subject = models.CharField("sujet", max_length=120)
    provider = models.CharField("organisme", max_length=120, blank=True)
    booking = models.ForeignKey(
        RoomBooking, models.SET_NULL, null=True, blank=True, related_name="trainings", verbose_name="salle"
    )

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "formation"
        ordering = ("-date", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="training_is_told",
                condition=Q(hours__gt=0, hours__lte=MOST_HOURS) & ~Q(subject=""),
                violation_error_message="Donner le sujet, et entre 0 et 24 heures pour un jour.",
            ),
            models.UniqueConstraint(
                fields=["mediator", "date", "subject"],
                name="one_training_of_a_day",
                violation_error_message="Cette formation est déjà notée ce jour-là ; corriger ses heures.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class StructureHabilitationQuerySet(TeamQuerySet["StructureHabilitation"]):
    """Habilitations of structures, cut to an actor or a date."""

    to_epci = "epci"


class StructureHabilitation(Dated):
    """The EPCI is habilitated to Aidants Connect, from one day to another: no mediator is without it."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="habilitations")

    objects = StructureHabilitationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "habilitation de la structure"
        ordering = ("-starts", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="structure_habilitation_starts",
                condition=Q(starts__isnull=False),
                violation_error_message="Donner le premier jour de l’habilitation.",
            ),
            NoOverlap(
                fields=("epci",),
                name="one_structure_habilitation",
                violation_error_message="La structure est déjà habilitée à ces dates ; corriger cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.epci} : {self.starts} – {self.ends}"


class HabilitationQuerySet(TeamQuerySet["Habilitation"]):
    """Habilitations of mediators, cut to an actor."""

    to_epci = "mediator__epci"


class Habilitation(models.Model):
    """How far a mediator is with Aidants Connect: trained, habilitated, until when. What a day makes of it is computed."""

    mediator = models.OneToOneField(Mediator, models.PROTECT, related_name="habilitation", verbose_name="qui")
    trained_on = models.DateField("formation le", null=True, blank=True)
    granted_on = models.DateField("habilitation le", null=True, blank=True)
    ends = models.DateField("valable jusqu’au", null=True, blank=True)

    objects = HabilitationQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        ordering = ("mediator",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="habilitation_order",
                condition=(
                    Q(granted_on__isnull=True, ends__isnull=True)
                    | Q(trained_on__isnull=False, granted_on__isnull=False, granted_on__gte=F("trained_on"), ends__isnull=True)
                    | Q(
                        trained_on__isnull=False,
                        granted_on__isnull=False,
                        granted_on__gte=F("trained_on"),
                        ends__isnull=False,
                        ends__gte=F("granted_on"),
                    )
                ),
                violation_error_message="La formation précède l’habilitation, et l’habilitation sa fin ; corriger les dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator} : Aidants Connect"

    @property
    def dates(self) -> HabilitationDates:
        """The dates as values."""
        return HabilitationDates(trained_on=self.trained_on, granted_on=self.granted_on, ends=self.ends)
