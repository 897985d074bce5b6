"""Where evaluations are: what is due, who answered, what remains to do, campaign by campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from escale.apps.audit.actors import Actor
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.dues import Owed, owed_until
from escale.apps.evaluation.models import Campaign, Evaluation
from escale.apps.territory.models import Epci
from escale.core.calendar.months import Month
from escale.core.convention.dates import add_months

HEAVY = ("figures", "convention__text", "convention__commune__outline")
"""What lists of evaluations do not read."""
AHEAD_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Some evaluations, and how far they are."""

    campaign: Campaign
    evaluations: Sequence[Evaluation]
    asked: int
    answered: int

    @property
    def month(self) -> Month:
        """The month in which they fall due."""
        return Month.parse(self.campaign.month)

    @property
    def frozen(self) -> int:
        """How many have their figures."""
        return sum(one.frozen_at is not None for one in self.evaluations)

    @property
    def read(self) -> int:
        """How many have a synthesis that someone read through."""
        return sum(one.read_at is not None for one in self.evaluations)

    @property
    def validated(self) -> int:
        """How many are validated."""
        return sum(one.validated_at is not None for one in self.evaluations)

    @property
    def drifted(self) -> int:
        """How many are proposed a rectification."""
        return sum(one.drifted_on is not None and one.validated_at is not None for one in self.evaluations)

    @property
    def stage(self) -> str:
        """How far they are: « chiffres arrêtés pour 3 sur 5 »."""
        whole = len(self.evaluations)
        if self.frozen < whole:
            return f"chiffres arrêtés pour {self.frozen} sur {whole}"
        return f"relues : {self.read} sur {whole}" if self.read < whole else f"validées : {self.validated} sur {whole}"

    @property
    def remains(self) -> str:
        """What is to be done next, in French."""
        left = len(self.evaluations)
        if self.validated == left:
            return "rectificatif à proposer" if self.drifted else ""
        if self.frozen < left:
            return "attendre les réponses, puis arrêter les chiffres"
        if self.read < left:
            count = left - self.read
            return f"{count} synthèse{'s' * (count > 1)} à relire"
        return "valider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Evaluations that fall due in a month to come, and are not open yet."""

    month: Month
    count: int
    has_whole: bool


def progress_of(actor: Actor, campaigns: Iterable[Campaign]) -> list[Progress]:
    """Return how far campaigns are, in three queries whatever their number."""
    known = list(campaigns)
    rows = Evaluation.objects.visible_to(actor).filter(campaign__in=known).select_related("epci", "convention__commune")
    rows = rows.defer(*HEAVY).annotate(
        asked=Count("questionnaires", distinct=True),
        answered=Count("questionnaires", filter=Q(questionnaires__answered_at__isnull=False), distinct=True),
    )
    by_campaign: dict[int, list[Evaluation]] = {campaign.pk: [] for campaign in known}
    for row in rows:
        by_campaign[row.campaign_id].append(row)
    return [
        Progress(
            campaign=campaign,
            evaluations=found,
            asked=sum(row.asked for row in found),  # type: ignore[attr-defined]  # annotated above
            answered=sum(row.answered for row in found),  # type: ignore[attr-defined]
        )
        for campaign in known
        if (found := by_campaign[campaign.pk])
    ]


def coming_up(epci: Epci, on: dt.date) -> list[Coming]:
    """Return what falls due in the year to come and is not open yet, month by month."""
    known = set(Evaluation.objects.filter(epci=epci).values_list("convention", "rank"))
    owed = [one for one in owed_until(epci, on, add_months(on, AHEAD_MONTHS)) if (one.convention, one.due.rank) not in known]
    by_month: dict[Month, list[Owed]] = {}
    for one in sorted(owed, key=lambda each: each.due.day):
        by_month.setdefault(Month.of(one.due.day), []).append(one)
    return [
        Coming(month=month, count=len(found), has_whole=any(one.convention is None for one in found))
        for month, found in by_month.items()
    ]


def evaluations_of(actor: Actor, convention: Convention) -> list[Evaluation]:
    """Return the evaluations of a convention, the first one first."""
    rows = Evaluation.objects.visible_to(actor).filter(convention=convention)
    return list(rows.select_related("epci", "convention__commune").defer(*HEAVY).order_by("rank"))
