"""When the committee meets, who is invited and comes (art. 6)."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.committee.models.members import Member
from escale.apps.territory.models import Epci


class MeetingState(StrEnum):
    """Where a meeting is; one that is cancelled no longer counts among those of the year."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


COUNTED = (MeetingState.PLANNED.value, MeetingState.HELD.value)


class MeetingQuerySet(ScopedQuerySet["Meeting"]):
    """Meetings, cut to an actor."""

    sees = "committee.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def counted(self) -> Self:
        """Return those that count for the most of a year: planned or held."""
        return self.filter(state__in=COUNTED)


class Meeting(models.Model):
    """A meeting of the committee: its papers are written before, its minutes after."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="committee_meetings")
    date = models.DateField("date")
    hour = models.TimeField("heure")
    place = models.CharField("lieu", max_length=200)
    state = models.CharField("état", max_length=10, default=MeetingState.PLANNED.value)
    reason = models.CharField("motif de l’annulation", max_length=200, blank=True)
    agenda = models.TextField("ordre du jour", blank=True)
    decisions = models.TextField("ce que nous décidons", blank=True)
    costs = models.TextField("ce que cela coûte en argent", blank=True)
    minutes = models.TextField("compte rendu", blank=True)
    convened_at = models.DateTimeField("convoquée le", null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion du comité"
        verbose_name_plural = "réunions du comité"
        ordering = ("-date", "-pk")
        constraints = [
            models.CheckConstraint(
                name="committee_meeting_state",
                condition=Q(state=MeetingState.CANCELLED.value) & ~Q(reason="") | Q(state__in=COUNTED, reason=""),
            ),
            models.CheckConstraint(name="committee_minutes_follow", condition=Q(minutes="") | Q(state=MeetingState.HELD.value)),
            models.UniqueConstraint(
                fields=["epci", "date"],
                condition=Q(state__in=COUNTED),
                name="one_committee_meeting_a_day",
                violation_error_message="Une réunion est déjà prévue ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} ({self.state})"

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be held."""
        return self.state == MeetingState.PLANNED


class Presence(StrEnum):
    """Whether someone who was invited came."""

    UNTOLD = ""
    PRESENT = "present"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"


def new_key() -> str:
    """Return a key that nobody guesses: 32 characters of an address."""
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """A member invited to a meeting: a personal link to the folder, which can be taken back, and whether they came."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations")
    key = models.CharField("clé", max_length=40, unique=True, default=new_key)
    sent_at = models.DateTimeField("envoyée le", default=timezone.now)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)
    presence = models.CharField("présence", max_length=12, blank=True)

    class Meta:
        verbose_name = "invitation au comité"
        verbose_name_plural = "invitations au comité"
        ordering = ("member__commune__sort_key", "member__last_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="one_invitation_of_a_member"),
            models.CheckConstraint(
                name="committee_presence_is_known", condition=Q(presence__in=[presence.value for presence in Presence])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ({self.meeting_id})"
