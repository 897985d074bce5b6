"""Appointments, the slots that they hold, and the communes that open theirs to their neighbours."""

from __future__ import annotations

import uuid
from datetime import date as Date  # noqa: N812 -- a field is called date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.booking.kinds import CancelledBy, Kind
from escale.apps.booking.models.residents import OfResident
from escale.apps.booking.reach import held_by
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.booking.slots import APPOINTMENT_MINUTES, MOST_IN_A_ROW, Grid, Position, divides_the_hour
from escale.core.booking.states import AppointmentState
from escale.core.calendar.halfdays import Half

LENGTHS = [minutes for minutes in range(1, APPOINTMENT_MINUTES + 1) if divides_the_hour(minutes)]
STANDING = [AppointmentState.BOOKED.value, AppointmentState.HONOURED.value, AppointmentState.ABSENT.value]


class AppointmentQuerySet(ScopedQuerySet["Appointment"]):
    """Appointments, cut to the commune that asked, to the one of the visit, or to the mediator who holds the post that day."""

    sees = "booking.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those that its communes asked for or receive."""
        own = Q(asking__code__in=scope.communes) | Q(visit__commune__code__in=scope.communes)
        return self.filter(Q(epci__siren__in=scope.epcis) | own)

    def reached_with(self, actor: Actor, permission: str) -> Self:
        """Return the same, and those of the half-days that the actor holds as a mediator."""
        rows = super().reached_with(actor, permission)
        if not isinstance(actor, User):
            return rows
        held = held_by(actor, post="post", date="date") | held_by(actor, post="visit__post", date="visit__date")
        return self.filter(Q(pk__in=rows.values("pk")) | held)

    def of_visits(self) -> Self:
        """Return those of the half-days in the communes."""
        return self.filter(kind=Kind.VISIT.value)

    def standing(self) -> Self:
        """Return those that were not cancelled."""
        return self.filter(state__in=STANDING)

    def expecting(self, visit: Visit) -> Self:
        """Return who expects a visit: those that stand, and those that its change cancelled and nobody told yet."""
        untold = Q(tellings__isnull=False, tellings__told_at__isnull=True)
        return self.filter(Q(state__in=STANDING) | untold, visit=visit).distinct().order_by("first_slot", "pk")

    def booked(self) -> Self:
        """Return those of which nobody said yet how they went."""
        return self.filter(state=AppointmentState.BOOKED.value)


class Appointment(OfResident):
    """Someone comes to a slot, or to two in a row: of a visit, or of an afternoon at the office.

    It follows its visit when that moves. It keeps the grid on which it was booked, so that a later choice of the EPCI does not
    shift it. `asking` is the commune whose desk looks after the person, `visit.commune` the one that receives.
    """

    uid = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("lieu", max_length=10, default=Kind.VISIT.value)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="appointments")
    asking = models.ForeignKey(Commune, models.PROTECT, related_name="appointments_asked", verbose_name="commune qui inscrit")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="passage")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="office_appointments", verbose_name="poste"
    )
    date = models.DateField("date au bureau", null=True, blank=True)
    half = models.CharField("moitié de la journée au bureau", max_length=2, blank=True)
    first_slot = models.PositiveSmallIntegerField("premier créneau")
    slot_count = models.PositiveSmallIntegerField("nombre de créneaux", default=1)
    slot_minutes = models.PositiveSmallIntegerField("durée d’un créneau")
    position = models.CharField("heure des rendez-vous", max_length=10)
    demande = models.ForeignKey(
        "booking.Demande", models.SET_NULL, null=True, blank=True, related_name="appointments", verbose_name="demande"
    )
    state = models.CharField("état", max_length=10, default=AppointmentState.BOOKED.value)
    state_at = models.DateTimeField("état noté le")
    cancelled_by = models.CharField("annulé par", max_length=10, blank=True)
    reason = models.CharField("motif de l’annulation", max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta(OfResident.Meta):
        verbose_name = "rendez-vous"
        verbose_name_plural = "rendez-vous"
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfResident.Meta.constraints,
            models.CheckConstraint(
                name="appointment_is_somewhere",
                condition=Q(kind=Kind.VISIT.value, visit__isnull=False, post__isnull=True, date__isnull=True, half="")
                | Q(
                    kind=Kind.OFFICE.value,
                    visit__isnull=True,
                    post__isnull=False,
                    date__isnull=False,
                    half__in=[half.value for half in Half],
                ),
            ),
            models.CheckConstraint(
                name="appointment_slots",
                condition=Q(first_slot__gte=1, slot_count__gte=1, slot_count__lte=MOST_IN_A_ROW, slot_minutes__in=LENGTHS)
                & Q(position__in=[position.value for position in Position]),
            ),
            models.CheckConstraint(
                name="appointment_state",
                condition=Q(state__in=STANDING, cancelled_by="")
                | Q(state=AppointmentState.CANCELLED.value, cancelled_by__in=[who.value for who in CancelledBy]),
            ),
        ]
        indexes = [models.Index(fields=["epci", "asking"], name="appointment_asked")]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    @property
    def day(self) -> Date:
        """When it is: the day of the visit, or the one at the office."""
        day = self.visit.date if self.visit is not None else self.date
        if day is None:
            raise ValueError(f"appointment {self.pk} is nowhere")
        return day

    @property
    def grid(self) -> Grid:
        """How the hour was cut when it was booked."""
        return Grid(minutes=self.slot_minutes, position=Position(self.position))

    @property
    def numbers(self) -> range:
        """The slots that it takes."""
        return range(self.first_slot, self.first_slot + self.slot_count)


class HeldSlot(models.Model):
    """One slot that an appointment holds; it goes when the appointment is cancelled. Nobody else can have it meanwhile."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="held_slots")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="held_slots")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="held_slots")
    date = models.DateField("date", null=True, blank=True)
    half = models.CharField("moitié de la journée", max_length=2, blank=True)
    number = models.PositiveSmallIntegerField("créneau")

    class Meta:
        verbose_name = "créneau pris"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "number"],
                condition=Q(visit__isnull=False),
                name="one_appointment_of_a_slot",
                violation_error_message="Ce créneau vient d’être pris ; en choisir un autre.",
            ),
            models.UniqueConstraint(
                fields=["post", "date", "half", "number"],
                condition=Q(visit__isnull=True),
                name="one_appointment_of_an_office_slot",
                violation_error_message="Ce créneau vient d’être pris ; en choisir un autre.",
            ),
            models.CheckConstraint(
                name="held_slot_is_somewhere",
                condition=Q(number__gte=1)
                & (
                    Q(visit__isnull=False, post__isnull=True, date__isnull=True, half="")
                    | Q(visit__isnull=True, post__isnull=False, date__isnull=False, half__in=[half.value for half in Half])
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id or self.post_id}:{self.number}"


class SharedSlotsQuerySet(ScopedQuerySet["SharedSlots"]):
    """Which communes open their slots, seen by everyone of the EPCI who books."""

    sees = "booking.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(commune__memberships__epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class SharedSlots(models.Model):
    """A commune lets the desks of the others see which of its slots are free, and book one for a resident of theirs."""

    commune = models.OneToOneField(Commune, models.CASCADE, related_name="shared_slots")
    since = models.DateField("depuis")

    objects = SharedSlotsQuerySet.as_manager()

    class Meta:
        verbose_name = "créneaux ouverts aux voisines"

    def __str__(self) -> str:
        return str(self.commune)
