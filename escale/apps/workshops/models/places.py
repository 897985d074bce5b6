"""The numbered places of a workshop, and the people who have one or wait for one."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.territory.models import Commune
from escale.apps.workshops.models.holds import led_by
from escale.apps.workshops.models.workshops import Workshop
from escale.core.activity.vocabulary import Public
from escale.core.workshops.capacity import MOST_PLACES
from escale.core.workshops.states import ASKING, Attendance, News, RegistrationState


class Place(models.Model):
    """One place of a workshop: there are as many rows as people it takes, so that one person too many has none to sit on."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField("place")

    class Meta:
        verbose_name = "place"
        ordering = ("workshop", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workshop", "number"], name="one_place_of_a_number"),
            models.CheckConstraint(name="place_number", condition=Q(number__gte=1, number__lte=MOST_PLACES)),
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}:{self.number}"


class RegistrationQuerySet(ScopedQuerySet["Registration"]):
    """Registrations, cut to the commune that wrote them, or to the mediators and the coordination."""

    sees = "workshops.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those that its communes wrote."""
        return self.filter(Q(workshop__epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def nameable_by(self, actor: Actor) -> Self:
        """Return those whose name an actor may read.

        A mairie reads the names that it wrote, a mediator those of the workshops that they lead, the coordination those of
        municipal agents, who come for their work.
        """
        mine = Q(commune__code__in=actor.scope("booking.name").communes)
        if isinstance(actor, User):
            mine |= Q(workshop__in=led_by(actor))
        agents = Q(workshop__public=Public.AGENTS.value, workshop__epci__siren__in=actor.scope("booking.reveal").epcis)
        return self.filter(mine | agents)

    def asking(self) -> Self:
        """Return those who have a place or wait for one, the oldest first."""
        return self.filter(state__in=[state.value for state in ASKING]).order_by("written_at", "pk")

    def registered(self) -> Self:
        """Return those who have a place, by its number."""
        return self.filter(state=RegistrationState.REGISTERED.value).order_by("place__number")

    def waiting(self) -> Self:
        """Return those who wait, the oldest first."""
        return self.filter(state=RegistrationState.WAITING.value).order_by("written_at", "pk")

    def to_tell(self) -> Self:
        """Return those whom only the mairie reaches and who do not know the news yet."""
        return self.exclude(news=News.NONE.value).order_by("workshop__date", "pk")


class Registration(models.Model):
    """Someone who comes, or would like to. `commune` is the one whose mairie looks after them, `residence` where they live.

    The way to reach them is forgotten first, the name later; what is left says that someone came.
    """

    uid = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="registrations", verbose_name="atelier")
    place = models.OneToOneField(Place, models.PROTECT, null=True, blank=True, related_name="registration", verbose_name="place")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="workshop_registrations", verbose_name="commune")
    residence = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune où la personne habite")
    first_name = models.CharField("prénom", max_length=60, blank=True)
    name = models.CharField("nom ou alias", max_length=60, blank=True)
    channel = models.CharField("joindre", max_length=10)
    contact = models.CharField("téléphone ou adresse électronique", max_length=120, blank=True)
    brings_device = models.BooleanField("apporte son appareil", default=False)
    state = models.CharField("état", max_length=10)
    state_at = models.DateTimeField("état noté le")
    written_at = models.DateTimeField("noté le")
    written_by = models.CharField("noté par", max_length=80)
    written_as = models.CharField("au titre de", max_length=15)
    attendance = models.CharField("présence", max_length=10, blank=True, default=Attendance.UNKNOWN.value)
    news = models.CharField("à prévenir", max_length=10, blank=True, default=News.NONE.value)
    contact_forgotten = models.BooleanField("contact effacé", default=False)
    person_forgotten = models.BooleanField("nom effacé", default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        ordering = ("written_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="registration_place",
                condition=Q(state=RegistrationState.REGISTERED.value, place__isnull=False)
                | (Q(state__in=[RegistrationState.WAITING.value, RegistrationState.WITHDRAWN.value], place__isnull=True)),
            ),
            models.CheckConstraint(
                name="registration_person",
                condition=(Q(person_forgotten=False) & ~Q(name=""))
                | Q(person_forgotten=True, contact_forgotten=True, first_name="", name=""),
                violation_error_message="Donner un nom, ou un alias.",
            ),
            models.CheckConstraint(
                name="registration_contact",
                condition=Q(channel=Channel.MAIRIE.value, contact="")
                | Q(contact_forgotten=True, contact="")
                | (Q(contact_forgotten=False, channel__in=[Channel.PHONE.value, Channel.EMAIL.value]) & ~Q(contact="")),
                violation_error_message="Donner un téléphone ou une adresse électronique, ou « via la mairie ».",
            ),
            models.CheckConstraint(
                name="registration_values",
                condition=Q(
                    channel__in=[channel.value for channel in Channel],
                    written_as__in=[agent.value for agent in Agent],
                    attendance__in=[attendance.value for attendance in Attendance],
                    news__in=[news.value for news in News],
                )
                & ~Q(written_by=""),
            ),
        ]
        indexes = [models.Index(fields=["workshop", "state"], name="registration_of_workshop")]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    @property
    def person(self) -> str:
        """The name as a desk reads it; empty once it is forgotten."""
        return f"{self.first_name} {self.name}".strip()
