"""Plans as drafts, what was changed in them by hand, and which of them is published for which month."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.schedule.models.runs import Run
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month, nth_of_month
from escale.core.planning.presets import PresetName


class PlanOrigin(StrEnum):
    """Where a plan comes from."""

    FIRST = "first"
    RUN = "run"
    IMPORT = "import"
    COPY = "copy"
    REPAIR = "repair"
    TRANSITION = "transition"


class PlanState(StrEnum):
    """What may be done with a plan: a draft is edited, one that was published stays as it is."""

    DRAFT = "draft"
    SENT = "sent"
    PUBLISHED = "published"
    DISCARDED = "discarded"


OPEN = (PlanState.DRAFT.value, PlanState.SENT.value)
"""States in which a plan may be edited."""


class PlanQuerySet(ScopedQuerySet["Plan"]):
    """Plans: drafts are seen by the coordinator only."""

    sees = "schedule.draft"

    def within(self, scope: Scope) -> Self:
        """Return the plans of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def open(self) -> Self:
        """Return those that may be edited."""
        return self.filter(state__in=OPEN)

    def reaching(self, first: Month, last: Month) -> Self:
        """Return those that plan at least one month of a period."""
        return self.filter(first_month__lte=str(last), last_month__gte=str(first))


class Plan(models.Model):
    """A tour of some months. `version` counts its changes: an edit names the version that it saw.

    `figures` holds what was last reckoned of it (see schedule.figures); `lower_bound` is the proof of the run it comes from.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField("numéro")
    first_month = models.CharField("premier mois", max_length=7)
    last_month = models.CharField("dernier mois", max_length=7)
    preset = models.CharField("choix", max_length=12, default=PresetName.BALANCED.value)
    origin = models.CharField("origine", max_length=12)
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="plans")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    note = models.CharField("note", max_length=200, blank=True)
    state = models.CharField("état", max_length=10, default=PlanState.DRAFT.value)
    version = models.PositiveIntegerField("version", default=1)
    remarks_until = models.DateField("remarques jusqu’au", null=True, blank=True)
    figures: models.JSONField[Any, Any] = models.JSONField("chiffres", default=dict, blank=True)
    lower_bound = models.FloatField("borne", null=True, blank=True)
    created_by = models.CharField("fait par", max_length=80)
    created_at = models.DateTimeField("fait le", default=timezone.now)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "tournée"
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["epci", "number"], name="one_plan_of_a_number"),
            models.CheckConstraint(name="plan_months_in_order", condition=Q(first_month__lte=F("last_month"))),
            models.CheckConstraint(name="plan_origin_is_known", condition=Q(origin__in=[origin.value for origin in PlanOrigin])),
            models.CheckConstraint(name="plan_state_is_known", condition=Q(state__in=[state.value for state in PlanState])),
            models.CheckConstraint(name="plan_preset_is_known", condition=Q(preset__in=[name.value for name in PresetName])),
            models.CheckConstraint(
                name="plan_sent_until_a_day", condition=~Q(state=PlanState.SENT.value) | Q(remarks_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Tournée n° {self.number}"

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that it plans."""
        return Month.range(f"{self.first_month}..{self.last_month}")

    @property
    def is_open(self) -> bool:
        """Whether it may be edited."""
        return self.state in OPEN


class PlannedVisitQuerySet(models.QuerySet["PlannedVisit"]):
    """Visits of plans; a plan is asked for first, and with it the right to see them."""

    def of_month(self, month: Month) -> Self:
        """Return those that stand in a month, in the order of time."""
        return self.filter(date__range=(month.first, month.last)).order_by("date", "half", "post")


class PlannedVisit(models.Model):
    """A visit in a plan; `for_month` is another month than that of its date for a make-up."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="visits")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    date = models.DateField("date")
    half = models.CharField("moitié de la journée", max_length=2)
    for_month = models.CharField("mois dû", max_length=7)

    objects = PlannedVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "passage prévu"
        ordering = ("date", "half", "post")
        constraints = [
            models.UniqueConstraint(fields=["plan", "post", "date", "half"], name="one_planned_visit_of_a_post"),
            models.UniqueConstraint(fields=["plan", "commune", "date", "half"], name="one_planned_visit_of_a_commune"),
            models.CheckConstraint(name="planned_visit_half", condition=Q(half__in=[half.value for half in Half])),
        ]

    def __str__(self) -> str:
        return f"{self.commune} {self.date} {self.half}"

    @property
    def window(self) -> Window:
        """The weekday and half."""
        return Window(weekday=Weekday(self.date.weekday()), half=Half(self.half))

    @property
    def pattern(self) -> tuple[int, Window]:
        """The n-th weekday of the month and half."""
        return nth_of_month(self.date), self.window

    @property
    def is_make_up(self) -> bool:
        """Whether it keeps the promise of another month."""
        return self.for_month != str(Month.of(self.date))


class PlanChange(models.Model):
    """One edit of a plan: what stood before and after, and what it costs; so that a second editor sees it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField("version obtenue")
    at = models.DateTimeField("le", default=timezone.now)
    actor = models.CharField("par", max_length=80)
    words = models.CharField("en une phrase", max_length=300)
    before: models.JSONField[Any, Any] = models.JSONField("avant", default=list, blank=True)
    after: models.JSONField[Any, Any] = models.JSONField("après", default=list, blank=True)
    delta = models.FloatField("écart de coût", default=0)

    class Meta:
        verbose_name = "changement"
        ordering = ("plan", "version")
        constraints = [models.UniqueConstraint(fields=["plan", "version"], name="one_change_of_a_version")]

    def __str__(self) -> str:
        return self.words


class PublicationQuerySet(ScopedQuerySet["Publication"]):
    """Publications: everyone sees that a month is published."""

    sees = "schedule.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def current(self) -> Self:
        """Return those that hold."""
        return self.filter(superseded_at__isnull=True)


class Publication(models.Model):
    """A month of a plan that is promised to the communes. One holds for each EPCI and month."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="publications")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="publications")
    month = models.CharField("mois", max_length=7)
    published_by = models.CharField("publié par", max_length=80)
    published_at = models.DateTimeField("publié le", default=timezone.now)
    superseded_at = models.DateTimeField("remplacé le", null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        ordering = ("month", "-published_at")
        constraints = [
            models.UniqueConstraint(
                fields=["epci", "month"],
                condition=Q(superseded_at__isnull=True),
                name="one_publication_of_a_month",
                violation_error_message="Ce mois est déjà publié ; l’autre publication doit d’abord être remplacée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} : {self.plan}"

    @property
    def published_on(self) -> dt.date:
        """The civil day of the publication."""
        return timezone.localdate(self.published_at)
