"""One activity: what was done and how it ended, without anyone's identity."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from escale.apps.activity.lists import holding, read
from escale.apps.activity.models.rows import OfCommuneQuerySet
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.activity.records import People, RecordEntry
from escale.core.activity.vocabulary import (
    MOST_MINUTES,
    ActivityKind,
    AgeBand,
    Autonomy,
    Device,
    Gender,
    Level,
    Mandate,
    Mission,
    Mode,
    Orientation,
    Place,
    Posture,
    Procedure,
    Public,
    Status,
    Theme,
)


class RecordQuerySet(OfCommuneQuerySet["Record"]):
    """Records, cut to an actor, a period, or those that count."""

    def standing(self) -> Self:
        """Return those that were not removed."""
        return self.filter(removed_at__isnull=True)


class Record(models.Model):
    """What a mediator did. `key` comes from the device: what is sent twice is one. A removed record stays as an empty mark.

    `appointment` is the uid of an appointment, never shown: it is cut after twelve months; `had_appointment` stays, to count.
    `entered_at` is put right by how far the clock of the device was from ours, `device_time` is what that clock said.
    """

    key = models.UUIDField("clé", unique=True)
    version = models.PositiveIntegerField("version", default=1)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="records")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="records")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="records", verbose_name="médiatrice ou médiateur")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="records", verbose_name="passage")
    date = models.DateField("jour")
    kind = models.CharField("type", max_length=10)
    place = models.CharField("lieu", max_length=15)
    mode = models.CharField("mode", max_length=10)
    public = models.CharField("public", max_length=20)
    minutes = models.PositiveIntegerField("durée")
    themes = models.CharField("thèmes", max_length=500, blank=True)
    procedures = models.CharField("démarches", max_length=300, blank=True)
    devices = models.CharField("matériel", max_length=80, blank=True)
    missions = models.CharField("missions", max_length=30, blank=True)
    autonomy = models.CharField("autonomie", max_length=25, blank=True)
    orientation = models.CharField("orientation", max_length=40, blank=True)
    level = models.CharField("niveau", max_length=15, blank=True)
    age = models.CharField("tranche d’âge", max_length=25, blank=True)
    gender = models.CharField("genre", max_length=15, blank=True)
    status = models.CharField("situation", max_length=15, blank=True)
    people = models.PositiveIntegerField("personnes", default=1)
    known = models.PositiveIntegerField("déjà venues", null=True, blank=True)
    counts = models.JSONField("nombres", default=dict, blank=True)
    posture = models.CharField("posture", max_length=20, blank=True)
    mandate = models.CharField("mandat", max_length=20, blank=True)
    is_first_time = models.BooleanField("première fois", null=True, blank=True)
    is_solved = models.BooleanField("résolu", null=True, blank=True)
    took_pix = models.BooleanField("ABC Pix passé", null=True, blank=True)
    appointment = models.UUIDField("rendez-vous", null=True, blank=True)
    had_appointment = models.BooleanField("sur rendez-vous", default=False)
    workshop = models.CharField("atelier", max_length=80, blank=True)
    asked_at = models.DateTimeField("demandé à", null=True, blank=True)
    entered_at = models.DateTimeField("noté à")
    device_time = models.DateTimeField("heure de l’appareil")
    received_at = models.DateTimeField("reçu à")
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "activité"
        ordering = ("-entered_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(appointment__isnull=False, removed_at__isnull=True),
                name="one_record_of_an_appointment",
                violation_error_message="Ce rendez-vous a déjà sa fiche ; la corriger.",
            ),
            models.CheckConstraint(
                name="record_procedures",
                condition=Q(procedures="") | Q(themes__contains=holding(Theme.PROCEDURES)),
            ),
            models.CheckConstraint(
                name="record_mandate",
                condition=Q(posture=Posture.ACTS.value, mandate__in=[Mandate.AIDANTS_CONNECT.value, Mandate.PAPER.value])
                | (~Q(posture=Posture.ACTS.value) & Q(mandate="")),
            ),
            models.CheckConstraint(
                name="record_people",
                condition=Q(people__gte=1)
                & (Q(known__isnull=True) | Q(known__lte=models.F("people")))
                & (
                    Q(kind=ActivityKind.INDIVIDUAL.value, people=1, known__isnull=True, level="")
                    | (~Q(kind=ActivityKind.INDIVIDUAL.value) & Q(age="", gender="", status="", appointment__isnull=True))
                ),
            ),
            models.CheckConstraint(
                name="record_appointment",
                condition=Q(had_appointment=True, kind=ActivityKind.INDIVIDUAL.value)
                | Q(had_appointment=False, appointment__isnull=True),
            ),
            models.CheckConstraint(
                name="record_values",
                condition=Q(
                    kind__in=[kind.value for kind in ActivityKind],
                    place__in=[place.value for place in Place],
                    mode__in=[mode.value for mode in Mode],
                    public__in=[public.value for public in Public],
                    minutes__gte=1,
                    minutes__lte=MOST_MINUTES,
                    version__gte=1,
                    autonomy__in=["", *(autonomy.value for autonomy in Autonomy)],
                    orientation__in=["", *(orientation.value for orientation in Orientation)],
                    level__in=["", *(level.value for level in Level)],
                    age__in=["", *(age.value for age in AgeBand)],
                    gender__in=["", *(gender.value for gender in Gender)],
                    status__in=["", *(status.value for status in Status)],
                    posture__in=["", *(posture.value for posture in Posture)],
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["epci", "date"], name="record_of_epci"),
            models.Index(fields=["commune", "date"], name="record_of_commune"),
            models.Index(fields=["mediator", "date"], name="record_of_mediator"),
            # Without the EPCI, SQLite reads all the records of the EPCI to find those of one half-day.
            models.Index(fields=["visit", "epci"], name="record_of_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.kind})"

    @property
    def theme_set(self) -> frozenset[Theme]:
        """What it was about."""
        return read(self.themes, Theme)

    @property
    def entry(self) -> RecordEntry:
        """What it says, as it was written down."""
        return RecordEntry(
            key=self.key,
            version=self.version,
            kind=ActivityKind(self.kind),
            entered_at=self.entered_at,
            asked_at=self.asked_at,
            visit=self._visit_uid,
            commune="" if self.visit_id else self.commune.code,
            appointment=self.appointment,
            workshop=self.workshop,
            place=Place(self.place),
            mode=Mode(self.mode),
            public=Public(self.public),
            minutes=self.minutes,
            themes=self.theme_set,
            procedures=read(self.procedures, Procedure),
            devices=read(self.devices, Device),
            missions=read(self.missions, Mission),
            autonomy=Autonomy(self.autonomy) if self.autonomy else None,
            orientation=Orientation(self.orientation) if self.orientation else None,
            level=Level(self.level) if self.level else None,
            age=AgeBand(self.age) if self.age else None,
            gender=Gender(self.gender) if self.gender else None,
            status=Status(self.status) if self.status else None,
            people=self._people,
            posture=Posture(self.posture) if self.posture else None,
            mandate=Mandate(self.mandate),
            is_first_time=self.is_first_time,
            is_solved=self.is_solved,
            took_pix=self.took_pix,
        )

    @property
    def _visit_uid(self) -> UUID | None:
        return None if self.visit is None else self.visit.uid

    @property
    def _people(self) -> People:
        return People(
            total=self.people,
            known=self.known,
            ages={AgeBand(name): count for name, count in self.counts.get("ages", {}).items()},
            genders={Gender(name): count for name, count in self.counts.get("genders", {}).items()},
            statuses={Status(name): count for name, count in self.counts.get("statuses", {}).items()},
        )
