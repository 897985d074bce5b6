"""A workshop: for whom, about what, where and when (art. 3-1, 4 and 7)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.team.models import Kit
from escale.apps.territory.models import BassinDeVie, Commune, Epci, Premises, Room
from escale.core.activity.vocabulary import Level, Mission, Public, Theme
from escale.core.calendar.halfdays import Half
from escale.core.calendar.hours import Hours
from escale.core.workshops.capacity import MOST_PLACES
from escale.core.workshops.states import COMING, STANDING, WorkshopState

COMING_VALUES = sorted(state.value for state in COMING)
STANDING_VALUES = sorted(state.value for state in STANDING)
NOON = dt.time(12)


class WorkshopQuerySet(ScopedQuerySet["Workshop"]):
    """Workshops, cut to an actor, a period or a state."""

    sees = "workshops.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those that are announced to its communes."""
        announced = Q(communes__code__in=scope.communes) & ~Q(state=WorkshopState.DRAFT.value)
        return self.filter(Q(epci__siren__in=scope.epcis) | announced).distinct()

    def coming(self) -> Self:
        """Return those that are prepared or open."""
        return self.filter(state__in=COMING_VALUES)

    def open(self) -> Self:
        """Return those that take registrations."""
        return self.filter(state=WorkshopState.OPEN.value)

    def from_day(self, day: dt.date) -> Self:
        """Return those of a day and later, in the order of time."""
        return self.filter(date__gte=day).order_by("date", "starts", "pk")


class Workshop(models.Model):
    """People learn together. Its `uid` survives its moves and `sequence` counts them, as calendars expect (RFC 5545).

    `communes` are those whose people it takes: one, several, or those of a bassin de vie. `host` is the one where it is held.
    `cycle` is shared by the sessions of one cycle.
    """

    uid = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField("nombre de changements", default=0)
    cycle = models.UUIDField("cycle", null=True, blank=True, db_index=True)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="workshops")
    title = models.CharField("titre", max_length=100)
    public = models.CharField("public", max_length=20)
    level = models.CharField("niveau", max_length=15)
    themes = models.JSONField("thèmes", default=list)
    missions = models.JSONField("missions", default=list)
    tools = models.JSONField("outils", default=list, blank=True)
    other_tool = models.CharField("autre outil", max_length=100, blank=True)
    exception = models.CharField("raison de l’exception", max_length=200, blank=True)
    communes = models.ManyToManyField(Commune, related_name="workshops", verbose_name="communes")
    bassin = models.ForeignKey(BassinDeVie, models.PROTECT, null=True, blank=True, related_name="workshops")
    host = models.ForeignKey(Commune, models.PROTECT, related_name="hosted_workshops", verbose_name="commune d’accueil")
    premises = models.ForeignKey(Premises, models.PROTECT, null=True, blank=True, related_name="workshops", verbose_name="lieu")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="workshops", verbose_name="salle")
    address = models.CharField("autre lieu et adresse", max_length=200, blank=True)
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, blank=True, related_name="workshops", verbose_name="malle")
    date = models.DateField("date")
    starts = models.TimeField("de")
    ends = models.TimeField("à")
    places = models.PositiveSmallIntegerField("places")
    state = models.CharField("état", max_length=10, default=WorkshopState.DRAFT.value)
    state_at = models.DateTimeField("état noté le")
    reason = models.CharField("motif de l’annulation", max_length=200, blank=True)
    walk_ins = models.PositiveSmallIntegerField("venues sans inscription", default=0)
    known = models.PositiveSmallIntegerField("déjà venues", null=True, blank=True)
    ages = models.JSONField("nombres par tranche d’âge", default=dict, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = "atelier"
        ordering = ("date", "starts", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="workshop_hours",
                condition=Q(starts__lt=F("ends")),
                violation_error_message="L’atelier finit avant de commencer ; corriger l’une des deux heures.",
            ),
            models.CheckConstraint(
                name="workshop_is_somewhere",
                condition=Q(premises__isnull=False, address="") | (Q(premises__isnull=True, room__isnull=True) & ~Q(address="")),
                violation_error_message="Choisir un lieu de la commune, ou écrire une adresse.",
            ),
            models.CheckConstraint(
                name="workshop_places",
                condition=Q(places__gte=1, places__lte=MOST_PLACES),
                violation_error_message=f"Un atelier a de 1 à {MOST_PLACES} places.",
            ),
            models.CheckConstraint(
                name="workshop_exception_is_told",
                condition=Q(other_tool="", exception="") | (~Q(other_tool="") & ~Q(exception="")),
                violation_error_message="Un outil hors catalogue a sa raison (art. 3-2).",
            ),
            models.CheckConstraint(
                name="workshop_values",
                condition=~Q(title="")
                & Q(
                    state__in=[state.value for state in WorkshopState],
                    public__in=[public.value for public in Public],
                    level__in=[level.value for level in Level],
                ),
            ),
        ]
        indexes = [models.Index(fields=["epci", "date"], name="workshop_of_epci")]

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> Hours:
        """From when to when."""
        return Hours(starts=self.starts, ends=self.ends)

    @property
    def begins_at(self) -> dt.datetime:
        """The moment at which it begins, where the EPCI lives."""
        return dt.datetime.combine(self.date, self.starts, tzinfo=ZoneInfo(self.epci.time_zone))

    @property
    def halves(self) -> tuple[Half, ...]:
        """The halves of the day that it takes."""
        return halves_of(self.starts, self.ends)

    @property
    def is_coming(self) -> bool:
        """Whether it can still be changed."""
        return WorkshopState(self.state) in COMING

    @property
    def is_open(self) -> bool:
        """Whether it takes registrations."""
        return self.state == WorkshopState.OPEN

    @property
    def is_for_agents(self) -> bool:
        """Whether it is for municipal agents."""
        return self.public == Public.AGENTS

    @property
    def where(self) -> str:
        """Where it is: « Mairie, Salle du conseil », or the address that was written."""
        return ", ".join(part.name for part in (self.premises, self.room) if part is not None) or self.address

    @property
    def theme_set(self) -> frozenset[Theme]:
        """What it is about."""
        return frozenset(Theme(theme) for theme in self.themes)

    @property
    def mission_set(self) -> frozenset[Mission]:
        """The missions of art. 3-2 that it serves."""
        return frozenset(Mission(mission) for mission in self.missions)


def halves_of(starts: dt.time, ends: dt.time) -> tuple[Half, ...]:
    """Return the halves of a day that some hours take; what ends at noon takes the morning alone."""
    halves = [half for half, takes in ((Half.AM, starts < NOON), (Half.PM, ends > NOON)) if takes]
    return tuple(halves)
