"""The meeting rooms that the EPCI opens to trainings (art. 7), booked by the half-day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import HALF_WORDS, Half

MOST_SEATS = 500


class MeetingRoomQuerySet(TeamQuerySet["MeetingRoom"]):
    """Meeting rooms, cut to an actor or a date."""

    to_epci = "epci"


class MeetingRoom(Dated):
    """A room at Raismes or elsewhere, for as long as the EPCI opens it."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="meeting_rooms")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    name = models.CharField("nom de la salle", max_length=80)
    address = models.CharField("adresse", max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField("places")

    objects = MeetingRoomQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "salle de réunion"
        ordering = ("name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["epci", "name"],
                name="one_meeting_room_of_a_name",
                violation_error_message="Une salle porte déjà ce nom ; en choisir un autre.",
            ),
            models.CheckConstraint(
                name="meeting_room_is_known",
                condition=~Q(name="") & Q(seats__gte=1, seats__lte=MOST_SEATS),
                violation_error_message=f"Donner le nom de la salle et ses places, de 1 à {MOST_SEATS}.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoomBookingQuerySet(TeamQuerySet["RoomBooking"]):
    """Bookings of rooms, cut to an actor."""

    to_epci = "room__epci"


class RoomBooking(models.Model):
    """A room taken for one half-day; a whole day is two bookings."""

    room = models.ForeignKey(MeetingRoom, models.PROTECT, related_name="bookings", verbose_name="salle")
    date = models.DateField("date")
    half = models.CharField("moitié de la journée", max_length=2)
    subject = models.CharField("pour quoi", max_length=120)

    objects = RoomBookingQuerySet.as_manager()

    class Meta:
        verbose_name = "réservation de salle"
        ordering = ("date", "half", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["room", "date", "half"],
                name="one_booking_of_a_room",
                violation_error_message="La salle est déjà prise cette demi-journée ; choisir une autre salle ou une autre date.",
            ),
            models.CheckConstraint(
                name="room_booking_is_told",
                condition=~Q(subject="") & Q(half__in=[half.value for half in Half]),
                violation_error_message="Dire pour quoi la salle est réservée, le matin ou l’après-midi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room}, {self.date} {HALF_WORDS[Half(self.half)]}"
