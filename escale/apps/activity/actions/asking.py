"""Count the answer of a resident to the one anonymous question (art. 6), without keeping who, when or at which half-day."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from escale.apps.activity.ground import lock_visit, mediator_of
from escale.apps.activity.models import EaseCount, EaseKey
from escale.apps.audit.actors import Actor
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Ease


@transaction.atomic
def count_ease(*, actor: Actor, visit: Visit, answer: Ease, key: UUID) -> bool:
    """Count an answer in the commune and month of a half-day; return False for a `key` that was counted before.

    No line of the audit is written: it would say the hour at which somebody answered.
    """
    row = lock_visit(mediator_of(actor), visit)
    month = row.date.replace(day=1)
    if not EaseKey.objects.get_or_create(key=key, defaults={"month": month})[1]:
        return False
    counted, _ = EaseCount.objects.get_or_create(epci=row.epci, commune=row.commune, month=month, answer=answer.value)
    EaseCount.objects.filter(pk=counted.pk).update(count=F("count") + 1)
    return True
