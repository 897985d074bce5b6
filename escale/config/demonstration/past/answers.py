"""What residents answered to the anonymous question, and how old people are: invented figures, which say that they are."""

from __future__ import annotations

import random
from collections import Counter

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from escale.apps.activity.models import EaseCount, Record
from escale.apps.territory.actions import write_ages_of_epci
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR
from escale.core.activity.vocabulary import ActivityKind, Ease

LIKELY = {Ease.NO_ANSWER: 3, Ease.NOT_AT_ALL: 1, Ease.RATHER_NOT: 3, Ease.RATHER: 8, Ease.WHOLLY: 5}
SHARE_15, SHARE_60 = 0.81, 0.27
SOURCE = "nombres inventés pour la démonstration"


@transaction.atomic
def answer_the_question(epci: Epci) -> None:
    """Let every second person who came alone be asked, and type in the ages of the territory; once."""
    if not EaseCount.objects.filter(epci=epci).exists():
        EaseCount.objects.bulk_create(_answers(epci))
    if not epci.ages_source:
        now = today(epci)
        whole: int = Commune.objects.members_of(epci, now, now).aggregate(people=Sum("population"))["people"] or 0
        write_ages_of_epci(
            actor=ACTOR,
            epci=epci,
            population_15=int(round(whole * SHARE_15, -2)),
            population_60=int(round(whole * SHARE_60, -2)),
            source=SOURCE,
            year=now.year - 3,
        )


def _answers(epci: Epci) -> list[EaseCount]:
    alone = Record.objects.standing().filter(epci=epci, kind=ActivityKind.INDIVIDUAL.value).order_by()
    by_month = alone.annotate(month=TruncMonth("date")).values_list("commune", "month").annotate(people=Count("pk"))
    rows = []
    for commune, month, people in by_month.order_by("month", "commune"):
        draw = random.Random(f"ease {commune} {month}")
        answers = Counter(draw.choices(list(LIKELY), list(LIKELY.values()), k=people // 2))
        rows += [
            EaseCount(epci=epci, commune_id=commune, month=month, answer=answer.value, count=count)
            for answer, count in sorted(answers.items())
        ]
    return rows
