"""Changes that people have to learn: by the mairie for those whom only it reaches, by a message for the others."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.booking.kinds import Change, Channel
from escale.apps.booking.models.appointments import Appointment
from escale.apps.booking.models.demandes import Demande, Offer
from escale.core.calendar.halfdays import Half


class TellingQuerySet(ScopedQuerySet["Telling"]):
    """What has to be told, cut as the appointments and requests are."""

    sees = "booking.see"

    def within(self, scope: Scope) -> Self:
        """Return what concerns the appointments and requests of the scope."""
        return self.filter(
            Q(appointment__in=Appointment.objects.within(scope)) | Q(offer__demande__in=Demande.objects.within(scope))
        )

    def reached_with(self, actor: Actor, permission: str) -> Self:
        """Return the same, and what concerns the half-days of a mediator."""
        if not isinstance(actor, User):
            return super().reached_with(actor, permission)
        mine = Appointment.objects.reached_with(actor, permission)
        waiting = Demande.objects.reached_with(actor, permission)
        return self.filter(Q(appointment__in=mine) | Q(offer__demande__in=waiting))

    def untold(self) -> Self:
        """Return what nobody has told yet, the oldest first."""
        return self.filter(told_at__isnull=True).order_by("since", "pk")

    def coming_from(self, day: dt.date) -> Self:
        """Return what is of use from a day on: once an appointment is over, nobody has to learn of it any more."""
        return self.filter(Q(appointment__visit__date__gte=day) | Q(appointment__date__gte=day) | Q(offer__answer=""))

    def by_mairie(self) -> Self:
        """Return what only the mairie can tell: it alone reaches the person, or no message did."""
        mairie = Channel.MAIRIE.value
        return self.filter(Q(appointment__channel=mairie) | Q(offer__demande__channel=mairie) | Q(falls_to_mairie=True))

    def by_message(self) -> Self:
        """Return what a message can still tell."""
        ways = [Channel.PHONE.value, Channel.EMAIL.value]
        appointment = Q(appointment__channel__in=ways, appointment__contact_forgotten=False)
        offer = Q(offer__demande__channel__in=ways, offer__demande__contact_forgotten=False)
        return self.filter(appointment | offer, falls_to_mairie=False)


class Telling(models.Model):
    """One change of an appointment, or one offer, that one person has to learn; ticked once it is done, by whoever tells it.

    `before_date` and `before_half` say what the person still believes. `falls_to_mairie` when no message reaches them.
    """

    appointment = models.ForeignKey(Appointment, models.CASCADE, null=True, blank=True, related_name="tellings")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, blank=True, related_name="tellings")
    change = models.CharField("à dire", max_length=10)
    since = models.DateTimeField("depuis")
    before_date = models.DateField("date connue", null=True, blank=True)
    before_half = models.CharField("moitié connue", max_length=2, blank=True)
    falls_to_mairie = models.BooleanField("à dire par la mairie", default=False)
    told_at = models.DateTimeField("dit le", null=True, blank=True)
    told_by = models.CharField("dit par", max_length=80, blank=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = "personne à prévenir"
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                name="telling_concerns_one_thing",
                condition=(Q(appointment__isnull=False, offer__isnull=True) & ~Q(change=Change.OFFERED.value))
                | Q(appointment__isnull=True, offer__isnull=False, change=Change.OFFERED.value),
            ),
            models.CheckConstraint(name="telling_change_is_known", condition=Q(change__in=[change.value for change in Change])),
            models.CheckConstraint(
                name="telling_before",
                condition=Q(before_date__isnull=True, before_half="")
                | Q(before_date__isnull=False, before_half__in=[half.value for half in Half]),
            ),
            models.CheckConstraint(
                name="telling_done",
                condition=Q(told_at__isnull=True, told_by="") | (Q(told_at__isnull=False) & ~Q(told_by="")),
            ),
            # A second move says all that the first one did.
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(told_at__isnull=True, appointment__isnull=False),
                name="one_word_of_an_appointment",
            ),
            models.UniqueConstraint(fields=["offer"], condition=Q(offer__isnull=False), name="one_word_of_an_offer"),
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.appointment_id or self.offer_id}"
