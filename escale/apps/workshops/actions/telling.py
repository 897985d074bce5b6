"""Keep what a mairie has to tell the people whom only it reaches."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.kinds import Channel
from escale.apps.workshops.agents import require_registration
from escale.apps.workshops.locking import lock_registration
from escale.apps.workshops.models import Registration, Workshop
from escale.core.workshops.states import ASKING, News

ASKING_VALUES = [state.value for state in ASKING]


def must_learn(workshop: Workshop, news: News) -> list[int]:
    """Put news before the mairies of those who come or wait; return the keys of all of them, for those who are written to."""
    rows = Registration.objects.filter(workshop=workshop, state__in=ASKING_VALUES)
    rows.filter(channel=Channel.MAIRIE.value).update(news=news.value)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def mark_told(*, actor: Actor, registration: Registration) -> Registration:
    """Say that the person knows the news."""
    row = lock_registration(registration)
    require_registration(actor, row)
    if row.news == News.NONE:
        return row
    told, row.news = row.news, News.NONE.value
    row.save(update_fields=["news"])
    events.record("workshops.told", actor=actor, epci=row.workshop.epci.siren, subject=row, news=told)
    return row
